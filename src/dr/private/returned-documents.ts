import { Annotations, CfnOutput, Stack } from 'aws-cdk-lib';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { acknowledge } from '../../core/private/acknowledgements';
import { Problems } from '../../core/private/fail';
import { warn } from '../../core/private/warnings';
import { bucketArnByName } from '../../data/private/bucket-arn';
import type { CrossRegionDr } from '../cross-region-dr';
import { isActiveActive } from './active-active';
import { BatchReplicationRole } from './batch-replication-role';
import { isUnlinked } from './linked-database';

/** Id of the output of the landing stack with the command for documents that the rule does not take. */
export const CATCH_UP = 'CatchUpDocuments';

/**
 * Replicate back what is written in the recovery Region. Amazon S3 takes a rule only to a bucket that is there, and the landing is deployed
 * before the primary's bucket, so this waits until somebody says that the bucket was deployed. Only plain names cross the Regions.
 *
 * @throws InvalidReturnOfDocuments where there is nothing to return, or no way
 */
export function returnDocuments(dr: CrossRegionDr): void {
  if (!dr.returnsDocuments) {
    return;
  }
  const { primary, landing, primaryRegion, recoveryRegion } = dr;
  const there = primary.documents?.replication;
  const here = landing.documents?.replication;
  const alias = there?.encryptionKeyAlias;
  const problems = new Problems(dr, 'InvalidReturnOfDocuments');
  problems.require(primary.documents !== undefined, 'returnDocuments is true, but the system has no documents');
  problems.require(
    primary.documents === undefined || (here !== undefined && alias !== undefined),
    `returnDocuments is true, but the store of the documents cannot be replicated to: it tells no encryptionKeyAlias of its key in ${primaryRegion}, or makes no store in ${recoveryRegion} that replicates; leave it out, or use DocumentStore.s3()`,
  );
  problems.throwIfAny();
  if (!there || !here || !alias) {
    return;
  }
  const { account, region } = landing.stack;
  here.replicateTo({
    region: primaryRegion,
    bucketName: there.bucketNameIn(primaryRegion, account),
    encryptionKeyAlias: alias,
    replicatesBack: true,
  });
  for (const alarm of here.alarms ?? []) {
    alarm.addAlarmAction(new SnsAction(landing.notifications.topic));
    alarm.addOkAction(new SnsAction(landing.notifications.topic));
  }
  publishCatchUp(dr, here.bucketNameIn(region, account));
}

/**
 * Two Regions that serve would each keep documents that the other does not have: until they are exchanged, one of them serves. A database
 * whose clusters have to know each other first is there before: nothing else can be deployed until then.
 */
export function awaitsDocuments({ strategy, primary, returnsDocuments }: CrossRegionDr): boolean {
  return isActiveActive(strategy) && primary.documents !== undefined && !returnsDocuments && !isUnlinked(primary);
}

/** What somebody has to do, or to know. */
export function tellOfDocuments(dr: CrossRegionDr): void {
  const { primary, landing, primaryRegion, recoveryRegion: region, strategy } = dr;
  const next = `deploy ${landing.stack.stackName} and ${Stack.of(primary).stackName}, then give returnDocuments: true and deploy again`;
  if (!primary.documents) {
    return;
  }
  if (awaitsDocuments(dr)) {
    warn(
      dr,
      'documentsNotReturned',
      `nothing of ${primary.systemName} runs in ${region} yet, because documents written there would not come to ${primaryRegion}: ${next}`,
    );
  } else if (!dr.returnsDocuments) {
    warn(
      dr,
      'documentsNotReturned',
      `documents that ${primary.systemName} writes in ${region} after a failover stay there: ${next}`,
    );
  } else if (isActiveActive(strategy)) {
    Annotations.of(dr).addInfo(
      `a document that is written or overwritten in one Region may be missing or old in the other for 15 minutes, and one that is deleted in one Region can still be read in the other; ${primary.systemName} must bear both`,
    );
  }
}

/** A rule takes what is written after it was made; S3 Batch Replication takes what was there, and what failed. */
function publishCatchUp({ landing, primary, primaryRegion }: CrossRegionDr, bucketName: string): void {
  const { stack } = landing;
  const bucket = bucketArnByName(stack, bucketName);
  const role = new BatchReplicationRole(stack, 'CatchUpRole', {
    description: `Lets S3 Batch Operations replicate documents of ${primary.systemName} that no rule took`,
    bucketArn: bucket,
  });
  acknowledge(role, 'replicatedObjects', [role.finding]);
  const generator = {
    S3JobManifestGenerator: {
      SourceBucket: bucket,
      EnableManifestOutput: false, // keys of documents may name patients
      Filter: { EligibleForReplication: true, ObjectReplicationStatuses: ['NONE', 'FAILED'] },
    },
  };
  new CfnOutput(stack, CATCH_UP, {
    description: `Replicates documents to ${primaryRegion} that were written here before the rule, or failed`,
    value: [
      `aws s3control create-job --region ${stack.region} --account-id ${stack.account} --role-arn ${role.roleArn} --priority 1`,
      `--operation '{"S3ReplicateObject":{}}' --manifest-generator '${JSON.stringify(generator)}'`,
      `--report '{"Enabled":false}' --no-confirmation-required`,
    ].join(' '),
  });
}
