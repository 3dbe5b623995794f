import { FailureScope } from '../../../core/failure-scope';
import { booleanOf, reasonOf } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';
import { membersOf } from './members';

/** All instances of a cluster are reached in the same way. */
export const clusterSameAccessibility = defineRule({
  id: 'RES-DB-004',
  title: 'all instances of a cluster are reached in the same way',
  severity: 'warning',
  scope: FailureScope.COMPONENT,
  why: 'after a failover the new writer has another kind of address, and clients that connect over the other network lose it',
  fix: 'give every instance the same PubliclyAccessible',
  docs: 'https://docs.aws.amazon.com/awssupport/latest/user/fault-tolerance-checks.html',
  alsoKnownAs: ['TrustedAdvisor:Amazon Aurora DB Instance Accessibility'],
  resourceTypes: ['AWS::RDS::DBCluster'],
  evaluate(cluster, { assembly }) {
    const { instances } = membersOf(cluster, assembly);
    const values = instances.map((instance) => instance.property('PubliclyAccessible'));
    if (instances.length < 2 || values.every(({ kind }) => kind === 'absent')) {
      return NOT_APPLICABLE;
    }
    const reason = values.map(reasonOf).find((each) => each !== undefined);
    if (reason !== undefined) {
      return undecided(reason);
    }
    const settings = new Set(values.map(booleanOf));
    return settings.size === 1 ? PASS : failed('some instances are publicly accessible, others are not');
  },
});
