import { Problems } from '../core/private/fail';

/** What a link is. */
export enum SiteLinkKind {
  /** An AWS Site-to-Site VPN over the internet. */
  VPN = 'VPN',
  /** An AWS Direct Connect connection. */
  DIRECT_CONNECT = 'DIRECT_CONNECT',
}

/** A VPN from a router of the hospital. */
export interface VpnLinkOptions {
  /** Its name: lower-case letters, digits and hyphens. Another name later replaces the connection. */
  readonly name: string;
  /** The public IPv4 address of the hospital's router. */
  readonly address: string;
  /** The router's BGP autonomous system number. */
  readonly bgpAsn: number;
  /** What it carries, in Mbit/s: the hospital's line, at most 1250, which is one tunnel. */
  readonly mbps: number;
  /**
   * What fails together: the internet provider, or the duct. Links of the same are counted as one when the loss of one is
   * looked at.
   *
   * @default - the link fails by itself
   */
  readonly carrier?: string;
}

/** A Direct Connect connection, which people order and cable. */
export interface DirectConnectLinkOptions {
  /** Its name: lower-case letters, digits and hyphens. */
  readonly name: string;
  /** The code of the Direct Connect location, for example `EqDC2`. Connections at one location fail together. */
  readonly location: string;
  /** What it carries, in Mbit/s. */
  readonly mbps: number;
  /**
   * The id of the connection, for an alarm on it: `dxcon-…`.
   *
   * @default - no alarm
   */
  readonly connectionId?: string;
}

/** Fastest that one tunnel is: https://docs.aws.amazon.com/vpn/latest/s2svpn/vpn-limits.html */
const TUNNEL_MBPS = 1250;

/** A way from a site of the hospital to AWS. */
export class SiteLink {
  /**
   * A Site-to-Site VPN: `HospitalLink` makes it, with two tunnels to a router of the hospital.
   *
   * @throws InvalidSiteLink naming every value out of range
   */
  public static vpn(options: VpnLinkOptions): SiteLink {
    const { name, address, bgpAsn, mbps, carrier } = options;
    const problems = new Problems(undefined, 'InvalidSiteLink');
    requireName(problems, name);
    problems.require(isPublicAddress(address), `address of ${name} must be a public IPv4 address, got "${address}"`);
    problems.require(
      Number.isInteger(bgpAsn) && bgpAsn >= 1 && bgpAsn <= 4_294_967_294,
      `bgpAsn of ${name} must be a whole number from 1 to 4294967294, got ${bgpAsn}`,
    );
    problems.require(
      mbps > 0 && mbps <= TUNNEL_MBPS,
      `mbps of ${name} must be above 0 and at most ${TUNNEL_MBPS}, which is one tunnel, got ${mbps}`,
    );
    problems.throwIfAny();
    return new SiteLink(SiteLinkKind.VPN, name, mbps, carrier ? `carrier ${carrier}` : name, options);
  }

  /**
   * A Direct Connect connection. It is not made here: people order it. What it carries counts, and it is written into the
   * template.
   *
   * @throws InvalidSiteLink naming every value out of range
   */
  public static directConnect(options: DirectConnectLinkOptions): SiteLink {
    const { name, location, mbps, connectionId } = options;
    const problems = new Problems(undefined, 'InvalidSiteLink');
    requireName(problems, name);
    problems.require(location.trim() !== '', `location of ${name} is empty; name the Direct Connect location`);
    problems.require(mbps > 0, `mbps of ${name} must be above 0, got ${mbps}`);
    problems.throwIfAny();
    return new SiteLink(SiteLinkKind.DIRECT_CONNECT, name, mbps, `location ${location}`, undefined, connectionId);
  }

  private constructor(
    /** What it is. */
    public readonly kind: SiteLinkKind,
    /** Its name. */
    public readonly linkName: string,
    /** What it carries, in Mbit/s. */
    public readonly mbps: number,
    /** What fails together with all else of the same name. */
    public readonly failsWith: string,
    /** The hospital's end of a VPN. */
    public readonly router: VpnLinkOptions | undefined,
    /** The id of a Direct Connect connection, where it is known. */
    public readonly connectionId?: string,
  ) {}
}

function requireName(problems: Problems, name: string): void {
  problems.require(
    /^[a-z][a-z0-9-]{0,30}$/.test(name),
    `the name of a link must be 1 to 31 lower-case letters, digits and hyphens and start with a letter, got "${name}"`,
  );
}

function isPublicAddress(address: string): boolean {
  const octets = address.split('.').map(Number);
  const [a, b] = octets;
  const isAddress =
    /^\d+\.\d+\.\d+\.\d+$/.test(address) && octets.every((octet) => Number.isInteger(octet) && octet <= 255);
  const isPrivate =
    a === 10 || a === 127 || a === 0 || (a === 172 && b >= 16 && b <= 31) || (a === 192 && b === 168) || a >= 224;
  return isAddress && !isPrivate;
}
