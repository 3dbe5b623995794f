import { ArnFormat, CfnOutput, Duration, Stack, Token } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as elasticache from 'aws-cdk-lib/aws-elasticache';
import type { Construct } from 'constructs';
import { RecoveryAutomation, RecoveryCall, type RecoveryStep } from '../../core';
import { fail } from '../../core/private/fail';
import { knownRegion } from '../../core/private/tokens';
import type { CacheReplicaSource, CacheReplicationTarget, ICacheReplication } from '../cache-replication';
import { requireSameTarget } from './one-recovery-region';

/**
 * What the id of a global datastore begins with, by the Region that it was made in.
 *
 * https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Redis-Global-Datastores-CLI.html
 */
const PREFIXES: Readonly<Record<string, string>> = {
  'us-east-1': 'ldgnf',
  'us-east-2': 'fpkhr',
  'us-west-1': 'virxk',
  'us-west-2': 'sgaui',
  'ca-central-1': 'bxodz',
  'sa-east-1': 'juxlw',
  'eu-central-1': 'iudkw',
  'eu-west-1': 'gxeiz',
  'eu-west-2': 'okuqm',
  'eu-west-3': 'fgjhi',
  'ap-east-1': 'knjmp',
  'ap-south-1': 'erpgt',
  'ap-northeast-1': 'quwsw',
  'ap-northeast-2': 'lfqnh',
  'ap-northeast-3': 'nlapn',
  'ap-southeast-1': 'vlqxn',
  'ap-southeast-2': 'vbgxd',
  'cn-north-1': 'emvgo',
  'cn-northwest-1': 'ckbem',
};

/** A member of a global datastore, by name. */
interface Member {
  readonly globalDatastoreId: string;
  readonly region: string;
  readonly replicationGroupId: string;
}

/**
 * Makes a replication group the first member of a global datastore. CloudFormation makes one with its primary alone, and each copy names it. Nothing
 * in the template ever changes: CloudFormation compares templates, so whichever member was promoted since, no deployment asks for the first one again.
 *
 * https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Redis-Global-Datastore.html
 */
export class ValkeyGlobalDatastore implements ICacheReplication {
  public readonly promotion: RecoveryStep[] = [
    {
      description: 'the copy of the cache is promoted, and takes writes',
      duration: Duration.minutes(5),
      automation: RecoveryAutomation.ONE_COMMAND,
      source:
        'judgement: five times the minute of https://disaster-recovery.workshop.aws/en/services/databases/elasticache/global-datastore.html',
    },
  ];
  public readonly alarms: cloudwatch.Alarm[] = [];
  public reclaimCommand?: string;
  public statusCommand?: string;
  private source?: CacheReplicaSource;
  private target?: CacheReplicationTarget;

  public constructor(
    private readonly scope: Construct,
    private readonly systemName: string,
    private readonly replicationGroupId: string,
    group: elasticache.CfnReplicationGroup,
    private readonly lag: cloudwatch.IMetric,
  ) {
    const datastore = new elasticache.CfnGlobalReplicationGroup(scope, 'GlobalDatastore', {
      globalReplicationGroupIdSuffix: systemName,
      globalReplicationGroupDescription: `Cache of ${systemName} in two Regions`,
      members: [
        { replicationGroupId: group.ref, replicationGroupRegion: Stack.of(scope).region, role: 'PRIMARY' }, // one that was born so
      ],
    });
    // newer versions of aws-cdk-lib tag it: their upgrade, or another tag, would be an update, which might ask for the first member again
    datastore.addPropertyDeletionOverride('Tags');
    new CfnOutput(scope, 'GlobalDatastoreId', {
      description: `Id of the global datastore of ${systemName}, for globalDatastoreId where it is asked for`,
      value: datastore.attrGlobalReplicationGroupId,
    });
  }

  public replicateTo(target: CacheReplicationTarget): CacheReplicaSource {
    if (this.source && this.target) {
      requireSameTarget(this.scope, 'the cache is', described(this.target), described(target));
      return this.source;
    }
    const region = knownRegion(this.scope, 'its cache is replicated to another Region');
    if (target.region === region) {
      fail(this.scope, 'ReplicaInSameRegion', `a cache cannot be replicated to its own Region, got ${region}`);
    }
    const globalDatastoreId = this.identify(region, target.globalDatastoreId);
    const member = { globalDatastoreId, region, replicationGroupId: this.replicationGroupId };
    this.reclaimCommand = failoverCall(this.scope, member).command;
    this.statusCommand = statusCommand(member);
    this.alarms.push(this.lagAlarm(target));
    this.target = target;
    this.source = { region, globalDatastoreId };
    return this.source;
  }

  /** After a failover this is the copy: until then the alarm has no data. */
  private lagAlarm({ region, rpo }: CacheReplicationTarget): cloudwatch.Alarm {
    return new cloudwatch.Alarm(this.scope, 'RegionLagAlarm', {
      alarmDescription: `The cache is further behind ${region} than the RPO of ${rpo.toHumanString()}`,
      metric: this.lag,
      threshold: rpo.toSeconds(),
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: 3,
      treatMissingData: cloudwatch.TreatMissingData.MISSING,
    });
  }

  private identify(region: string, given: string | undefined): string {
    const { scope, systemName } = this;
    const prefix = PREFIXES[region];
    if (given === undefined) {
      return prefix
        ? `${prefix}-${systemName}`
        : fail(
            scope,
            'GlobalDatastoreNotNamed',
            `AWS documents no prefix of global datastores for ${region}, so nothing here knows the id of this one; deploy the primary without CrossRegionDr, and give globalDatastoreId the output GlobalDatastoreId of its stack`,
          );
    }
    const expected = prefix ?? '[a-z]{5}';
    if (!new RegExp(`^${expected}-${systemName}$`).test(given)) {
      fail(
        scope,
        'InvalidGlobalDatastore',
        `globalDatastoreId must be ${prefix ? `${prefix}-${systemName}` : `five letters, such as ldgnf, and -${systemName}`}, written out, got ${Token.isUnresolved(given) ? 'a token' : `"${given}"`}`,
      );
    }
    return given;
  }
}

/** What people type to make a copy take writes, as data for whoever makes the call for them. */
export function promoteCall(scope: Construct, source: CacheReplicaSource, replicationGroupId: string): RecoveryCall {
  const { globalDatastoreId } = source;
  return failoverCall(scope, { globalDatastoreId, region: Stack.of(scope).region, replicationGroupId });
}

/**
 * The last resort, and what comes before the copy is deleted: it goes on as a cache of its own.
 *
 * https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_DisassociateGlobalReplicationGroup.html
 */
export function detachCommand(scope: Construct, source: CacheReplicaSource, replicationGroupId: string): string {
  const { region } = Stack.of(scope);
  return `aws elasticache disassociate-global-replication-group --region ${region} --global-replication-group-id ${source.globalDatastoreId} --replication-group-id ${replicationGroupId} --replication-group-region ${region}`;
}

/**
 * Asked of the Region that takes over: "by connecting to any AWS Region that contains a secondary cluster", also where the other "becomes
 * unavailable".
 *
 * https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Redis-Global-Datastore.html and .../Redis-Global-Datastores-Console.html
 */
function failoverCall(scope: Construct, { globalDatastoreId, region, replicationGroupId }: Member): RecoveryCall {
  return new RecoveryCall({
    description: 'Makes the cache write in this Region; what was not yet replicated is lost',
    service: 'elasticache',
    api: 'FailoverGlobalReplicationGroup',
    region,
    inputs: {
      GlobalReplicationGroupId: globalDatastoreId,
      PrimaryRegion: region,
      PrimaryReplicationGroupId: replicationGroupId,
    },
    permissions: [
      {
        actions: ['elasticache:FailoverGlobalReplicationGroup'],
        resources: [
          Stack.of(scope).formatArn({
            service: 'elasticache',
            region: '',
            resource: 'globalreplicationgroup',
            resourceName: globalDatastoreId,
            arnFormat: ArnFormat.COLON_RESOURCE_NAME,
          }),
        ],
      },
    ],
  });
}

function statusCommand({ globalDatastoreId, region }: Member): string {
  const query = 'GlobalReplicationGroups[0].[Status,Members[].[ReplicationGroupRegion,Role,Status]]';
  return `aws elasticache describe-global-replication-groups --region ${region} --global-replication-group-id ${globalDatastoreId} --show-member-info --query "${query}" --output text`;
}

function described({ region, globalDatastoreId }: CacheReplicationTarget): string {
  return globalDatastoreId ? `${region} in ${globalDatastoreId}` : region;
}
