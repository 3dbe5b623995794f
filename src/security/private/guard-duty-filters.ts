import { CfnFilter, CfnThreatEntitySet, CfnTrustedEntitySet } from 'aws-cdk-lib/aws-guardduty';
import type { Construct } from 'constructs';
import { fail, Problems } from '../../core/private/fail';
import { EntityListPurpose, type GuardDutyEntityList } from '../guard-duty-entity-list';
import type { GuardDutySuppression } from '../guard-duty-suppression';

const HIGH_SEVERITY = 7;

/**
 * The part `service` of a finding that nobody has archived. GuardDuty goes on sending what somebody archived by hand, and not what a
 * suppression rule did: https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings_eventbridge.html
 */
export const NOT_ARCHIVED = { archived: [false, { exists: false }] };

/** Archive what is expected. One rule after the other, because each takes the next rank. */
export function addSuppressions(
  scope: Construct,
  detectorId: string,
  suppressions: GuardDutySuppression[],
): CfnFilter[] {
  checkSuppressions(scope, suppressions);
  const filters: CfnFilter[] = [];
  for (const { name, reason, fields, severityBelow } of suppressions) {
    const criteria = Object.entries(fields).map(([field, values]) => [field, { Eq: values }]);
    const filter = new CfnFilter(scope, `Suppression-${name}`, {
      detectorId,
      name,
      description: reason,
      action: 'ARCHIVE',
      rank: filters.length + 1,
      findingCriteria: {
        criterion: { ...Object.fromEntries(criteria), severity: { Lt: severityBelow ?? HIGH_SEVERITY } },
      },
    });
    const previous = filters.at(-1);
    if (previous) {
      filter.addResourceDependency(previous);
    }
    filters.push(filter);
  }
  return filters;
}

function checkSuppressions(scope: Construct, suppressions: GuardDutySuppression[]): void {
  const problems = new Problems(scope, 'InvalidSuppression');
  problems.require(suppressions.length <= 100, `GuardDuty has at most 100 rules, got ${suppressions.length}`);
  for (const { name, reason, fields, severityBelow } of suppressions) {
    problems.require(
      /^[a-zA-Z0-9_.-]{3,64}$/.test(name),
      `a name has 3 to 64 letters, digits, periods, hyphens or underscores, got "${name}"`,
    );
    problems.require(
      reason.trim() !== '' && reason.length <= 512,
      `say why ${name} is right, in at most 512 characters`,
    );
    problems.require(
      Object.values(fields).some((values) => values.length > 0) && Object.values(fields).every((v) => v.length > 0),
      `${name} must say which findings it means, with values for each field, or it would hide them all`,
    );
    problems.require(!('severity' in fields), `${name} filters severity by severityBelow, not by a field`);
    problems.require(
      severityBelow === undefined || (Number.isInteger(severityBelow) && severityBelow >= 1 && severityBelow <= 11),
      `severityBelow of ${name} must be a whole number from 1 to 11, got ${severityBelow}`,
    );
  }
  const names = suppressions.map(({ name }) => name);
  problems.require(new Set(names).size === names.length, `names must differ, got ${names.join(', ')}`);
  problems.throwIfAny();
}

/** Tell GuardDuty whom to trust, and whom not. */
export function addEntityList(
  scope: Construct,
  detectorId: string,
  list: GuardDutyEntityList,
): CfnTrustedEntitySet | CfnThreatEntitySet {
  const { name, purpose, bucket, objectKey, format = 'TXT' } = list;
  if (!/^[A-Za-z0-9 _-]+$/.test(name)) {
    fail(scope, 'InvalidEntityList', `a name has letters, digits, spaces, hyphens and underscores, got "${name}"`);
  }
  const props = { detectorId, name, format, location: bucket.s3UrlForObject(objectKey), activate: true };
  const id = `EntityList-${name}`;
  return purpose === EntityListPurpose.TRUSTED
    ? new CfnTrustedEntitySet(scope, id, props)
    : new CfnThreatEntitySet(scope, id, props);
}
