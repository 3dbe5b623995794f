import { FailureScope } from '../../../core/failure-scope';
import { reasonOf } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';
import { rulesOf } from './coverage';
import { backsUpReplicasOnly } from './replica-plans';
import { copiesOf, placeOf } from './vaults';

/** Recovery points that care depends on are copied to another Region. */
export const copiesInAnotherRegion = defineRule({
  id: 'RES-BKP-004',
  title: 'recovery points that care depends on are copied to another Region',
  severity: 'error',
  scope: FailureScope.REGION,
  why: 'backups in the Region that is lost restore nothing',
  fix: 'add a CopyAction to a vault in another Region',
  docs: 'https://docs.aws.amazon.com/aws-backup/latest/devguide/cross-region-backup.html',
  alsoKnownAs: [
    'ResilienceHub:Amazon Elastic File System/Filesystem Backup',
    'ResilienceHub:Amazon DynamoDB/Scheduled backup',
    'ResilienceHub:Amazon Relational Database Service and Amazon Aurora/Backup',
  ],
  resourceTypes: ['AWS::Backup::BackupPlan'],
  evaluate(plan, { assembly, careDependsOn }) {
    if (!careDependsOn(plan) || backsUpReplicasOnly(plan, assembly)) {
      return NOT_APPLICABLE;
    }
    const copies = rulesOf(plan).flatMap(copiesOf);
    const regions = copies.map((vault) => placeOf(vault).region);
    const location = 'Properties.BackupPlan.BackupPlanRule';
    if (plan.region !== undefined && regions.some((region) => region !== undefined && region !== plan.region)) {
      return PASS;
    }
    return regions.includes(undefined) || (plan.region === undefined && regions.length > 0)
      ? undecided(
          copies.map(reasonOf).find((reason) => reason !== undefined) ?? 'the Region of a copy is not decided',
          location,
        )
      : failed(regions.length === 0 ? 'recovery points are not copied' : 'copies stay in the Region', location);
  },
});
