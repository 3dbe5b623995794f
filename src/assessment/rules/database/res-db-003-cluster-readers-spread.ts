import { FailureScope } from '../../../core/failure-scope';
import { textOf } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS } from '../rule';
import { membersOf } from './members';

/** The instances of a database cluster are not bunched in one zone. */
export const clusterReadersSpread = defineRule({
  id: 'RES-DB-003',
  title: 'the instances of a database cluster are not bunched in one zone',
  severity: 'warning',
  scope: FailureScope.AVAILABILITY_ZONE,
  why: 'when all readers share a zone, its loss leaves the writer alone to serve every read',
  fix: 'spread the readers over zones, or leave AvailabilityZone out',
  docs: 'https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.AuroraHighAvailability.html',
  alsoKnownAs: ['TrustedAdvisor:Amazon RDS DB clusters with all reader instances in the same Availability Zone'],
  resourceTypes: ['AWS::RDS::DBCluster'],
  evaluate(cluster, { assembly }) {
    const { instances } = membersOf(cluster, assembly);
    if (instances.length < 3) {
      return NOT_APPLICABLE;
    }
    const zones = instances.map((instance) => textOf(instance.property('AvailabilityZone')));
    const bunched = zones.find((zone) => zone && zones.filter((other) => other === zone).length >= zones.length - 1);
    return bunched === undefined ? PASS : failed(`all but one of ${instances.length} instances are in ${bunched}`);
  },
});
