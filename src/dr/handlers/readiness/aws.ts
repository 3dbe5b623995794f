/** The SDK client of each service, by the name it is called here. */
const CLIENTS = {
  acm: ['@aws-sdk/client-acm', 'ACMClient'],
  'application-auto-scaling': ['@aws-sdk/client-application-auto-scaling', 'ApplicationAutoScalingClient'],
  'auto-scaling': ['@aws-sdk/client-auto-scaling', 'AutoScalingClient'],
  backup: ['@aws-sdk/client-backup', 'BackupClient'],
  cloudwatch: ['@aws-sdk/client-cloudwatch', 'CloudWatchClient'],
  dsql: ['@aws-sdk/client-dsql', 'DSQLClient'],
  dynamodb: ['@aws-sdk/client-dynamodb', 'DynamoDBClient'],
  ec2: ['@aws-sdk/client-ec2', 'EC2Client'],
  ecr: ['@aws-sdk/client-ecr', 'ECRClient'],
  ecs: ['@aws-sdk/client-ecs', 'ECSClient'],
  efs: ['@aws-sdk/client-efs', 'EFSClient'],
  elasticache: ['@aws-sdk/client-elasticache', 'ElastiCacheClient'],
  fsx: ['@aws-sdk/client-fsx', 'FSxClient'],
  kms: ['@aws-sdk/client-kms', 'KMSClient'],
  rds: ['@aws-sdk/client-rds', 'RDSClient'],
  s3: ['@aws-sdk/client-s3', 'S3Client'],
  'secrets-manager': ['@aws-sdk/client-secrets-manager', 'SecretsManagerClient'],
  'service-quotas': ['@aws-sdk/client-service-quotas', 'ServiceQuotasClient'],
  ssm: ['@aws-sdk/client-ssm', 'SSMClient'],
} as const;

/** A service that is asked here. */
export type AwsService = keyof typeof CLIENTS;

/** Calls one operation of one service in one Region. */
export type CallAws = <Answer = unknown>(
  region: string,
  service: AwsService,
  operation: string,
  input: object,
  abortSignal?: AbortSignal,
) => Promise<Answer>;

/** Calls one operation of one service in the Region that is asked. Who calls says what of the answer it reads. */
export type Aws = <Answer = unknown>(service: AwsService, operation: string, input: object) => Promise<Answer>;

interface Client {
  send(command: unknown, options: { readonly abortSignal?: AbortSignal }): Promise<unknown>;
}

const clients = new Map<string, Client>();

/** Without the last, the SDK warns of a request that takes too long, and waits on. */
const SILENT = { connectionTimeout: 3000, requestTimeout: 10000, throwOnRequestTimeout: true };

/**
 * Call one operation of one service in one Region, and let go of it when the signal says so. The SDK waits and asks again when it is
 * throttled, or hears nothing.
 */
export const callAws: CallAws = async <Answer>(
  region: string,
  service: AwsService,
  operation: string,
  input: object,
  abortSignal?: AbortSignal,
) => {
  const [module, name] = CLIENTS[service];
  const sdk = require(module);
  const key = `${service} in ${region}`;
  const client: Client = clients.get(key) ?? new sdk[name]({ region, maxAttempts: 5, requestHandler: SILENT });
  clients.set(key, client);
  return client.send(new sdk[`${operation}Command`](input), { abortSignal }) as Promise<Answer>;
};
