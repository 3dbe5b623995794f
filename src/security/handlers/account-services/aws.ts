/** The SDK client of each service, by the name it is called here. */
const CLIENTS = {
  'access-analyzer': ['@aws-sdk/client-accessanalyzer', 'AccessAnalyzerClient'],
  'config-service': ['@aws-sdk/client-config-service', 'ConfigServiceClient'],
  detective: ['@aws-sdk/client-detective', 'DetectiveClient'],
  ec2: ['@aws-sdk/client-ec2', 'EC2Client'],
  guardduty: ['@aws-sdk/client-guardduty', 'GuardDutyClient'],
  iam: ['@aws-sdk/client-iam', 'IAMClient'],
  inspector2: ['@aws-sdk/client-inspector2', 'Inspector2Client'],
  macie2: ['@aws-sdk/client-macie2', 'Macie2Client'],
  organizations: ['@aws-sdk/client-organizations', 'OrganizationsClient'],
  's3-control': ['@aws-sdk/client-s3-control', 'S3ControlClient'],
  securityhub: ['@aws-sdk/client-securityhub', 'SecurityHubClient'],
} as const;

/** A service that is called here. */
export type AwsService = keyof typeof CLIENTS;

/** Calls one operation of one service. Who calls says what of the answer it reads. */
export type Aws = <Answer = unknown>(service: AwsService, operation: string, input?: object) => Promise<Answer>;

interface Client {
  send(command: unknown): Promise<unknown>;
}

const clients = new Map<AwsService, Client>();

/** Call one operation of one service. Loads only the client it needs. */
export const callAws: Aws = async <Answer>(service: AwsService, operation: string, input?: object) => {
  const [module, name] = CLIENTS[service];
  const sdk = require(module);
  const Command = sdk[`${operation}Command`];
  if (!Command) {
    throw new Error(`the AWS SDK of this Lambda runtime does not know ${service} ${operation} yet; deploy again later`);
  }
  const client: Client = clients.get(service) ?? new sdk[name]({ maxAttempts: 1 }); // retried in retry.ts, within the time that is left
  clients.set(service, client);
  return client.send(new Command(input)) as Promise<Answer>;
};
