import {
  type Assembly,
  booleanOf,
  entryOf,
  isOntap,
  itemsOf,
  matchesArn,
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
      return selected === false ? [] : this.seriesIn(selection, selected, resource);
    });
  }

  private seriesIn(selection: Resource, selected: true | Unknown, of: Resource): BackupSeries[] {
    const continuousSeconds = CONTINUOUS_SECONDS[of.type];
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
        copies: copiesOf(rule, of).map((place) => ({ ageSeconds: interval, ...place })),
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

type Place = Omit<BackupCopy, 'ageSeconds'>;

/**
 * Where copies of a resource go. Of a Multi-AZ DB cluster there are none. Other databases of Amazon RDS go to another account or to another
 * Region: both in one step was refused for long, and later versions of the page are silent.
 * https://docs.aws.amazon.com/aws-backup/latest/devguide/recov-point-create-a-copy.html
 */
function copiesOf(rule: Value, of: Resource): Place[] {
  const places = itemsOf(entryOf(rule, 'CopyActions')).map(placeOf);
  if (of.type === 'AWS::RDS::DBCluster' && of.property('DBClusterInstanceClass').kind !== 'absent') {
    return [];
  }
  const { region, account = DEPLOYMENT_ACCOUNT } = of.stack;
  const leavesBoth = (place: Place) =>
    [place.region, place.account, region].every((each) => typeof each === 'string') &&
    place.region !== region &&
    place.account !== account;
  const mayNotArrive = unknown(
    'AWS Backup may not copy a database into another account and another Region in one step',
  );
  return places.map((place) =>
    /^AWS::RDS::DB(Cluster|Instance)$/.test(of.type) && leavesBoth(place)
      ? { ...place, region: mayNotArrive, account: mayNotArrive }
      : place,
  );
}

function placeOf(action: Value): Place {
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
  const [arns, tags, conditions] = ['Resources', 'ListOfTags', 'Conditions'].map((name) => entryOf(within, name));
  const matched = (list: Value) => itemsOf(list).map((arn) => asAnswer(matchesArn(arn, resource)));
  const everything = arns.kind === 'absent' && tags.kind === 'absent' && conditions.kind !== 'absent';
  const left = anyOf(matched(entryOf(within, 'NotResources')));
  return allOf([
    typeof left === 'object' ? left : !left,
    everything || anyOf([...matched(arns), ...itemsOf(tags).map((tag) => asAnswer(meetsTag(tag, resource)))]),
    asAnswer(meetsConditions(conditions, resource)),
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
