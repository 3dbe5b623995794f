import * as iam from 'aws-cdk-lib/aws-iam';
import { fail } from '../core/private/fail';
import { GLOBAL_ACTIONS } from './private/global-actions';

/**
 * Something that nobody in a member account may do, not even its administrator: statements of a service control policy.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html
 */
export class Guardrail {
  /**
   * Nothing is done outside of these Regions. Name every Region that recovery needs, or a failover is denied too. Services
   * without a Region, and those that steer a failover, are left alone.
   *
   * @throws InvalidGuardrail when no Region is named
   */
  public static stayInRegions(...regions: string[]): Guardrail {
    if (regions.length === 0) {
      fail(undefined, 'InvalidGuardrail', 'stayInRegions needs the Regions that are allowed, got none');
    }
    return new Guardrail('StayInRegions', [
      { notActions: GLOBAL_ACTIONS, conditions: { StringNotEquals: { 'aws:RequestedRegion': regions } } },
    ]);
  }

  /** Trails and the recording of configurations go on. */
  public static keepAuditing(): Guardrail {
    return new Guardrail('KeepAuditing', [
      {
        actions: [
          ...['cloudtrail:DeleteTrail', 'cloudtrail:StopLogging', 'config:DeleteConfigurationRecorder'],
          ...[
            'config:DeleteDeliveryChannel',
            'config:StopConfigurationRecorder',
            'config:DeleteRetentionConfiguration',
          ],
        ],
      },
      { actions: ['logs:DeleteLogGroup'], resources: ['arn:*:logs:*:*:log-group:/aws/cloudtrail/*'] },
    ]);
  }

  /** Services that see an intruder stay on, and stay with their administrator. */
  public static keepDetecting(): Guardrail {
    return new Guardrail('KeepDetecting', [
      {
        actions: [
          ...['guardduty:DeleteDetector', 'guardduty:DeletePublishingDestination'],
          ...['guardduty:DisassociateFromAdministratorAccount', 'guardduty:DisassociateFromMasterAccount'],
          ...[
            'securityhub:DisableSecurityHub',
            'securityhub:DisableSecurityHubV2',
            'securityhub:BatchDisableStandards',
          ],
          ...['securityhub:DisassociateFromAdministratorAccount', 'securityhub:DisassociateFromMasterAccount'],
          ...['macie2:DisableMacie', 'macie2:DisassociateFromAdministratorAccount'],
          ...['inspector2:Disable', 'detective:DisassociateMembership', 'access-analyzer:DeleteAnalyzer'],
        ],
      },
    ]);
  }

  /** Recovery points, vaults and their locks stay: the last defence against ransomware. */
  public static keepBackups(): Guardrail {
    return new Guardrail('KeepBackups', [
      {
        actions: [
          ...['backup:DeleteRecoveryPoint', 'backup:DeleteBackupVault', 'backup:DeleteBackupVaultLockConfiguration'],
          ...['backup:DeleteBackupVaultAccessPolicy', 'backup:DeleteBackupPlan', 'backup:DeleteBackupSelection'],
          ...['backup:UpdateRecoveryPointLifecycle', 'backup:DisassociateRecoveryPoint'],
          ...['s3:BypassGovernanceRetention', 'dynamodb:DeleteBackup'],
          ...['rds:DeleteDBClusterAutomatedBackup', 'rds:DeleteDBInstanceAutomatedBackup'],
        ],
      },
    ]);
  }

  /** Keys stay usable: data whose key is gone is gone. Sandboxes that delete their keys need to be exempt. */
  public static keepKeys(): Guardrail {
    return new Guardrail('KeepKeys', [
      { actions: ['kms:ScheduleKeyDeletion', 'kms:DisableKey', 'kms:DeleteImportedKeyMaterial'] },
    ]);
  }

  /** No account leaves the organization and its guardrails. */
  public static stayInOrganization(): Guardrail {
    return new Guardrail('StayInOrganization', [{ actions: ['organizations:LeaveOrganization'] }]);
  }

  /**
   * Nothing is shared with everybody, and what keeps an account from it is not taken away. `AccountSettings` of the same
   * account must be deployed first, or by an exempt role.
   */
  public static noPublicSharing(): Guardrail {
    return new Guardrail('NoPublicSharing', [
      {
        actions: [
          ...['s3:PutAccountPublicAccessBlock', 'ec2:DisableImageBlockPublicAccess'],
          ...['ec2:DisableSnapshotBlockPublicAccess', 'ec2:DisableEbsEncryptionByDefault'],
          'ec2:EnableSerialConsoleAccess',
        ],
      },
      {
        actions: ['ec2:ModifyImageAttribute', 'ec2:ModifySnapshotAttribute'],
        conditions: { StringEquals: { 'ec2:Add/group': 'all' } },
      },
    ]);
  }

  /**
   * A guardrail of your own.
   *
   * @param name letters and digits; becomes the ids of its statements
   * @param actions what is denied on every resource
   * @throws InvalidGuardrail when the name has other characters, or there is no action
   */
  public static deny(name: string, ...actions: string[]): Guardrail {
    return new Guardrail(name, [{ actions }]);
  }

  private constructor(
    /** Name of the guardrail. */
    public readonly name: string,
    private readonly denials: iam.PolicyStatementProps[],
  ) {
    if (!/^[A-Za-z0-9]+$/.test(name)) {
      fail(undefined, 'InvalidGuardrail', `a name has letters and digits, got "${name}"`);
    }
    if (denials.some(({ actions, notActions }) => (actions ?? notActions ?? []).length === 0)) {
      fail(undefined, 'InvalidGuardrail', `${name} denies nothing; name an action`);
    }
  }

  /**
   * Called by OrganizationGuardrails.
   *
   * @internal
   */
  public _statements(exemptRoles: string[]): Record<string, unknown>[] {
    return this.denials.map(({ conditions, ...denial }, index) =>
      new iam.PolicyStatement({
        sid: index === 0 ? this.name : `${this.name}${index + 1}`,
        effect: iam.Effect.DENY,
        resources: ['*'],
        ...denial,
        conditions: { ...conditions, ArnNotLike: { 'aws:PrincipalArn': exemptRoles } },
      }).toStatementJson(),
    );
  }
}
