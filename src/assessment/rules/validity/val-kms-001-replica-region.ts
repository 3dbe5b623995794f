import { reasonOf, textOf, type Value } from '../../model';
import { defineRule, failed, PASS, undecided } from '../rule';

function regionOf(arn: Value): string | undefined {
  if (arn.kind === 'reference') {
    return arn.resource.region;
  }
  const start = arn.kind === 'text' ? arn.parts[0] : textOf(arn);
  return typeof start === 'string' ? start.split(':')[3] || undefined : undefined;
}

export const replicaKeyIsInAnotherRegion = defineRule({
  id: 'VAL-KMS-001',
  title: 'a replica key is in another region than its primary',
  severity: 'error',
  scope: 'DEPLOYMENT',
  why: 'a Region holds one of a set of related multi-Region keys; a second one is refused',
  fix: 'create the replica in a stack of the other Region, from the ARN of the primary key',
  docs: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kms-replicakey.html',
  resourceTypes: ['AWS::KMS::ReplicaKey'],
  evaluate: (resource) => {
    const arn = resource.property('PrimaryKeyArn');
    const region = regionOf(arn);
    if (region === undefined || resource.region === undefined) {
      return undecided(reasonOf(arn) ?? 'the Region is chosen at deployment', 'Properties.PrimaryKeyArn');
    }
    return region === resource.region
      ? failed(`the primary key is in ${region} too`, 'Properties.PrimaryKeyArn')
      : PASS;
  },
});
