import { Stack } from 'aws-cdk-lib';
import { RecoveryVault } from '../../data';
import type { CrossRegionDr } from '../cross-region-dr';
import { keepRestoredStep } from './kept-restoration';
import { lookedUpNote, notes } from './looked-up';
import { sendingUsers } from './moving-users';
import { storesOf } from './restoration';
import type { RunbookStep } from './runbook-text';

/**
 * Prints the copies of a kind of store in the recovery Region, newest first. As a table: with `--output text` the command line sorts each
 * page by itself, and an old copy comes first. https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-output-format.html
 */
export function listCommand({ primary, recoveryRegion }: CrossRegionDr, resourceType: string): string {
  const vault = RecoveryVault.nameFor(primary.systemName);
  const query =
    "reverse(sort_by(RecoveryPoints[?Status=='COMPLETED'],&CreationDate))[].[CreationDate,ResourceName,RecoveryPointArn]";
  return `aws backup list-recovery-points-by-backup-vault --region ${recoveryRegion} --backup-vault-name ${vault} --by-resource-type ${resourceType} --query "${query}" --output table`;
}

/** Kinds of stores that come back from the vault, each once. */
export function restoredTypes({ primary }: CrossRegionDr): string[] {
  return [...new Set(storesOf(primary).flatMap(({ restoration }) => restoration?.resourceType ?? []))];
}

/** From the loss of the Region to users in the other one, by restoring and deploying; briefly, long commands are looked up among the outputs. */
export function restoreSteps(dr: CrossRegionDr, briefly: boolean): RunbookStep[] {
  const { failover, recoveryRegion: region, landing } = dr;
  const replicated = dr.primary.database?.backupReplication?.listCommand;
  const byHand = storesOf(dr.primary).flatMap(({ store, restoration }) =>
    restoration?.before ? [{ store, commands: restoration.before }] : [],
  );
  const takesOver = byHand.length > 0 ? ' --import-existing-resources' : '';
  return [
    { title: 'Decide. What was not yet copied is lost, for good once people write here' },
    ...restoredTypes(dr).map((type) => ({
      title: `Choose the newest clean copy of each store that AWS Backup calls ${type}`,
      command: listCommand(dr, type),
      note: 'Clean: from before what went wrong, where something went wrong before the loss',
    })),
    ...(replicated
      ? [
          {
            title: 'For the database take its replicated backups instead, which are minutes old: name their ARN',
            command: replicated,
            note: 'It comes back to LatestTime, or to restored: { databaseTime } before what went wrong. Take a copy where there are none, or they do not replicate',
          },
        ]
      : []),
    ...(restoredTypes(dr).includes('EC2') ? [snapshotsStep(dr)] : []),
    ...(byHand.length > 0
      ? [
          {
            title: 'Say once, for the next steps',
            // the older of two versions of the command line reads the second name only
            command: `export AWS_REGION=${region} AWS_DEFAULT_REGION=${region} ROLE=${landing.restoreRole?.roleArn} KEY=$(aws kms describe-key --region ${region} --key-id ${landing.encryptionKeyAlias} --query KeyMetadata.Arn --output text)`,
          },
        ]
      : []),
    ...byHand.map(({ store, commands }) => ({
      title: `Restore the ${store}, with ARN set to that of its copy`,
      command: commands,
      note: 'Wait for each to succeed. wait gives up after eight minutes, and a restore may take hours: repeat it',
    })),
    {
      title: `Deploy with activeRegion set to ${region}, and restored naming every ARN`,
      // the landing as well: it lets in what is new here
      command: `cdk deploy --exclusively ${landing.stack.node.path} ${Stack.of(dr).node.path}${takesOver}`,
      note: notes('Both stay for good: a deployment without them replaces what was restored', lookedUpNote(dr)),
    },
    ...(storesOf(dr.primary).length > 0 ? [keepRestoredStep(dr)] : []),
    failover.leaveCommand
      ? sendingUsers(dr, failover.leaveCommand, briefly)
      : { title: 'Move the users', note: 'By the procedure of the failover' },
    { title: 'Order, chart and look at a test patient. Only then tell the wards that they may write' },
  ];
}

/** What AWS Backup copies of an instance is an image, and a disk is made from a snapshot. */
function snapshotsStep({ recoveryRegion: region }: CrossRegionDr): RunbookStep {
  return {
    title: 'Print the snapshots in the chosen image of each member, for the disks in restored',
    command: `aws ec2 describe-images --region ${region} --image-ids <id of the image, the end of its ARN> --query "Images[0].BlockDeviceMappings[].[DeviceName,Ebs.SnapshotId]" --output table`,
    note: 'The first device is the root volume, which is not restored',
  };
}

/** The way back: what was restored here is what there is. */
export function wayBackFromRestored({ primary, primaryRegion, recoveryRegion }: CrossRegionDr): RunbookStep[] {
  const replicateBack = primary.database?.backupReplication?.replicateBackCommand;
  return [
    ...(replicateBack
      ? [
          {
            title: `Once ${primaryRegion} answers, let backups of the database follow there: until then what is written is in ${recoveryRegion} alone`,
            command: replicateBack,
            note: 'No template knows of it: stop it when users are back for good. What they restore to after writing has stopped lacks nothing',
          },
        ]
      : []),
    {
      title: `Stay, unless something speaks against ${recoveryRegion}: the stores of ${primaryRegion} hold nothing that was written since the last copy. Let nobody return to them`,
    },
    {
      title: `No command goes back. It is the same again, in the other direction: stop writing in an hour in which little happens, back everything up, copy that to ${primaryRegion}, and restore it there beside what is left. Rehearse it before`,
      note: 'It loses nothing, and takes as long as this failover',
    },
  ];
}

/** When it is over: here, with somewhere to go the next time. */
export function restoredForGood({ recoveryRegion, landing }: CrossRegionDr): string[] {
  return [
    `users are in ${recoveryRegion}, and its backups succeed`,
    ...(landing.vault
      ? ['backups are copied to a Region again: a second loss would cost all that was written since']
      : []),
  ];
}
