import { entryOf, itemsOf, reasonOf, textOf } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';

/** Three Regions of one of these agree: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-dynamodb-globaltable-globaltablewitness.html */
const REGION_SETS = [
  ['us-east-1', 'us-east-2', 'us-west-2'],
  ['eu-west-1', 'eu-west-2', 'eu-west-3', 'eu-central-1'],
  ['ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3'],
];

export const strongConsistencyIsWhole = defineRule({
  id: 'VAL-DYNAMODB-002',
  title: 'a global table with strong consistency is in three Regions of one set, and has what that allows',
  severity: 'error',
  scope: 'DEPLOYMENT',
  why: 'DynamoDB makes no such table with another number of Regions, with Regions of two sets, with a time to live or with local indexes',
  fix: 'use three replicas, or two and a witness, in one set of Regions; leave out TimeToLiveSpecification and LocalSecondaryIndexes',
  docs: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/V2globaltables_HowItWorks.html',
  resourceTypes: ['AWS::DynamoDB::GlobalTable'],
  evaluate: (table) => {
    const consistency = table.property('MultiRegionConsistency');
    if (consistency.kind === 'unknown') {
      return undecided(reasonOf(consistency) ?? 'unknown', 'Properties.MultiRegionConsistency');
    }
    if (textOf(consistency) !== 'STRONG') {
      return NOT_APPLICABLE;
    }
    for (const name of ['TimeToLiveSpecification', 'LocalSecondaryIndexes']) {
      if (table.property(name).kind !== 'absent') {
        return failed(`has strong consistency and ${name}`, `Properties.${name}`);
      }
    }
    const named = ['Replicas', 'GlobalTableWitnesses'].flatMap((name) =>
      itemsOf(table.property(name)).map((item) => entryOf(item, 'Region')),
    );
    const regions = named.map(textOf);
    if (named.length !== 3) {
      return failed(`${named.length} replicas and witnesses`, 'Properties.Replicas');
    }
    const known = regions.filter((region) => region !== undefined);
    if (new Set(known).size < known.length || !REGION_SETS.some((set) => known.every((one) => set.includes(one)))) {
      return failed(`in ${known.join(', ')}`, 'Properties.Replicas');
    }
    return known.length === 3
      ? PASS
      : undecided(named.map(reasonOf).find((reason) => reason !== undefined) ?? 'no Region', 'Properties.Replicas');
  },
});
