import { Duration, Lazy } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { BackupPolicy, BackupRule } from '../backup-policy';
import type { MalwareScan } from '../malware-scan';

/** What a plan makes of what, and what of it is scanned. */
export interface BackupPartProps {
  /** Of the plan and of the selection. */
  readonly name: string;
  readonly policy: BackupPolicy;
  readonly resources: backup.BackupResource[];
  /** ARNs among them that are left out. */
  readonly exclusions?: string[];
  readonly vault: backup.IBackupVault;
  readonly role: iam.IRole;
  readonly malwareScan?: MalwareScan;
  readonly scannerRole?: iam.IRole;
  /** ARNs of the vaults that snapshots are copied to: read when the template is written, because some are added later. */
  readonly destinations: readonly string[];
}

/** A plan and what it backs up. */
export class BackupPart {
  public readonly plan: backup.CfnBackupPlan;
  public readonly selection: backup.BackupSelection;

  /** @param prefix what the ids of both start with */
  public constructor(
    scope: Construct,
    prefix: string,
    private readonly props: BackupPartProps,
  ) {
    const { name, policy, resources, malwareScan, scannerRole } = props;
    const kinds = malwareScan?._kindsIn(resources) ?? [];
    const scan = kinds.length > 0 ? malwareScan : undefined;
    this.plan = new backup.CfnBackupPlan(scope, `${prefix}Plan`, {
      backupPlan: {
        backupPlanName: name,
        backupPlanRule: Lazy.any({ produce: () => policy.rules.map((rule) => this.render(rule, scan)) }),
        scanSettings: scan && [
          { malwareScanner: 'GUARDDUTY', resourceTypes: kinds, scannerRoleArn: scannerRole?.roleArn },
        ],
      },
    });
    this.selection = new backup.BackupSelection(scope, `${prefix}Selection`, {
      backupPlan: this.plan,
      backupSelectionName: name,
      resources,
      role: props.role,
      disableDefaultBackupPolicy: true, // attached to the role, with what S3 needs
    });
    if (props.exclusions) {
      const selection = this.selection.node.defaultChild as backup.CfnBackupSelection; // the L2 has no property for it
      selection.addPropertyOverride('BackupSelection.NotResources', props.exclusions);
    }
  }

  private render(rule: BackupRule, scan?: MalwareScan): backup.CfnBackupPlan.BackupRuleResourceTypeProperty {
    const { destinations, vault } = this.props;
    const lifecycle = { deleteAfterDays: rule.retention.toDays() };
    const copied = !rule.continuous && destinations.length > 0;
    return {
      ruleName: rule.name,
      targetBackupVault: vault.backupVaultName,
      scheduleExpression: rule.schedule,
      scheduleExpressionTimezone: 'UTC',
      startWindowMinutes: (rule.startWindow ?? Duration.hours(1)).toMinutes(),
      completionWindowMinutes: (rule.completionWindow ?? Duration.hours(12)).toMinutes(),
      enableContinuousBackup: rule.continuous ? true : undefined,
      lifecycle,
      copyActions: copied
        ? destinations.map((destinationBackupVaultArn) => ({ destinationBackupVaultArn, lifecycle }))
        : undefined,
      scanActions: scan && !rule.continuous ? [scan._action(rule.name)] : undefined,
    };
  }
}
