/**
 * Statements that keep everybody outside of an organization from its data.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_examples.html
 */
export function dataPerimeter(organizationId: string, trustedAccounts: string[]): object[] {
  const trusted = (key: string) => (trustedAccounts.length > 0 ? { [key]: trustedAccounts } : {});
  return [
    {
      Sid: 'OnlyThisOrganization',
      Effect: 'Deny',
      Principal: '*',
      Action: ['kms:*', 's3:*', 'secretsmanager:*', 'sqs:*'],
      Resource: '*',
      Condition: {
        StringNotEqualsIfExists: { 'aws:PrincipalOrgID': organizationId, ...trusted('aws:PrincipalAccount') },
        BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
      },
    },
    {
      Sid: 'OnlyOwnRequestsOfServices', // no stranger has a service write into, or read from, a bucket that lets the service in
      Effect: 'Deny',
      Principal: '*',
      Action: ['kms:*', 's3:*', 'secretsmanager:*', 'sqs:*'],
      Resource: '*',
      Condition: {
        StringNotEqualsIfExists: { 'aws:SourceOrgID': organizationId, ...trusted('aws:SourceAccount') },
        Null: { 'aws:SourceArn': 'false' }, // a service that does not say for whom it asks is let through
        Bool: { 'aws:PrincipalIsAWSService': 'true' },
      },
    },
    {
      Sid: 'OnlyEncryptedTransport',
      Effect: 'Deny',
      Principal: '*',
      Action: ['kms:*', 's3:*', 'secretsmanager:*', 'sqs:*'],
      Resource: '*',
      Condition: { BoolIfExists: { 'aws:SecureTransport': 'false' } },
    },
  ];
}

/** https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_s3_syntax.html */
export const PRIVATE_BUCKETS = { s3_attributes: { public_access_block_configuration: { '@@assign': 'all' } } };

/** https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_declarative_syntax.html */
export const EC2_DEFAULTS = {
  ec2_attributes: {
    image_block_public_access: { state: { '@@assign': 'block_new_sharing' } },
    snapshot_block_public_access: { state: { '@@assign': 'block_all_sharing' } },
    serial_console_access: { status: { '@@assign': 'disabled' } },
    instance_metadata_defaults: { http_tokens: { '@@assign': 'required' } },
  },
};
