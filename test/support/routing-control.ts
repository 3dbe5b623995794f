/** A routing control that nobody has. */
export const routingControlArn =
  'arn:aws:route53-recovery-control::111111111111:controlpanel/0123456789abcdef0123456789abcdef/routingcontrol/abcdef0123456789';

/** The endpoints of its cluster. */
export const endpoints = ['us-east-1', 'us-west-2', 'eu-west-1', 'ap-northeast-1', 'ap-southeast-2'].map((region) => ({
  region,
  url: `https://abcd.route53-recovery-cluster.${region}.amazonaws.com/v1`,
}));
