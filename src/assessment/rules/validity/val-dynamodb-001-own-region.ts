import { entryOf, itemsOf, reasonOf, textOf } from '../../model';
import { defineRule, failed, PASS, undecided } from '../rule';

export const globalTableIncludesItsRegion = defineRule({
  id: 'VAL-DYNAMODB-001',
  title: 'a global table has a replica in the region that deploys it',
  severity: 'error',
  scope: 'DEPLOYMENT',
  why: 'CloudFormation manages a global table from one of its Regions, and refuses one without a replica there',
  fix: 'add the Region of the stack to Replicas',
  docs: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-globaltable.html',
  resourceTypes: ['AWS::DynamoDB::GlobalTable'],
  evaluate: (resource) => {
    const replicas = resource.property('Replicas');
    const values = itemsOf(replicas).map((replica) => entryOf(replica, 'Region'));
    const regions = values.map(textOf);
    if (resource.region === undefined) {
      return undecided('the Region is chosen at deployment', 'Properties.Replicas');
    }
    if (regions.includes(resource.region)) {
      return PASS;
    }
    const open = [replicas, ...values].find((value) => value.kind === 'unknown');
    return open
      ? undecided(reasonOf(open) ?? 'no Region', 'Properties.Replicas')
      : failed(`replicas in ${regions.join(', ') || 'no Region'}, none in ${resource.region}`, 'Properties.Replicas');
  },
});
