import { distinct, idOf, kept, type Placed, type Templates, type Trap, text } from './templates';

const CLUSTER = 'AWS::RDS::DBCluster';
const GLOBAL = 'AWS::RDS::GlobalCluster';
const INSTANCE = 'AWS::RDS::DBInstance';

const member = ({ p }: Placed) => p.GlobalClusterIdentifier !== undefined;
/** The one that was born as a copy: it lies in another Region than the global cluster. */
const secondOf = (templates: Templates) => (each: Placed) =>
  member(each) && !templates.some(GLOBAL, ({ template }) => template === each.template).length;
const parametersOf = ({ p, template }: Placed) =>
  template.Resources[idOf(p.DBClusterParameterGroupName)]?.Properties?.Parameters;
const isText = (value: unknown) => typeof value === 'string';
const inMembers = (holds: (each: Placed) => boolean) => (templates: Templates) => templates.not(CLUSTER, holds, member);
/** Apps whose members differ in something. */
const differ = (what: (each: Placed) => unknown) => (templates: Templates) =>
  distinct(templates.all(GLOBAL).map(({ app }) => app)).filter(
    (app) => distinct(templates.all(CLUSTER, (each) => member(each) && each.app === app).map(what)).length !== 1,
  );

export const GLOBAL_DATABASE: Trap[] = [
  {
    number: '0.4a',
    holds: 'a global cluster is made of an engine, under a name, and refers to no cluster',
    offenders: (templates) =>
      templates.not(
        GLOBAL,
        ({ p }) =>
          p.SourceDBClusterIdentifier === undefined &&
          isText(p.Engine) &&
          isText(p.GlobalClusterIdentifier) &&
          !/"(Ref|Fn::GetAtt)"/.test(text(p)),
      ),
    fault: [GLOBAL, 'Properties.SourceDBClusterIdentifier', 'ehr-us-east-1'],
  },
  {
    number: '0.4b',
    holds: 'a member is called by text, and says neither which one writes nor whom it follows',
    offenders: inMembers(
      ({ p }) =>
        isText(p.DBClusterIdentifier) &&
        isText(p.GlobalClusterIdentifier) &&
        p.ReplicationSourceIdentifier === undefined &&
        p.SourceRegion === undefined,
    ),
    fault: [CLUSTER, 'Properties.ReplicationSourceIdentifier', 'arn:aws:rds:us-east-1:111111111111:cluster:ehr'],
  },
  {
    number: '0.5',
    holds: 'no member has a password that Amazon RDS manages',
    offenders: inMembers(({ p }) => p.ManageMasterUserPassword === undefined && p.MasterUserSecret === undefined),
    fault: [CLUSTER, 'Properties.ManageMasterUserPassword', true],
  },
  {
    number: '0.6',
    holds: 'the copy brings no credentials, no database, and no secret with a password that is not of the cluster',
    offenders: (templates) =>
      templates.not(
        CLUSTER,
        ({ id, p, template }) =>
          [p.MasterUsername, p.MasterUserPassword, p.DatabaseName].every((given) => given === undefined) &&
          !Object.values(template.Resources).some(
            ({ Type, Properties }) =>
              Type === 'AWS::SecretsManager::SecretTargetAttachment' && text(Properties).includes(`"${id}"`),
          ),
        secondOf(templates),
      ),
    fault: [CLUSTER, 'Properties.MasterUsername', 'ehr_owner'],
  },
  {
    number: '3.1a',
    holds: 'a member is under a key of its own stack, which nobody schedules for deletion: no window would be left',
    offenders: inMembers(({ p, template }) => {
      const key = template.Resources[idOf(p.KmsKeyId)];
      const { Statement: statements = [] } = (key?.Properties?.KeyPolicy ?? {}) as { Statement?: { Effect: string }[] };
      return (
        key?.Type === 'AWS::KMS::Key' &&
        statements.some((each) => each.Effect === 'Deny' && text(each).includes('kms:ScheduleKeyDeletion'))
      );
    }),
    fault: [CLUSTER, 'Properties.KmsKeyId', 'arn:aws:kms:us-east-1:111111111111:key/1234abcd'],
  },
  {
    number: '3.1b',
    holds: 'members and the global database are of one engine and version',
    offenders: (templates) => [
      ...differ(({ p }) => [p.Engine, p.EngineVersion])(templates),
      ...templates.not(GLOBAL, ({ app, p }) =>
        templates
          .all(CLUSTER, (each) => member(each) && each.app === app)
          .every((each) => each.p.EngineVersion === p.EngineVersion),
      ),
    ],
    fault: [GLOBAL, 'Properties.EngineVersion', '15.4'],
  },
  {
    number: '3.1c',
    holds: 'members have parameters of their own making, the same in both: they do not follow from one to the other',
    offenders: (templates) => [
      ...inMembers((each) => parametersOf(each) !== undefined)(templates),
      ...differ(parametersOf)(templates),
    ],
    fault: [CLUSTER, 'Properties.DBClusterParameterGroupName', undefined],
  },
  {
    number: '3.1d',
    holds: 'clusters and the global cluster are kept, and cannot be deleted in passing',
    offenders: (templates) =>
      [CLUSTER, GLOBAL].flatMap((type) =>
        templates.not(type, (each) => kept(each) && each.p.DeletionProtection === true),
      ),
    fault: [GLOBAL, 'DeletionPolicy', 'Delete'],
  },
  {
    number: '3.1e',
    holds: 'so are their instances, which are deleted by default',
    offenders: (templates) => templates.not(INSTANCE, kept),
    fault: [INSTANCE, 'DeletionPolicy', 'Delete'],
  },
  {
    number: '3.1f',
    holds: 'backups are kept for 35 days, not for the single one of the service',
    offenders: (templates) => templates.not(CLUSTER, ({ p }) => p.BackupRetentionPeriod === 35),
    fault: [CLUSTER, 'Properties.BackupRetentionPeriod', undefined],
  },
  {
    number: '3.1g',
    holds: 'instances are of a class that a global database takes',
    offenders: (templates) =>
      templates.not(
        INSTANCE,
        ({ p }) => /^db\.(serverless|r)/.test(p.DBInstanceClass),
        ({ p }) => p.DBClusterIdentifier,
      ),
    fault: [INSTANCE, 'Properties.DBInstanceClass', 'db.t4g.medium'],
  },
  {
    number: '3.1h',
    holds: 'what is serverless does not start a Region from nothing',
    offenders: (templates) =>
      templates.not(
        CLUSTER,
        ({ p }) => p.ServerlessV2ScalingConfiguration.MinCapacity >= 8,
        (each) => member(each) && each.p.ServerlessV2ScalingConfiguration !== undefined,
      ),
    fault: [CLUSTER, 'Properties.ServerlessV2ScalingConfiguration.MinCapacity', 0.5],
  },
  {
    number: '3.1i',
    holds: 'nothing is backtracked, which a global database cannot',
    offenders: inMembers(({ p }) => p.BacktrackWindow === undefined),
    fault: [CLUSTER, 'Properties.BacktrackWindow', 86_400],
  },
  {
    number: '3.1j',
    holds: 'no Aurora Auto Scaling adds readers, which it does not to a copy',
    offenders: inMembers(({ template }) => !text(template.Resources).includes('rds:cluster:ReadReplicaCount')),
    fault: [CLUSTER, 'Properties.SourceRegion', 'rds:cluster:ReadReplicaCount'],
  },
];
