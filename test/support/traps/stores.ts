import { idOf, kept, madeOfNames, type Placed, type Templates, type Trap, text } from './templates';

const TABLE = 'AWS::DynamoDB::GlobalTable';
const BUCKET = 'AWS::S3::Bucket';
const SECRET = 'AWS::SecretsManager::Secret';
const RULE = 'Properties.ReplicationConfiguration.Rules.0';

interface Replica {
  readonly Region: string;
  readonly DeletionProtectionEnabled: boolean;
  readonly PointInTimeRecoverySpecification: { readonly PointInTimeRecoveryEnabled: boolean };
  readonly SSESpecification: { readonly KMSMasterKeyId: unknown };
}

// biome-ignore lint/suspicious/noExplicitAny: a rule of replication, read by those who know its shape
type Rule = any;

const rulesOf = ({ p }: Placed): Rule[] => p.ReplicationConfiguration?.Rules ?? [];
const replicated = (each: Placed) => rulesOf(each).length > 0;
const inReplication =
  (holds: (rule: Rule, each: Placed) => boolean, which = replicated) =>
  (templates: Templates) =>
    templates.not(BUCKET, (each) => rulesOf(each).every((rule) => holds(rule, each)), which);
const inReplicas = (holds: (replica: Replica, each: Placed) => boolean) => (templates: Templates) =>
  templates.not(TABLE, (each) => each.p.Replicas.every((replica: Replica) => holds(replica, each)));
const keyIn = (region: string, key: unknown) => text(key).includes(`:kms:${region}:`) && madeOfNames(key);

export const STORES: Trap[] = [
  {
    number: '3.2a',
    holds: 'a table is a global one from its first day, in one stack of an app',
    offenders: (templates) => {
      const local = templates.some('AWS::DynamoDB::Table').map(({ at }) => at);
      const same = (one: Placed) => (each: Placed) =>
        each.app === one.app && text(each.p.TableName) === text(one.p.TableName);
      return local.length > 0 ? local : templates.not(TABLE, (one) => templates.some(TABLE, same(one)).length === 1);
    },
    fault: [TABLE, 'Type', 'AWS::DynamoDB::Table'],
  },
  {
    number: '3.2b',
    holds: 'every replica restores to a moment, and cannot be deleted in passing',
    offenders: inReplicas(
      ({ DeletionProtectionEnabled, PointInTimeRecoverySpecification }) =>
        DeletionProtectionEnabled && PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled,
    ),
    fault: [TABLE, 'Properties.Replicas.1.DeletionProtectionEnabled', false],
  },
  {
    number: '3.2c',
    holds: 'a replica in another Region is under a key there, by a name: references would go in a circle',
    offenders: inReplicas(
      ({ Region, SSESpecification }, { region }) => Region === region || keyIn(Region, SSESpecification.KMSMasterKeyId),
    ),
    fault: [TABLE, 'Properties.Replicas.0.SSESpecification.KMSMasterKeyId', 'arn:aws:kms:us-east-1:111111111111:key/1'],
  },
  {
    number: '3.2d',
    holds: 'what is replicated has the stream that replication reads',
    offenders: (templates) =>
      templates.not(
        TABLE,
        ({ p }) => p.StreamSpecification?.StreamViewType === 'NEW_AND_OLD_IMAGES',
        ({ p }) => p.Replicas.length > 1,
      ),
    fault: [TABLE, 'Properties.StreamSpecification', undefined],
  },
  {
    number: '3.3a',
    holds: 'buckets that replicate have versions, and name each other by text: references would go in a circle',
    offenders: inReplication(
      ({ Destination }, { p }) => p.VersioningConfiguration?.Status === 'Enabled' && madeOfNames(Destination.Bucket),
    ),
    fault: [BUCKET, `${RULE}.Destination.Bucket`, { 'Fn::GetAtt': ['Other', 'Arn'] }],
  },
  {
    number: '3.3b',
    holds: 'time control comes with metrics, which the schema does not ask for and Amazon S3 does',
    offenders: inReplication(
      ({ Destination: { ReplicationTime: time, Metrics: metrics } }) =>
        time?.Status === 'Enabled' &&
        time.Time.Minutes === 15 &&
        metrics?.Status === 'Enabled' &&
        metrics.EventThreshold.Minutes === 15,
    ),
    fault: [BUCKET, `${RULE}.Destination.Metrics`, undefined],
  },
  {
    number: '3.3c',
    holds: 'what is encrypted is replicated, under a key of the other Region',
    offenders: inReplication(({ Destination, SourceSelectionCriteria }, { region }) => {
      const key = Destination.EncryptionConfiguration?.ReplicaKmsKeyID;
      return (
        SourceSelectionCriteria?.SseKmsEncryptedObjects?.Status === 'Enabled' &&
        text(key).includes(':kms:') &&
        madeOfNames(key) &&
        !keyIn(region, key)
      );
    }),
    fault: [BUCKET, `${RULE}.SourceSelectionCriteria.SseKmsEncryptedObjects`, undefined],
  },
  {
    number: '3.3d',
    holds: 'a rule has a filter, and does not carry deletions on: that is what is left after ransomware',
    offenders: inReplication(
      ({ Filter, DeleteMarkerReplication }) => Filter !== undefined && DeleteMarkerReplication?.Status === 'Disabled',
    ),
    fault: [BUCKET, `${RULE}.DeleteMarkerReplication.Status`, 'Enabled'],
  },
  {
    number: '3.3e',
    holds: 'where both Regions replicate, changes of replicas are carried on as well',
    offenders: (templates) =>
      inReplication(
        ({ SourceSelectionCriteria }) => SourceSelectionCriteria.ReplicaModifications?.Status === 'Enabled',
        (each) =>
          replicated(each) &&
          templates.some(BUCKET, (other) => other.app === each.app && replicated(other)).length === 2,
      )(templates),
    fault: [BUCKET, `${RULE}.SourceSelectionCriteria.ReplicaModifications`, undefined],
  },
  {
    number: '3.3f',
    holds: 'the role of replication may use both keys',
    offenders: (templates) =>
      templates.not(
        BUCKET,
        ({ p, template }) => {
          const role = idOf(p.ReplicationConfiguration.Role);
          const policies = Object.values(template.Resources).filter(
            ({ Type, Properties }) =>
              /^AWS::IAM::(Managed)?Policy$/.test(Type) && text(Properties?.Roles).includes(role),
          );
          return ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey'].every((action) =>
            text(policies).includes(action),
          );
        },
        replicated,
      ),
    fault: [BUCKET, 'Properties.ReplicationConfiguration.Role', { 'Fn::GetAtt': ['NoSuchRole', 'Arn'] }],
  },
  {
    number: '3.4a',
    holds: 'a secret is replicated under a key of the Region that it goes to, by a name, and is kept',
    offenders: (templates) =>
      templates.not(
        SECRET,
        (each) =>
          kept(each) &&
          each.p.ReplicaRegions.every(({ Region, KmsKeyId }: { Region: string; KmsKeyId: unknown }) =>
            keyIn(Region, KmsKeyId),
          ),
        ({ p }) => p.ReplicaRegions !== undefined,
      ),
    fault: [SECRET, 'Properties.ReplicaRegions.0.KmsKeyId', undefined],
  },
  {
    number: '3.4b',
    holds: 'a secret is rotated by the stack that made it: a replica cannot be',
    offenders: (templates) =>
      templates.not(
        'AWS::SecretsManager::RotationSchedule',
        ({ p, template }) => template.Resources[idOf(p.SecretId)] !== undefined,
      ),
    fault: ['AWS::SecretsManager::RotationSchedule', 'Properties.SecretId', 'hapi-fhir/database'],
  },
  {
    number: '3.4c',
    holds: 'no key of Amazon S3, Amazon EBS or Amazon RDS is meant to be the same in two Regions',
    offenders: (templates) => [
      ...templates.some('AWS::KMS::ReplicaKey').map(({ at }) => at),
      ...templates.not('AWS::KMS::Key', ({ p }) => p.MultiRegion !== true),
    ],
    fault: ['AWS::KMS::Key', 'Properties.MultiRegion', true],
  },
  {
    number: '3.12a',
    holds: 'peers of Aurora DSQL name a witness elsewhere, and each other by whole ARNs',
    offenders: (templates) =>
      templates.not('AWS::DSQL::Cluster', ({ p: { MultiRegionProperties: peers }, region }) => {
        const named: string[] = peers.Clusters ?? [];
        return peers.WitnessRegion !== region && named.every((arn) => /:cluster\/[a-z0-9]{26}$/.test(arn));
      }),
    fault: [
      'AWS::DSQL::Cluster',
      'Properties.MultiRegionProperties.Clusters.0',
      'arn:aws:dsql:us-east-1:111111111111:cluster/a',
    ],
  },
  {
    number: '3.12b',
    holds:
      'a file system is in every zone, and says of its protection what CloudFormation takes, not what a copy reports',
    offenders: (templates) =>
      templates.not(
        'AWS::EFS::FileSystem',
        ({ p }) =>
          ['ENABLED', 'DISABLED'].includes(p.FileSystemProtection?.ReplicationOverwriteProtection) &&
          p.AvailabilityZoneName === undefined,
      ),
    fault: ['AWS::EFS::FileSystem', 'Properties.FileSystemProtection.ReplicationOverwriteProtection', 'REPLICATING'],
  },
];
