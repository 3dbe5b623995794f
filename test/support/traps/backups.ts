import { idOf, kept, type Placed, type Templates, type Trap, text } from './templates';

const VAULT = 'AWS::Backup::BackupVault';
const PLAN = 'AWS::Backup::BackupPlan';
const TEST = 'AWS::Backup::RestoreTestingPlan';
const SELECTION = 'AWS::Backup::RestoreTestingSelection';
const RULE = 'Properties.BackupPlan.BackupPlanRule.0';

interface Rule {
  readonly TargetBackupVault: unknown;
  readonly ScheduleExpression: string;
  readonly EnableContinuousBackup?: boolean;
  readonly StartWindowMinutes: number;
  readonly Lifecycle: Lifecycle;
  readonly CopyActions?: { readonly DestinationBackupVaultArn: unknown; readonly Lifecycle: Lifecycle }[];
}

interface Lifecycle {
  readonly DeleteAfterDays: number;
  readonly MoveToColdStorageAfterDays?: number;
}

const rulesOf = ({ p }: Placed): Rule[] => p.BackupPlan.BackupPlanRule;
const inPlans = (holds: (rule: Rule, each: Placed, templates: Templates) => boolean) => (templates: Templates) =>
  templates.not(PLAN, (each) => rulesOf(each).every((rule) => holds(rule, each, templates)));
const within = (
  days: number,
  vault?: { readonly LockConfiguration?: { MinRetentionDays: number; MaxRetentionDays: number } },
) =>
  vault?.LockConfiguration !== undefined &&
  days >= vault.LockConfiguration.MinRetentionDays &&
  days <= vault.LockConfiguration.MaxRetentionDays;

export const BACKUPS: Trap[] = [
  {
    number: '0.9',
    holds: 'no vault is locked for good: that takes an acknowledgement',
    offenders: (templates) => [
      ...templates.not(VAULT, ({ p }) => p.LockConfiguration?.ChangeableForDays === undefined),
      ...templates.some('AWS::Backup::LogicallyAirGappedBackupVault').map(({ at }) => at),
    ],
    fault: [VAULT, 'Properties.LockConfiguration.ChangeableForDays', 3],
  },
  {
    number: '3.6a',
    holds: 'a vault is locked, with a least retention, which CloudFormation asks for',
    offenders: (templates) => templates.not(VAULT, ({ p }) => p.LockConfiguration?.MinRetentionDays >= 1),
    fault: [VAULT, 'Properties.LockConfiguration', undefined],
  },
  {
    number: '3.6b',
    holds: 'a vault stays when its stack goes: what is in it would keep it from going',
    offenders: (templates) => templates.not(VAULT, kept),
    fault: [VAULT, 'DeletionPolicy', 'Delete'],
  },
  {
    number: '3.6c',
    holds: 'what a rule makes is let into its vault: its retention is within the lock',
    offenders: inPlans((rule, { template }) =>
      within(rule.Lifecycle.DeleteAfterDays, template.Resources[idOf(rule.TargetBackupVault)]?.Properties),
    ),
    fault: [PLAN, `${RULE}.Lifecycle.DeleteAfterDays`, 3651],
  },
  {
    number: '3.6d',
    holds: 'so are copies of it, where they go to a vault of the same app',
    offenders: inPlans((rule, { app }, templates) =>
      (rule.CopyActions ?? []).every((copy) => {
        const named = ({ p }: Placed) =>
          text(copy.DestinationBackupVaultArn).includes(`backup-vault:${p.BackupVaultName}"`);
        const [vault] = templates.all(VAULT, (each) => each.app === app && named(each));
        return within(copy.Lifecycle.DeleteAfterDays, vault.p);
      }),
    ),
    fault: [PLAN, 'Properties.BackupPlan.BackupPlanRule.1.CopyActions.0.Lifecycle.DeleteAfterDays', 36_500],
  },
  {
    number: '3.6e',
    holds: 'one rule of a plan is continuous, and for 35 days at most',
    offenders: (templates) =>
      templates.not(PLAN, (each) => {
        const continuous = rulesOf(each).filter(({ EnableContinuousBackup }) => EnableContinuousBackup);
        return continuous.length <= 1 && continuous.every(({ Lifecycle }) => Lifecycle.DeleteAfterDays <= 35);
      }),
    fault: [PLAN, 'Properties.BackupPlan.BackupPlanRule.1.EnableContinuousBackup', true],
  },
  {
    number: '3.6f',
    holds: 'a continuous backup is not copied: the copy would be a snapshot',
    offenders: inPlans(
      ({ EnableContinuousBackup, CopyActions }) => !EnableContinuousBackup || CopyActions === undefined,
    ),
    fault: [PLAN, `${RULE}.CopyActions`, []],
  },
  {
    number: '3.6g',
    holds: 'nothing is moved to cold storage, from where it could not be copied',
    offenders: inPlans(({ Lifecycle }) => Lifecycle.MoveToColdStorageAfterDays === undefined),
    fault: [PLAN, `${RULE}.Lifecycle.MoveToColdStorageAfterDays`, 30],
  },
  {
    number: '3.6h',
    holds: 'a backup may start an hour late, or more, and starts hourly at most',
    offenders: inPlans(
      ({ StartWindowMinutes, ScheduleExpression }) =>
        StartWindowMinutes >= 60 && /^cron\(\d+ /.test(ScheduleExpression),
    ),
    fault: [PLAN, `${RULE}.StartWindowMinutes`, 30],
  },
  {
    number: '3.6i',
    holds: 'restore tests have names that AWS Backup takes, though the schema takes others',
    offenders: (templates) => [
      ...templates.not(TEST, ({ p }) => /^\w{1,50}$/.test(p.RestoreTestingPlanName)),
      ...templates.not(SELECTION, ({ p }) => /^\w{1,50}$/.test(p.RestoreTestingSelectionName)),
    ],
    fault: [TEST, 'Properties.RestoreTestingPlanName', 'hapi-fhir-restores'],
  },
  {
    number: '3.6j',
    holds: 'their windows are possible',
    offenders: (templates) => [
      ...templates.not(
        TEST,
        ({ p }) => between(1, p.StartWindowHours, 168) && between(1, p.RecoveryPointSelection.SelectionWindowDays, 365),
      ),
      ...templates.not(SELECTION, ({ p }) => between(1, p.ValidationWindowHours, 168)),
    ],
    fault: [SELECTION, 'Properties.ValidationWindowHours', 169],
  },
  {
    number: '3.6k',
    holds: 'they select by ARN or by condition, and wait for the plan that they know by name only',
    offenders: (templates) =>
      templates.not(
        SELECTION,
        ({ p, resource, template }) =>
          (p.ProtectedResourceArns === undefined) !== (p.ProtectedResourceConditions === undefined) &&
          [resource.DependsOn ?? []].flat().some((id) => template.Resources[id].Type === TEST),
      ),
    fault: [SELECTION, 'DependsOn', undefined],
  },
  {
    number: '3.6l',
    holds: 'a restored database is told where to go: there may be no default VPC',
    offenders: (templates) =>
      templates.not(
        SELECTION,
        ({ p: { RestoreMetadataOverrides: told } }) =>
          told?.dbSubnetGroupName !== undefined && told.vpcSecurityGroupIds !== undefined,
        ({ p }) => ['Aurora', 'RDS'].includes(p.ProtectedResourceType),
      ),
    fault: [SELECTION, 'Properties.RestoreMetadataOverrides', undefined],
  },
  {
    number: '3.6m',
    holds: 'a role that restores trusts AWS Backup, and has its policy for restores',
    offenders: (templates) =>
      templates.not(SELECTION, ({ p, template }) => {
        const role = text(template.Resources[idOf(p.IamRoleArn)]?.Properties);
        return role.includes('backup.amazonaws.com') && role.includes('AWSBackupServiceRolePolicyForRestores');
      }),
    fault: [SELECTION, 'Properties.IamRoleArn', 'arn:aws:iam::111111111111:role/restores'],
  },
];

function between(least: number, value: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
}
