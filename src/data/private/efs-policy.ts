import * as iam from 'aws-cdk-lib/aws-iam';

const CLIENT_ACTIONS = [
  'elasticfilesystem:ClientMount',
  'elasticfilesystem:ClientWrite',
  'elasticfilesystem:ClientRootAccess',
];

/**
 * A policy without a statement that allows leaves only those whom IAM allows; without a policy everybody in the network gets in.
 * https://docs.aws.amazon.com/efs/latest/ug/iam-access-control-nfs-efs.html
 */
export function onlyThroughAccessPoints(): iam.PolicyDocument {
  const deny = (sid: string, conditions: Record<string, Record<string, string>>) =>
    new iam.PolicyStatement({
      sid,
      effect: iam.Effect.DENY,
      principals: [new iam.AnyPrincipal()],
      actions: CLIENT_ACTIONS,
      conditions,
    });
  return new iam.PolicyDocument({
    statements: [
      deny('OnlyEncryptedInTransit', { Bool: { 'aws:SecureTransport': 'false' } }),
      deny('OnlyThroughAnAccessPoint', { Null: { 'elasticfilesystem:AccessPointArn': 'true' } }),
    ],
  });
}
