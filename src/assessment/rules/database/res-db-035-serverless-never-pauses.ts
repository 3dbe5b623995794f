import { FailureScope } from '../../../core/failure-scope';
import { numberOf, reasonOf } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';

/** A serverless database that care depends on never pauses. */
export const serverlessNeverPauses = defineRule({
  id: 'RES-DB-035',
  title: 'a serverless database that care depends on never pauses',
  severity: 'error',
  scope: FailureScope.COMPONENT,
  why: 'with a minimum of 0 the database pauses when it is quiet, and the first clinician at night waits for it to resume',
  fix: 'set MinCapacity to 0.5 or more',
  docs: 'https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2-auto-pause.html',
  resourceTypes: ['AWS::RDS::DBCluster', 'AWS::Neptune::DBCluster'],
  evaluate(cluster, { careDependsOn }) {
    const minimum = cluster.property('ServerlessV2ScalingConfiguration', 'MinCapacity');
    const older = cluster.property('ServerlessScalingConfiguration', 'MinCapacity');
    if ((minimum.kind === 'absent' && older.kind === 'absent') || !careDependsOn(cluster)) {
      return NOT_APPLICABLE;
    }
    const location = 'Properties.ServerlessV2ScalingConfiguration.MinCapacity';
    const reason = reasonOf(minimum) ?? reasonOf(older);
    if (reason !== undefined) {
      return undecided(reason, location);
    }
    return (numberOf(minimum) ?? numberOf(older) ?? 0) > 0 ? PASS : failed('the minimum capacity is 0', location);
  },
});
