import { Token } from 'aws-cdk-lib';
import type * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { fail, type Problems } from '../../core/private/fail';

/** Regions that agree on every write, three of a set: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-dynamodb-globaltable-globaltablewitness.html */
const REGION_SETS = [
  ['us-east-1', 'us-east-2', 'us-west-2'],
  ['eu-west-1', 'eu-west-2', 'eu-west-3', 'eu-central-1'],
  ['ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3'],
];

/** What DynamoDB does not offer under strong consistency, before any Region is known. */
export function requireStrong(problems: Problems, witnessRegion: string, timeToLiveAttribute?: string): void {
  problems.require(
    !Token.isUnresolved(witnessRegion),
    'witnessRegion must be known at synthesis, got a token; write its name',
  );
  problems.require(
    timeToLiveAttribute === undefined,
    `DynamoDB deletes nothing by itself under strong consistency, got timeToLiveAttribute "${timeToLiveAttribute}" with witnessRegion; leave one of them out`,
  );
}

/**
 * Makes a global table whose writes are in two of three Regions before they are answered: the table, its replica and a witness, which
 * keeps no items. Without the replica there is no such table, so a stack that adds none does not synthesize.
 *
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/V2globaltables_HowItWorks.html
 */
export class StrongConsistency {
  private replicated = false;

  public constructor(
    private readonly scope: Construct,
    private readonly storeName: string,
    private readonly table: dynamodb.CfnGlobalTable,
    private readonly witnessRegion: string,
  ) {
    scope.node.addValidation({
      validate: () =>
        this.replicated
          ? []
          : [
              `the table ${storeName} keeps strong consistency over three Regions, but has no replica; give the system a CrossRegionDr that keeps its data live, or leave out witnessRegion`,
            ],
    });
  }

  /** The L2 wants to know the replica when the table is made; it comes with the recovery Region. */
  public agreeWith(region: string, replicaRegion: string): void {
    const { scope, storeName, witnessRegion } = this;
    const regions = [region, replicaRegion, witnessRegion];
    const set = REGION_SETS.find((regionSet) => regionSet.includes(region)) ?? [];
    if (new Set(regions).size < regions.length || !regions.every((one) => set.includes(one))) {
      const sets = REGION_SETS.map((regionSet) => regionSet.join(', ')).join('; or of ');
      fail(
        scope,
        'InvalidWitnessRegion',
        `the table ${storeName}, its replica and its witness must be in three Regions of ${sets}; got ${regions.join(', ')}; choose others, or leave out witnessRegion`,
      );
    }
    this.table.multiRegionConsistency = 'STRONG';
    this.table.globalTableWitnesses = [{ region: witnessRegion }];
    this.replicated = true;
  }
}
