import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct, type IConstruct } from 'constructs';
import { acknowledge } from '../../core/private/acknowledgements';
import { asFindingText } from '../../core/private/granular-finding';
import type { DocumentStoreConfig } from '../../data';

const READ = ['s3:GetObject', 's3:GetObjectVersion'];
/** Deleting adds a marker over a version that is kept. */
const WRITE = ['s3:PutObject', 's3:DeleteObject', 's3:AbortMultipartUpload'];

/** Let a principal read documents, without the wildcard actions of the L2's grants. */
export function grantRead(scope: IConstruct, store: DocumentStoreConfig, grantee: iam.IGrantable): iam.Grant {
  return grant(scope, store, grantee, READ, ['kms:Decrypt']);
}

/** Let a principal read, write and delete documents; not destroy their versions. */
export function grantReadWrite(scope: IConstruct, store: DocumentStoreConfig, grantee: iam.IGrantable): iam.Grant {
  return grant(scope, store, grantee, [...READ, ...WRITE], ['kms:Decrypt', 'kms:GenerateDataKey']);
}

function grant(
  scope: IConstruct,
  { bucket, encryptionKey }: DocumentStoreConfig,
  grantee: iam.IGrantable,
  objectActions: string[],
  keyActions: string[],
): iam.Grant {
  const objects = bucket.arnForObjects('*');
  acknowledge(ownPrincipal(scope, grantee) ?? scope, 'documentObjects', [`Resource::${asFindingText(scope, objects)}`]);
  return iam.Grant.addToPrincipalOrResource({
    grantee,
    actions: ['s3:ListBucket'],
    resourceArns: [bucket.bucketArn],
    resource: bucket,
  })
    .combine(
      iam.Grant.addToPrincipalOrResource({
        grantee,
        actions: objectActions,
        resourceArns: [objects],
        resource: bucket,
      }),
    )
    .combine(encryptionKey.grant(grantee, ...keyActions));
}

/** The principal, where it is part of the system: the finding is on its policy, and a role of the user's is theirs to answer for. */
function ownPrincipal(scope: IConstruct, { grantPrincipal }: iam.IGrantable): IConstruct | undefined {
  return Construct.isConstruct(grantPrincipal) && grantPrincipal.node.scopes.includes(scope)
    ? grantPrincipal
    : undefined;
}
