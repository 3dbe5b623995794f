import { Stack } from 'aws-cdk-lib';
import type { CrossRegionDr } from '../cross-region-dr';
import { awaitsDocuments, CATCH_UP } from './returned-documents';
import type { RunbookStep } from './runbook-text';

/** What is left to do while documents do not return from where both Regions would serve. */
export function documentsNotThere(dr: CrossRegionDr): RunbookStep[] {
  const { primary, primaryRegion, recoveryRegion, landing } = dr;
  return awaitsDocuments(dr)
    ? [
        {
          title: `Nothing of ${primary.systemName} runs in ${recoveryRegion}, because returnDocuments was never given. Documents and copies of backups are in ${landing.stack.stackName}; wait for ${primary.systemName} in ${primaryRegion}`,
        },
      ]
    : [];
}

/** By their rule, once the other Region answers; what failed meanwhile takes a job, and what has no rule is copied by hand. */
export function documentsToReturn(dr: CrossRegionDr): RunbookStep[] {
  const { primary, primaryRegion, recoveryRegion, landing, returnsDocuments } = dr;
  const replication = primary.documents?.replication;
  if (!replication) {
    return [];
  }
  if (!returnsDocuments) {
    const { account } = Stack.of(dr);
    return [
      {
        title: `Copy documents that were written in ${recoveryRegion}, which are not replicated back`,
        command: `aws s3 sync s3://${replication.bucketNameIn(recoveryRegion, account)} s3://${replication.bucketNameIn(primaryRegion, account)} --source-region ${recoveryRegion} --region ${primaryRegion}`,
        note: 'Newest versions only; returnDocuments has Amazon S3 replicate all',
      },
    ];
  }
  return [
    {
      title: `Documents written in ${recoveryRegion} go to ${primaryRegion} by themselves; for those that failed run the command that this prints, and see that no alarm on their replication is on`,
      command: `aws cloudformation describe-stacks --region ${recoveryRegion} --stack-name ${landing.stack.stackName} --query "Stacks[0].Outputs[?OutputKey=='${CATCH_UP}'].OutputValue" --output text`,
      note: `Where the bucket in ${primaryRegion} is a new one, add "REPLICA" to its statuses. What one Region deleted is still in the other`,
    },
  ];
}
