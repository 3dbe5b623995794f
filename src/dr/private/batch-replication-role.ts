import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { asFindingText } from '../../core/private/granular-finding';
import { ManagedPolicyRole } from '../../core/private/managed-policy-role';

/** Properties of a BatchReplicationRole. */
export interface BatchReplicationRoleProps {
  readonly description: string;
  /** The bucket whose documents are replicated by its rule. */
  readonly bucketArn: string;
}

/**
 * What a job of S3 Batch Replication works under, which lists documents by itself.
 *
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-batch-replication-policies.html
 */
export class BatchReplicationRole extends ManagedPolicyRole {
  /** As cdk-nag names the right to replicate every document. */
  public readonly finding: string;

  public constructor(scope: Construct, id: string, { description, bucketArn }: BatchReplicationRoleProps) {
    super(scope, id, {
      description,
      // without aws:SourceAccount, which AWS documents for no job; nobody of another account can pass this role to one
      assumedBy: new iam.ServicePrincipal('batchoperations.s3.amazonaws.com'),
    });
    const documents = `${bucketArn}/*`;
    this.finding = `Resource::${asFindingText(scope, documents)}`;
    this.allow(['s3:GetReplicationConfiguration', 's3:PutInventoryConfiguration'], bucketArn);
    this.allow(['s3:InitiateReplication'], documents);
  }

  /** Let it do more, under a condition where one is given. */
  public allow(actions: string[], resource: string, conditions?: Record<string, Record<string, string>>): void {
    this.addToPrincipalPolicy(new iam.PolicyStatement({ actions, resources: [resource], conditions }));
  }
}
