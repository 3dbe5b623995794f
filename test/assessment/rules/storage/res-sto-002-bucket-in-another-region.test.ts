import { Assembly, templateFrom } from '../../../../src/assessment/model';
import { bucketInAnotherRegion } from '../../../../src/assessment/rules/storage/res-sto-002-bucket-in-another-region';

test('passes where the destination is in another Region', () => {
  expect(verdictOf({ destinationIn: 'us-west-2' })).toBe('pass');
});

test('fails where backups are copied, and replicas are in the same Region', () => {
  expect(verdictOf({ destinationIn: 'us-east-1', copied: true })).toBe('fail');
});

test('fails where backups are copied, and nothing is replicated', () => {
  expect(verdictOf({ replicated: false, copied: true })).toBe('fail');
});

test('fails where backups are copied, and the rule is disabled', () => {
  expect(verdictOf({ destinationIn: 'us-west-2', status: 'Disabled', copied: true })).toBe('fail');
});

test('leaves it to RES-DR-002 where there is no copy at all', () => {
  expect(verdictOf({ replicated: false })).toBe('not-applicable');
});

test('is unknown where the destination is not in the templates', () => {
  expect(verdictOf({})).toBe('unknown');
});

test('does not apply where care does not depend on it', () => {
  expect(verdictOf({ replicated: false, careDependsOnIt: false })).toBe('not-applicable');
});

test('does not apply to a destination', () => {
  expect(verdictOf({ destinationIn: 'us-west-2', judged: 'Archive' })).toBe('not-applicable');
});

interface Case {
  readonly destinationIn?: string;
  readonly replicated?: boolean;
  readonly status?: string;
  readonly careDependsOnIt?: boolean;
  readonly judged?: string;
  readonly copied?: boolean;
}

/** Two buckets; the second is found by its name, which holds the account that only deployment knows. */
function verdictOf({
  destinationIn,
  replicated = true,
  status = 'Enabled',
  careDependsOnIt = true,
  judged = 'It',
  copied = false,
}: Case) {
  const destination = { Bucket: { 'Fn::Sub': 'arn:aws:s3:::archive-${AWS::AccountId}' } };
  const ReplicationConfiguration = replicated ? { Rules: [{ Status: status, Destination: destination }] } : undefined;
  const source = { It: { Type: 'AWS::S3::Bucket', Properties: { ReplicationConfiguration } } };
  const archive = {
    Archive: { Type: 'AWS::S3::Bucket', Properties: { BucketName: { 'Fn::Sub': 'archive-${AWS::AccountId}' } } },
  };
  const assembly = new Assembly([
    stack('us-east-1', JSON.parse(JSON.stringify({ ...source, ...(copied ? BACKUPS : {}) }))),
    ...(destinationIn === undefined ? [] : [stack(destinationIn, archive)]),
  ]);
  const bucket = [...assembly.resources()].find(({ logicalId }) => logicalId === judged);
  if (!bucket) throw new Error(`no bucket called ${judged}`);
  return bucketInAnotherRegion.evaluate(bucket, { assembly, careDependsOn: () => careDependsOnIt }).verdict;
}

/** Backups of everything, copied to the other Region. */
const BACKUPS = {
  Plan: {
    Type: 'AWS::Backup::BackupPlan',
    Properties: {
      BackupPlan: {
        BackupPlanRule: [
          { CopyActions: [{ DestinationBackupVaultArn: 'arn:aws:backup:us-west-2:111122223333:backup-vault:v' }] },
        ],
      },
    },
  },
  Selection: {
    Type: 'AWS::Backup::BackupSelection',
    Properties: { BackupPlanId: { Ref: 'Plan' }, BackupSelection: { Resources: ['*'] } },
  },
};

let stacks = 0;

function stack(region: string, resources: Record<string, unknown>) {
  const id = `S${stacks++}`;
  return { id, name: id, path: id, region, template: templateFrom({ Resources: resources } as never, `${id}.json`) };
}
