import { ArnFormat, Stack } from 'aws-cdk-lib';
import { bucketArnByName } from '../../data/private/bucket-arn';
import { type Outlook, type ReadinessCheck, type ReadRight, regionsOf } from './readiness-check';

/** A bucket of documents, and where it replicates to. */
interface ReplicatedBucket {
  readonly bucket: string;
  readonly keyAlias?: string;
  readonly replicaKey?: string;
}

/** Of documents: the buckets of both Regions, and what replicates from one to the other, and back where that was asked for. */
export function documentsCheck(outlook: Outlook): ReadinessCheck | undefined {
  const { dr, region, otherRegion } = outlook;
  const replication = dr.primary.documents?.replication;
  if (!replication) {
    return undefined;
  }
  const { account } = Stack.of(dr);
  const alias = (of: string) =>
    of === dr.primaryRegion ? replication.encryptionKeyAlias : dr.landing.encryptionKeyAlias;
  const replicates = (from: string) => from === dr.primaryRegion || dr.returnsDocuments;
  const bucketOf = (of: string, other: string): ReplicatedBucket => ({
    bucket: replication.bucketNameIn(of, account),
    keyAlias: alias(of),
    replicaKey: replicates(of) ? keyArn(outlook, other, alias(other) ?? '') : undefined,
  });
  const [here, there] = [bucketOf(region, otherRegion), bucketOf(otherRegion, region)];
  return {
    name: 'Documents',
    meaning:
      'documents are not replicated as declared, or a bucket of theirs, or its key, is missing or differs from the other',
    wanted: { here, there },
    rights: [
      {
        actions: ['s3:GetBucketVersioning', 's3:GetBucketObjectLockConfiguration', 's3:GetReplicationConfiguration'],
        resources: [here, there].map(({ bucket }) => bucketArnByName(dr, bucket)),
      },
      ...keyRights(
        outlook,
        [here, there].map(({ keyAlias }) => keyAlias),
      ),
    ],
  };
}

/** By their aliases: AWS KMS makes up the names of keys. https://docs.aws.amazon.com/kms/latest/developerguide/alias-authorization.html */
function keyRights(outlook: Outlook, aliases: (string | undefined)[]): ReadRight[] {
  const known = [...new Set(aliases.filter((alias) => alias !== undefined))];
  return known.length === 0
    ? []
    : [
        {
          actions: ['kms:DescribeKey'],
          resources: regionsOf(outlook).map((region) => keyArn(outlook, region, 'key/*')),
          conditions: { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': known } },
        },
      ];
}

function keyArn({ dr }: Outlook, region: string, resource: string): string {
  return Stack.of(dr).formatArn({ service: 'kms', region, resource, arnFormat: ArnFormat.NO_RESOURCE_NAME });
}
