import { reasonOf, textOf } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';
import { globalMembersOf } from './global-members';

/** The clusters of a global database run the same engine. */
export const globalSameEngine = defineRule({
  id: 'VAL-DB-002',
  title: 'the clusters of a global database run the same engine',
  severity: 'error',
  scope: 'DEPLOYMENT',
  why: 'a cluster of another engine or major version cannot join',
  fix: 'give every member the same Engine and EngineVersion',
  docs: 'https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database-getting-started.html',
  resourceTypes: ['AWS::RDS::DBCluster'],
  evaluate(cluster, { assembly }) {
    const others = globalMembersOf(cluster, assembly).filter((member) => member !== cluster);
    if (others.length === 0) {
      return NOT_APPLICABLE;
    }
    for (const property of ['Engine', 'EngineVersion']) {
      const own = cluster.property(property);
      const reason = reasonOf(own);
      if (reason !== undefined) {
        return undecided(reason, `Properties.${property}`);
      }
      const other = others.map((member) => textOf(member.property(property))).find((value) => value !== undefined);
      if (own.kind !== 'absent' && other !== undefined && other !== textOf(own)) {
        return failed(`is ${textOf(own)}, another member is ${other}`, `Properties.${property}`);
      }
    }
    return PASS;
  },
});
