/**
 * What a policy that denies Regions must leave alone: services without a Region, whose requests arrive in us-east-1 or
 * us-west-2, and the services that steer a failover, which answer in Regions of their own.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_examples_general.html
 */
export const GLOBAL_ACTIONS = [
  'account:*',
  'arc-region-switch:*',
  'aws-portal:*',
  'billing:*',
  'budgets:*',
  'ce:*',
  'chatbot:*',
  'cloudfront:*',
  'cur:*',
  'globalaccelerator:*',
  'health:*',
  'iam:*',
  'networkmanager:*',
  'notifications:*',
  'organizations:*',
  'pricing:*',
  'resource-explorer-2:*',
  'route53-recovery-cluster:*',
  'route53-recovery-control-config:*',
  'route53-recovery-readiness:*',
  'route53:*',
  'route53domains:*',
  's3:GetAccountPublic*',
  's3:ListAllMyBuckets',
  's3:ListMultiRegionAccessPoints',
  's3:PutAccountPublic*',
  's3:SubmitMultiRegionAccessPointRoutes',
  'shield:*',
  'sso:*',
  'sts:*',
  'support:*',
  'supportplans:*',
  'trustedadvisor:*',
  'waf:*',
  'wellarchitected:*',
];
