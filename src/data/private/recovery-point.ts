import { Arn, ArnFormat, Fn, Stack, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { fail } from '../../core/private/fail';

/** What a recovery point of a kind of store looks like. */
interface RecoveryPointForm {
  readonly service: string;
  readonly resource: RegExp;
  readonly example: string;
}

/** By what AWS Backup calls the store: https://docs.aws.amazon.com/aws-backup/latest/devguide/recovery-points.html */
const FORMS = {
  RDS: {
    service: 'rds',
    resource: /^(snapshot|auto-backup):/,
    example: 'snapshot:awsbackup:copyjob-…" or "auto-backup:ab-…',
  },
  Aurora: { service: 'rds', resource: /^cluster-snapshot:/, example: 'cluster-snapshot:awsbackup:copyjob-…' },
  FSx: { service: 'fsx', resource: /^backup\/backup-/, example: 'backup/backup-…' },
  DynamoDB: { service: 'backup', resource: /^recovery-point:/, example: 'recovery-point:…' },
} satisfies Record<string, RecoveryPointForm>;

/** Stop where an ARN is known not to be that of a recovery point of such a store in this Region. */
export function requireRecoveryPoint(
  scope: Construct,
  type: keyof typeof FORMS,
  arn: string,
  restoreTime?: string,
): void {
  if (restoreTime !== undefined && !isReplicatedBackup(arn, restoreTime)) {
    fail(
      scope,
      'RecoveryPointHasItsTime',
      `only replicated backups of Amazon RDS, "auto-backup:…", restore to a time that is asked for, got "${arn}" and ${restoreTime}; choose an older recovery point instead`,
    );
  }
  if (Token.isUnresolved(arn)) {
    return;
  }
  const { service, resource, example } = FORMS[type];
  const { region } = Stack.of(scope);
  const [, , arnService, arnRegion, , ...rest] = arn.split(':');
  if (arnService !== service || !resource.test(rest.join(':'))) {
    fail(
      scope,
      'NotARecoveryPoint',
      `a recovery point of ${type} ends in "${example}" and is of ${service}, got "${arn}"; take the ARN from the vault in this Region`,
    );
  }
  if (!Token.isUnresolved(region) && arnRegion !== region) {
    fail(
      scope,
      'RecoveryPointInOtherRegion',
      `a store is restored from a recovery point of its own Region, ${region}, got "${arn}"; take the ARN of the copy there`,
    );
  }
}

/** Whether an ARN is that of replicated automated backups; one that is not known yet is, where a time is asked for. */
export function isReplicatedBackup(arn: string, restoreTime: string | undefined): boolean {
  return Token.isUnresolved(arn) ? restoreTime !== undefined : arn.split(':')[5] === 'auto-backup';
}

/** The id of a backup of Amazon FSx, from the ARN of its recovery point. */
export function fsxBackupId(arn: string): string {
  return Token.isUnresolved(arn)
    ? Fn.select(1, Fn.split('/', arn))
    : (Arn.split(arn, ArnFormat.SLASH_RESOURCE_NAME).resourceName ?? arn);
}
