import { Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { DataClass } from '../core/data-class';
import { fail } from '../core/private/fail';
import { GLOBAL_ACTIONS } from './private/global-actions';

/** Who else may share snapshots of patient data. */
export interface PatientDataSharingOptions {
  /**
   * Names of roles, with `*` for parts of them, that services share snapshots with: the role of a `ClinicalBackup` that copies instances or
   * volumes to another account, and its `scannerRole`. A service asks with such a role, and the policy cannot tell it from a person.
   * Only roles that are exempt from every guardrail make and change roles of these names.
   *
   * @default - none but the roles that are exempt from every guardrail
   */
  readonly serviceRoles?: string[];
}

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

  /** Trails and the recording of configurations go on as they are. Who deploys a baseline needs to be exempt. */
  public static keepAuditing(): Guardrail {
    return new Guardrail('KeepAuditing', [
      {
        actions: [
          // to record less is to record nothing
          ...[
            'cloudtrail:DeleteTrail',
            'cloudtrail:StopLogging',
            'cloudtrail:UpdateTrail',
            'cloudtrail:PutEventSelectors',
          ],
          ...[
            'config:DeleteConfigurationRecorder',
            'config:StopConfigurationRecorder',
            'config:PutConfigurationRecorder',
          ],
          ...['config:DeleteDeliveryChannel', 'config:PutDeliveryChannel', 'config:DeleteRetentionConfiguration'],
        ],
      },
      { actions: ['logs:DeleteLogGroup'], resources: ['arn:*:logs:*:*:log-group:/aws/cloudtrail/*'] },
    ]);
  }

  /**
   * Services that see an intruder stay on, stay with their administrator, and archive nothing by themselves. Who deploys a baseline needs to be
   * exempt.
   */
  public static keepDetecting(): Guardrail {
    return new Guardrail('KeepDetecting', [
      {
        actions: [
          ...['guardduty:DeleteDetector', 'guardduty:UpdateDetector', 'guardduty:DeletePublishingDestination'],
          ...['guardduty:CreateFilter', 'guardduty:UpdateFilter', 'guardduty:CreateIPSet', 'guardduty:UpdateIPSet'],
          ...['guardduty:CreateTrustedEntitySet', 'guardduty:UpdateTrustedEntitySet'],
          ...['guardduty:StopMonitoringMembers', 'guardduty:DisassociateMembers', 'guardduty:DeleteMembers'],
          ...['guardduty:DisassociateFromAdministratorAccount', 'guardduty:DisassociateFromMasterAccount'],
          ...[
            'securityhub:DisableSecurityHub',
            'securityhub:DisableSecurityHubV2',
            'securityhub:BatchDisableStandards',
          ],
          ...['securityhub:DisassociateFromAdministratorAccount', 'securityhub:DisassociateFromMasterAccount'],
          ...['macie2:DisableMacie', 'macie2:DisassociateFromAdministratorAccount'],
          'macie2:DisassociateFromMasterAccount',
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
   * Snapshots and images that are tagged `ehr:data-class` = `PHI`, as those of systems of this library are, are shared with nobody, in the
   * organization or out of it, and exported nowhere. Copies by AWS Backup are another matter: see `copiesStayIn`.
   *
   * Of buckets tags are no measure, because Amazon S3 only heeds them where that was turned on for the bucket: what keeps those is
   * `OrganizationGuardrailsProps.dataPerimeter`.
   *
   * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonrds.html
   */
  public static keepPatientDataPrivate(options: PatientDataSharingOptions = {}): Guardrail {
    return new Guardrail(
      'KeepPatientDataPrivate',
      [
        {
          actions: [
            ...['ec2:ModifySnapshotAttribute', 'ec2:ModifyImageAttribute'],
            ...['rds:ModifyDBSnapshotAttribute', 'rds:ModifyDBClusterSnapshotAttribute', 'rds:StartExportTask'],
          ],
          conditions: { StringEquals: { [`aws:ResourceTag/${DATA_CLASS}`]: DataClass.PHI } },
        },
      ],
      options.serviceRoles,
    );
  }

  /**
   * The tag `ehr:data-class` is not taken away, and `PHI` not changed into anything else: guardrails and inventories go by it. Of services that do
   * not tell policies which tags a request is about, nothing is denied.
   *
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_tags.html
   */
  public static keepDataClass(): Guardrail {
    return new Guardrail('KeepDataClass', [
      {
        actions: [
          ...['ec2:DeleteTags', 'rds:RemoveTagsFromResource', 's3:UntagResource', 'dynamodb:UntagResource'],
          ...['elasticfilesystem:UntagResource', 'fsx:UntagResource', 'backup:UntagResource', 'kms:UntagResource'],
          ...['secretsmanager:UntagResource', 'tag:UntagResources'],
        ],
        conditions: { 'ForAnyValue:StringEquals': { 'aws:TagKeys': [DATA_CLASS] } },
      },
      {
        actions: [
          ...['ec2:CreateTags', 'rds:AddTagsToResource', 's3:TagResource', 'dynamodb:TagResource'],
          ...['elasticfilesystem:TagResource', 'fsx:TagResource', 'backup:TagResource', 'kms:TagResource'],
          'secretsmanager:TagResource',
        ],
        conditions: {
          StringEquals: { [`aws:ResourceTag/${DATA_CLASS}`]: DataClass.PHI },
          StringNotEquals: { [`aws:RequestTag/${DATA_CLASS}`]: DataClass.PHI },
          Null: { [`aws:RequestTag/${DATA_CLASS}`]: 'false' }, // without it, every other tag would be denied, too
        },
      },
    ]);
  }

  /**
   * AWS Backup copies recovery points to accounts of the organization only.
   *
   * @param organizationId for example `o-a1b2c3d4e5`
   * @throws InvalidGuardrail when that is no id of an organization
   * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/create-cross-account-backup.html
   */
  public static copiesStayIn(organizationId: string): Guardrail {
    if (!Token.isUnresolved(organizationId) && !/^o-[a-z0-9]{10,32}$/.test(organizationId)) {
      fail(undefined, 'InvalidGuardrail', `the id of an organization begins with o-, got "${organizationId}"`);
    }
    return new Guardrail('CopiesStayInOrganization', [
      {
        actions: ['backup:CopyFromBackupVault'],
        conditions: { 'ForAllValues:StringNotLike': { 'backup:CopyTargetOrgPaths': [`${organizationId}/*`] } },
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

  /**
   * Nobody takes the name of a role that is exempt, or changes who may assume it and what it may do: called by OrganizationGuardrails, which
   * always has it. Managed policies that such a role has are not looked at.
   *
   * @internal
   */
  public static _keepExemptRoles(): Guardrail {
    return new Guardrail('KeepExemptRoles', [
      {
        actions: [
          ...['iam:CreateRole', 'iam:DeleteRole', 'iam:UpdateAssumeRolePolicy', 'iam:AttachRolePolicy'],
          ...['iam:DetachRolePolicy', 'iam:PutRolePolicy', 'iam:DeleteRolePolicy', 'iam:PutRolePermissionsBoundary'],
          'iam:DeleteRolePermissionsBoundary',
        ],
      },
    ]);
  }

  private constructor(
    /** Name of the guardrail. */
    public readonly name: string,
    private readonly denials: iam.PolicyStatementProps[],
    /**
     * Roles that it alone exempts.
     *
     * @internal
     */
    public readonly _alsoExempt: string[] = [],
  ) {
    if (!/^[A-Za-z0-9]+$/.test(name)) {
      fail(undefined, 'InvalidGuardrail', `a name has letters and digits, got "${name}"`);
    }
    if (denials.some(({ actions, notActions }) => (actions ?? notActions ?? []).length === 0)) {
      fail(undefined, 'InvalidGuardrail', `${name} denies nothing; name an action`);
    }
    if (_alsoExempt.some((role) => role.replace(/\*/g, '') === '')) {
      fail(undefined, 'InvalidGuardrail', `${name} exempts everybody; name roles, got "${_alsoExempt.join(', ')}"`);
    }
  }

  /**
   * Called by OrganizationGuardrails.
   *
   * @param exemptRoles names of roles, not ARNs
   * @param ofRoles the names of roles that it is about; everything if left out
   * @internal
   */
  public _statements(exemptRoles: string[], ofRoles?: string[]): Record<string, unknown>[] {
    const arns = [...exemptRoles, ...this._alsoExempt].map(anyRole);
    return this.denials.map(({ conditions, ...denial }, index) =>
      new iam.PolicyStatement({
        sid: index === 0 ? this.name : `${this.name}${index + 1}`,
        effect: iam.Effect.DENY,
        resources: ofRoles?.map(anyRole) ?? ['*'],
        ...denial,
        conditions: { ...conditions, ArnNotLike: { 'aws:PrincipalArn': arns } },
      }).toStatementJson(),
    );
  }
}

function anyRole(name: string): string {
  return `arn:*:iam::*:role/${name}`;
}

/** The tag that says what data is about. */
const DATA_CLASS = 'ehr:data-class';
