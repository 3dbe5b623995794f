import {
  type Assembly,
  booleanOf,
  entryOf,
  isOntap,
  itemsOf,
  meetsConditions,
  meetsTag,
  numberOf,
  ontapVolumesOf,
  type Resource,
  reasonOf,
  textOf,
  type Unknown,
  unknown,
  type Value,
} from '../model';
import type { BackupCopy, BackupSeries } from './data-traits';
import { scheduleInterval } from './schedule';

/** The part of an ARN that names a kind of resource, for those that AWS Backup protects. */
const ARN_KIND: Readonly<Record<string, RegExp>> = {
  'AWS::RDS::DBCluster': /:cluster:$/,
  'AWS::RDS::DBInstance': /:db:$/,
  'AWS::DocDB::DBCluster': /:cluster:$/,
  'AWS::Neptune::DBCluster': /:cluster:$/,
  'AWS::DynamoDB::Table': /:table\/$/,
  'AWS::DynamoDB::GlobalTable': /:table\/$/,
  'AWS::DSQL::Cluster': /:cluster\/$/,
  'AWS::EFS::FileSystem': /:file-system\/$/,
  'AWS::FSx::FileSystem': /:file-system\/$/,
  'AWS::EC2::Volume': /:volume\/$/,
  'AWS::EC2::Instance': /:instance\/$/,
  'AWS::S3::Bucket': /:::$/,
};

/** The start of the ARN of every resource of a kind, with `*` for what varies. */
const ARN_SAMPLE: Readonly<Record<string, string>> = {
  'AWS::RDS::DBCluster': 'arn:aws:rds:r:a:cluster:x',
  'AWS::RDS::DBInstance': 'arn:aws:rds:r:a:db:x',
  'AWS::DocDB::DBCluster': 'arn:aws:rds:r:a:cluster:x',
  'AWS::Neptune::DBCluster': 'arn:aws:rds:r:a:cluster:x',
  'AWS::DynamoDB::Table': 'arn:aws:dynamodb:r:a:table/x',
  'AWS::DynamoDB::GlobalTable': 'arn:aws:dynamodb:r:a:table/x',
  'AWS::DSQL::Cluster': 'arn:aws:dsql:r:a:cluster/x',
  'AWS::EFS::FileSystem': 'arn:aws:elasticfilesystem:r:a:file-system/x',
  'AWS::FSx::FileSystem': 'arn:aws:fsx:r:a:file-system/x',
  'AWS::FSx::Volume': 'arn:aws:fsx:r:a:volume/x',
  'AWS::EC2::Volume': 'arn:aws:ec2:r:a:volume/x',
  'AWS::EC2::Instance': 'arn:aws:ec2:r:a:instance/x',
  'AWS::S3::Bucket': 'arn:aws:s3:::x',
};

/** The one account that stacks without an environment go to. */
export const DEPLOYMENT_ACCOUNT = 'the account of the deployment';

/**
 * How close to now continuous backups restore, by type. Other types take no continuous backups, whatever the plan says:
 * https://docs.aws.amazon.com/aws-backup/latest/devguide/point-in-time-recovery.html
 */
const CONTINUOUS_SECONDS: Readonly<Record<string, number>> = {
  'AWS::RDS::DBCluster': 300,
  'AWS::RDS::DBInstance': 300,
  'AWS::S3::Bucket': 900,
};

/** AWS Backup plans and what they select, resolved to resources. */
export class BackupPlans {
  private selections?: readonly Resource[];

  public constructor(private readonly assembly: Assembly) {}

  /** Every series of recovery points that is taken of a resource. */
  public seriesOf(resource: Resource): BackupSeries[] {
    if (isOntap(resource)) {
      const series = ontapVolumesOf(resource, this.assembly).map((volume) => this.seriesOf(volume));
      return series.every((each) => each.length > 0) ? series.flat() : [];
    }
    this.selections ??= this.assembly.resourcesOf('AWS::Backup::BackupSelection');
    return this.selections.flatMap((selection) => {
      const selected = selects(selection, resource);
      return selected === false ? [] : this.seriesIn(selection, selected, CONTINUOUS_SECONDS[resource.type]);
    });
  }

  private seriesIn(selection: Resource, selected: true | Unknown, continuousSeconds?: number): BackupSeries[] {
    const plan = selection.property('BackupPlanId');
    if (plan.kind !== 'reference') {
      return [];
    }
    const condition = selection.condition.kind === 'unknown' || selected === true ? selection.condition : selected;
    return itemsOf(plan.resource.property('BackupPlan', 'BackupPlanRule')).map((rule) => {
      // where it is undecided whether anything is selected, so is everything that follows
      const interval = condition.kind === 'unknown' ? condition : scheduleInterval(entryOf(rule, 'ScheduleExpression'));
      const late = 60 * (numberOf(entryOf(rule, 'StartWindowMinutes')) ?? 0); // a job may start as late as that
      const continuous = booleanOf(entryOf(rule, 'EnableContinuousBackup')) === true;
      return {
        resource: plan.resource,
        ageSeconds:
          typeof interval !== 'number' ? interval : ((continuous ? continuousSeconds : undefined) ?? interval + late),
        retentionDays: condition.kind === 'unknown' ? condition : daysKept(entryOf(rule, 'Lifecycle')),
        locked: this.isLocked(entryOf(rule, 'TargetBackupVault')),
        copies: itemsOf(entryOf(rule, 'CopyActions')).map((action) => ({ ageSeconds: interval, ...placeOf(action) })),
      };
    });
  }

  /** A vault lock with grace days can no longer be lifted after them, not even by the account's root. */
  private isLocked(vault: Value): boolean {
    if (vault.kind !== 'reference') {
      return false;
    }
    const { resource } = vault;
    return (
      resource.type === 'AWS::Backup::LogicallyAirGappedBackupVault' ||
      numberOf(resource.property('LockConfiguration', 'ChangeableForDays')) !== undefined
    );
  }
}

function daysKept(lifecycle: Value): number | Unknown {
  const days = entryOf(lifecycle, 'DeleteAfterDays');
  return days.kind === 'absent' ? Number.POSITIVE_INFINITY : (numberOf(days) ?? unknown(reasonOf(days) ?? 'no number'));
}

function placeOf(action: Value): Omit<BackupCopy, 'ageSeconds'> {
  const days = daysKept(entryOf(action, 'Lifecycle'));
  const retentionDays = typeof days === 'number' ? days : undefined;
  const destination = entryOf(action, 'DestinationBackupVaultArn');
  if (destination.kind === 'reference') {
    const { region, account } = destination.resource.stack;
    const undecided = unknown('the Region is chosen at deployment');
    return { region: region ?? undecided, account: account ?? DEPLOYMENT_ACCOUNT, retentionDays };
  }
  const undecided = unknown(reasonOf(destination) ?? 'the vault of the copy is not decided');
  const [region, account] = partsOfArn(destination).slice(3, 5);
  return { region: region ?? undecided, account: account ?? undecided, retentionDays };
}

/** The fields of an ARN as far as they are known; the account of the deployment has a name of its own. */
function partsOfArn(arn: Value): (string | undefined)[] {
  const parts = arn.kind === 'text' ? arn.parts : [textOf(arn) ?? ''];
  const marked = parts.map((part) =>
    typeof part === 'string' ? part : part.kind === 'unknown' ? (part.symbol ?? '?') : '?',
  );
  const fields = marked.join('').replaceAll('AWS::AccountId', DEPLOYMENT_ACCOUNT).split(':');
  return fields.map((field) => (field.includes('?') || field === '' ? undefined : field));
}

function selects(selection: Resource, resource: Resource): boolean | Unknown {
  const { region, account } = resource.stack;
  if (selection.stack.region !== region || selection.stack.account !== account) {
    return false; // a plan protects resources of its own account and Region
  }
  const within = selection.property('BackupSelection');
  const named = (property: string) => itemsOf(entryOf(within, property)).map((arn) => arnMatches(arn, resource));
  const left = anyOf(named('NotResources'));
  return allOf([
    typeof left === 'object' ? left : !left,
    anyOf([
      ...named('Resources'),
      ...itemsOf(entryOf(within, 'ListOfTags')).map((condition) => asAnswer(meetsTag(condition, resource))),
    ]),
    asAnswer(meetsConditions(entryOf(within, 'Conditions'), resource)),
  ]);
}

function asAnswer(answer: boolean | string): boolean | Unknown {
  return typeof answer === 'string' ? unknown(answer) : answer;
}

/** One that is true is enough; what is open decides where none is. */
function anyOf(answers: readonly (boolean | Unknown)[]): boolean | Unknown {
  return answers.includes(true) || (answers.find((answer) => typeof answer === 'object') ?? false);
}

function allOf(answers: readonly (boolean | Unknown)[]): boolean | Unknown {
  return answers.includes(false) ? false : (answers.find((answer) => typeof answer === 'object') ?? true);
}

function arnMatches(arn: Value, resource: Resource): boolean | Unknown {
  if (arn.kind === 'reference') {
    return arn.resource === resource && /arn$/i.test(arn.attribute); // `Arn`, and `ResourceARN` of Amazon FSx
  }
  if (arn.kind === 'text') {
    const index = arn.parts.findIndex(
      (part) => typeof part !== 'string' && part.kind === 'reference' && part.resource === resource,
    );
    const end = index < 0 ? arn.parts.length - 1 : index;
    const [before, name] = [arn.parts[end - 1], arn.parts[end]];
    // an ARN of another kind around the right name selects nothing: `db:` around the name of a cluster, for example
    const fits = typeof before === 'string' && (ARN_KIND[resource.type]?.test(before) ?? false);
    return fits && typeof name === 'object' && name.kind === 'unknown' ? name : fits && index >= 0;
  }
  if (arn.kind === 'unknown') {
    return arn;
  }
  const text = textOf(arn);
  if (text === undefined) {
    return false;
  }
  const sample = ARN_SAMPLE[resource.type];
  const pattern = new RegExp(`^${text.split('*').map(escapePattern).join('.*')}$`);
  return sample !== undefined && (text === '*' || (text.endsWith('*') && pattern.test(generalize(text, sample))));
}

/** Partition, Region and account are the same on both sides: only kind and name are compared. */
function generalize(pattern: string, sample: string): string {
  const [given, actual] = [pattern.split(':'), sample.split(':')];
  return actual
    .map((part, index) => (index === 1 || index === 3 || index === 4 ? (given[index] ?? part) : part))
    .join(':');
}

function escapePattern(text: string): string {
  return text.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
}
