import { proxyHasAuth } from '../../../../src/assessment/rules/validity/val-rds-005-proxy-auth';
import { testRule } from '../../../support/rules';

const it = (Properties: Record<string, unknown>) => ({ Resources: { It: { Type: 'AWS::RDS::DBProxy', Properties } } });

testRule(proxyHasAuth, [
  { name: 'a secret', verdict: 'pass', template: it({ Auth: [{ AuthScheme: 'SECRETS', SecretArn: 'arn' }] }) },
  { name: 'IAM', verdict: 'pass', template: it({ DefaultAuthScheme: 'IAM_AUTH' }) },
  { name: 'no Auth', verdict: 'fail', template: it({}) },
  { name: 'no secret', verdict: 'fail', template: it({ Auth: [{ AuthScheme: 'SECRETS' }] }) },
  { name: 'imported', verdict: 'unknown', template: it({ Auth: { 'Fn::ImportValue': 'auth' } }) },
]);
