/** The SDK client of each service, by the name it is called here. */
const CLIENTS = {
  acm: ['@aws-sdk/client-acm', 'ACMClient'],
  'application-auto-scaling': ['@aws-sdk/client-application-auto-scaling', 'ApplicationAutoScalingClient'],
  'auto-scaling': ['@aws-sdk/client-auto-scaling', 'AutoScalingClient'],
  cloudwatch: ['@aws-sdk/client-cloudwatch', 'CloudWatchClient'],
  dynamodb: ['@aws-sdk/client-dynamodb', 'DynamoDBClient'],
  ec2: ['@aws-sdk/client-ec2', 'EC2Client'],
  ecr: ['@aws-sdk/client-ecr', 'ECRClient'],
  ecs: ['@aws-sdk/client-ecs', 'ECSClient'],
  efs: ['@aws-sdk/client-efs', 'EFSClient'],
  rds: ['@aws-sdk/client-rds', 'RDSClient'],
  'secrets-manager': ['@aws-sdk/client-secrets-manager', 'SecretsManagerClient'],
  'service-quotas': ['@aws-sdk/client-service-quotas', 'ServiceQuotasClient'],
  ssm: ['@aws-sdk/client-ssm', 'SSMClient'],
};

const clients = new Map();

/** Call one operation of one service in one Region, and let go of it when the signal says so. The SDK waits and asks again when it is throttled. */
exports.callAws = async (region, service, operation, input, abortSignal) => {
  const [module, name] = CLIENTS[service];
  const sdk = require(module);
  const key = `${service} in ${region}`;
  if (!clients.has(key)) {
    clients.set(key, new sdk[name]({ region, maxAttempts: 5 }));
  }
  return clients.get(key).send(new sdk[`${operation}Command`](input), { abortSignal });
};
