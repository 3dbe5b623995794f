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
};

const clients = new Map();

/** Call one operation of one service. Loads only the client it needs. */
exports.callAws = async (service, operation, input) => {
  const [module, name] = CLIENTS[service];
  const sdk = require(module);
  const Command = sdk[`${operation}Command`];
  if (!Command) {
    throw new Error(`the AWS SDK of this Lambda runtime does not know ${service} ${operation} yet; deploy again later`);
  }
  if (!clients.has(service)) {
    clients.set(service, new sdk[name]({ maxAttempts: 1 })); // retried in retry.js, within the time that is left
  }
  return clients.get(service).send(new Command(input));
};
