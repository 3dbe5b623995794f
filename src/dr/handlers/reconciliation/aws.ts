/** The SDK client of each service, by the name it is called here. */
const CLIENTS = {
  backup: ['@aws-sdk/client-backup', 'BackupClient'],
  efs: ['@aws-sdk/client-efs', 'EFSClient'],
  rds: ['@aws-sdk/client-rds', 'RDSClient'],
  s3: ['@aws-sdk/client-s3', 'S3Client'],
  's3-control': ['@aws-sdk/client-s3-control', 'S3ControlClient'],
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
) => Promise<Answer>;

/** Calls one operation of one service in the Region that is asked. Who calls says what of the answer it reads. */
export type Aws = <Answer = unknown>(service: AwsService, operation: string, input: object) => Promise<Answer>;

interface Client {
  send(command: unknown): Promise<unknown>;
}

const clients = new Map<string, Client>();

/** Without the last, the SDK warns of a request that takes too long, and waits on. */
const SILENT = { connectionTimeout: 3000, requestTimeout: 10000, throwOnRequestTimeout: true };

/** Call one operation of one service in one Region. The SDK waits and asks again when it is throttled, and gives up a Region that is silent. */
export const callAws: CallAws = async <Answer>(
  region: string,
  service: AwsService,
  operation: string,
  input: object,
) => {
  const [module, name] = CLIENTS[service];
  const sdk = require(module);
  const key = `${service} in ${region}`;
  const client: Client = clients.get(key) ?? new sdk[name]({ region, maxAttempts: 5, requestHandler: SILENT });
  clients.set(key, client);
  return client.send(new sdk[`${operation}Command`](input)) as Promise<Answer>;
};

/** What the answer says, or undefined where the error has one of these names. Any other is no answer. */
export async function unless<Answer>(names: RegExp, answer: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Error && names.test(error.name)) {
      return undefined;
    }
    throw error;
  }
}
