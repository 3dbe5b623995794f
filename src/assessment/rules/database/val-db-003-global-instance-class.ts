import { reasonOf, textOf } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';
import { globalMembersOf } from './global-members';
import { clusterOf } from './members';

/** The instances of a global database are large enough for it. */
export const globalInstanceClass = defineRule({
  id: 'VAL-DB-003',
  title: 'the instances of a global database are large enough for it',
  severity: 'error',
  scope: 'DEPLOYMENT',
  why: 'a global database refuses burstable instance classes',
  fix: 'use a memory-optimized class such as db.r6g.large, or db.serverless',
  docs: 'https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database.html',
  resourceTypes: ['AWS::RDS::DBInstance'],
  evaluate(instance, { assembly }) {
    const cluster = clusterOf(instance);
    if (!cluster || globalMembersOf(cluster, assembly).length === 0) {
      return NOT_APPLICABLE;
    }
    const instanceClass = instance.property('DBInstanceClass');
    const reason = reasonOf(instanceClass);
    if (reason !== undefined) {
      return undecided(reason, 'Properties.DBInstanceClass');
    }
    const name = textOf(instanceClass) ?? '';
    return /^db\.t\d/.test(name) ? failed(`is of class ${name}`, 'Properties.DBInstanceClass') : PASS;
  },
});
