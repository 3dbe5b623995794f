import { entryOf, itemsOf, reasonOf, textOf } from '../../model';
import { defineRule, failed, PASS, undecided } from '../rule';

export const proxyHasAuth = defineRule({
  id: 'VAL-RDS-005',
  title: 'a database proxy knows how to authenticate',
  severity: 'error',
  scope: 'DEPLOYMENT',
  why: 'a proxy without Auth entries, or with one that names no secret, is refused',
  fix: 'add an Auth entry with the SecretArn of the database user, or set DefaultAuthScheme to IAM_AUTH',
  docs: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-rds-dbproxy.html',
  resourceTypes: ['AWS::RDS::DBProxy'],
  evaluate: (resource) => {
    const auth = resource.property('Auth');
    const scheme = resource.property('DefaultAuthScheme');
    if (textOf(scheme) === 'IAM_AUTH') {
      return PASS;
    }
    if (auth.kind === 'unknown' || scheme.kind === 'unknown') {
      return undecided(reasonOf(auth) ?? reasonOf(scheme) ?? 'no Auth', 'Properties.Auth');
    }
    const entries = itemsOf(auth);
    const without = entries.findIndex(
      (entry) => entry.kind === 'dictionary' && entryOf(entry, 'SecretArn').kind === 'absent',
    );
    if (entries.length === 0 || without >= 0) {
      return failed(entries.length === 0 ? 'no Auth' : `Auth entry ${without} names no secret`, 'Properties.Auth');
    }
    return PASS;
  },
});
