import type { Construct } from 'constructs';
import { ClinicalTier } from '../../core';
import { overlaps } from '../../core/private/cidr';
import { Problems } from '../../core/private/fail';
import { warn } from '../../core/private/warnings';
import type { HospitalLinkProps } from '../hospital-link';
import type { HospitalSite } from '../hospital-site';
import type { NetworkConfig } from '../network-ref';

const MEND =
  'add a link that does not share a location, carrier or router with the others, or say why it may be so in acknowledgeSingleFailure';

/** Stop at what no router could do, and at a site that one failure would cut off from what care depends on. */
export function requireHospitalLink(scope: Construct, { sites, network, tier }: HospitalLinkProps, asn: number): void {
  const problems = new Problems(scope, 'InvalidHospitalLink');
  problems.require(sites.length > 0, 'sites is empty, so the link leads nowhere; give at least one');
  const names = sites.map(({ siteName }) => siteName);
  problems.require(new Set(names).size === names.length, `each site needs a name of its own, got ${names.join(', ')}`);
  problems.require(
    (asn >= 64512 && asn <= 65534) || (asn >= 4_200_000_000 && asn <= 4_294_967_294),
    `amazonSideAsn must be 64512 to 65534 or 4200000000 to 4294967294, got ${asn}`,
  );
  requireSeparateRanges(problems, sites, network);
  for (const { siteName, links } of sites) {
    for (const { router, linkName } of links) {
      problems.require(
        router?.bgpAsn !== asn,
        `${linkName} of ${siteName} has the BGP number of the AWS side, ${asn}; give amazonSideAsn another`,
      );
    }
  }
  for (const site of sites.filter(({ acknowledgedSingleFailure }) => acknowledgedSingleFailure === undefined)) {
    problems.require(!isStrict(tier) || carriesPeak(site), `${shortfall(site)}; ${MEND}`);
  }
  problems.throwIfAny();
}

/** Say which site has one link only, also where somebody decided to live with that. */
export function warnOfSingleFailures(scope: Construct, sites: HospitalSite[]): void {
  for (const site of sites.filter((one) => !carriesPeak(one))) {
    const why = site.acknowledgedSingleFailure;
    warn(scope, 'siteDependsOnOneLink', `${shortfall(site)}${why ? ` (${why})` : ''}; ${MEND}`);
  }
}

function requireSeparateRanges(problems: Problems, sites: HospitalSite[], { cidr }: NetworkConfig): void {
  const ranges = sites.flatMap((site) => site.ranges.map((range) => ({ range, place: site.siteName })));
  const all = cidr ? [...ranges, { range: cidr, place: 'the VPC' }] : ranges;
  all.forEach(({ range, place }, index) => {
    const other = all.slice(index + 1).find((next) => next.place !== place && overlaps(range, next.range));
    problems.require(
      !other,
      `${range} of ${place} and ${other?.range} of ${other?.place} overlap, so no router could reach both`,
    );
  });
}

function isStrict(tier: ClinicalTier): boolean {
  return tier === ClinicalTier.FOUNDATION || tier === ClinicalTier.LIFE_CRITICAL;
}

function carriesPeak({ worstLoss, peakMbps }: HospitalSite): boolean {
  return worstLoss.leftMbps >= peakMbps;
}

function shortfall({ siteName, worstLoss, peakMbps }: HospitalSite): string {
  return `when ${worstLoss.lost} fails, ${siteName} has ${worstLoss.leftMbps} Mbit/s left for a peak of ${peakMbps}`;
}
