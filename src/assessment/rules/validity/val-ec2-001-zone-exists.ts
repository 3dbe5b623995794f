import { itemsOf, reasonOf, textOf, type Value } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, type RuleOutcome, undecided } from '../rule';

const PATHS: Record<string, string> = {
  'AWS::EC2::Subnet': 'AvailabilityZone',
  'AWS::EC2::Instance': 'AvailabilityZone',
  'AWS::EC2::Volume': 'AvailabilityZone',
  'AWS::RDS::DBInstance': 'AvailabilityZone',
  'AWS::RDS::DBCluster': 'AvailabilityZones',
  'AWS::AutoScaling::AutoScalingGroup': 'AvailabilityZones',
  'AWS::EFS::FileSystem': 'AvailabilityZoneName',
};

/** us-east-1a, us-east-1-bos-1a, or a slot of Fn::GetAZs. */
const ZONE = /^(?:([a-z]{2}(?:-[a-z]+)+-\d)|Region)(?:([a-z])|\[\d+\]|-[a-z0-9-]+\d[a-z])$/;

function judge(value: Value, region: string | undefined, location: string): RuleOutcome {
  const zone = textOf(value);
  if (zone === undefined) {
    return undecided(reasonOf(value) ?? 'no zone', location);
  }
  const [whole, zoneRegion, letter] = ZONE.exec(zone) ?? [];
  if (whole === undefined) {
    const placeholder = /^dummy\d/.test(zone) ? ', but what the cdk writes before it has looked the zones up' : '';
    return failed(`${zone} is no zone name${placeholder}`, location);
  }
  if (zoneRegion !== undefined && region === undefined) {
    return undecided('the Region is chosen at deployment', location);
  }
  if (zoneRegion !== undefined && zoneRegion !== region) {
    return failed(`${zone} is not in ${region}`, location);
  }
  // no Region has more than six zones today
  return letter !== undefined && letter > 'f' ? undecided(`whether ${zone} exists is not known here`, location) : PASS;
}

export const zoneIsInItsRegion = defineRule({
  id: 'VAL-EC2-001',
  title: 'zones are zones of the region that a stack goes to',
  severity: 'error',
  scope: 'DEPLOYMENT',
  why: 'a zone of another Region, or a placeholder such as dummy1a, is refused',
  fix: 'use Fn::GetAZs, or zone names of the Region of the stack; let the cdk look zones up before the template is judged',
  docs: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-regions-availability-zones.html',
  resourceTypes: Object.keys(PATHS),
  evaluate: (resource) => {
    const path = PATHS[resource.type] ?? 'AvailabilityZone';
    const outcomes = itemsOf(resource.property(path)).map((zone) => judge(zone, resource.region, `Properties.${path}`));
    if (outcomes.length === 0) {
      return NOT_APPLICABLE;
    }
    return (
      outcomes.find(({ verdict }) => verdict === 'fail') ??
      outcomes.find(({ verdict }) => verdict === 'unknown') ??
      PASS
    );
  },
});
