import { FailureScope } from '../../../core/failure-scope';
import { itemsOf, textOf } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS } from '../rule';

export const zoneNames = defineRule({
  id: 'RES-NET-002',
  title: 'zone names are written out only where account and region are fixed, and belong to that region',
  severity: 'warning',
  scope: FailureScope.REGION,
  why: 'a template that names zones cannot be deployed in another region, and a name is another zone in another account',
  fix: 'select zones with Fn::GetAZs, or fix the account and the region of the stack',
  docs: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-getavailabilityzones.html',
  alsoKnownAs: ['cfn-lint/cloudformation-validate:W3010'],
  resourceTypes: [
    'AWS::EC2::Subnet',
    'AWS::EC2::Instance',
    'AWS::EC2::Volume',
    'AWS::RDS::DBInstance',
    'AWS::AutoScaling::AutoScalingGroup',
  ],
  evaluate: (resource) => {
    const property = resource.type.endsWith('AutoScalingGroup') ? 'AvailabilityZones' : 'AvailabilityZone';
    const named = itemsOf(resource.property(property))
      .map(textOf)
      .filter((zone) => zone !== undefined);
    const written = named.find((zone) => /^[a-z]{2}(-[a-z]+)+-\d+[a-z]$/.test(zone));
    if (written === undefined) {
      return named.length === 0 ? NOT_APPLICABLE : PASS;
    }
    const { account, region } = resource.stack;
    if (region !== undefined && written.slice(0, -1) !== region) {
      return failed(`zone ${written} is not in ${region}`, `Properties.${property}`);
    }
    return account === undefined || region === undefined
      ? failed(`zone ${written} is written out in a stack for any account and region`, `Properties.${property}`)
      : PASS;
  },
});
