import { FailureScope } from '../../../core/failure-scope';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';
import { coverageOf } from './coverage';

/** A machine that care depends on is selected by a backup plan. */
export const machinesInAPlan = defineRule({
  id: 'RES-BKP-020',
  title: 'a machine that care depends on is selected by a backup plan',
  severity: 'warning',
  scope: FailureScope.DELETION,
  why: 'what is installed and kept on a machine outside of a group is gone with it',
  fix: 'select the instance in an AWS::Backup::BackupSelection, or let a group rebuild it from an image',
  docs: 'https://docs.aws.amazon.com/aws-backup/latest/devguide/assigning-resources.html',
  alsoKnownAs: [
    'Config:EC2_RESOURCES_PROTECTED_BY_BACKUP_PLAN',
    'Powerpipe-WA-Reliability:ec2_instance_protected_by_backup_plan',
    'ResilienceHub:Amazon EBS/Scheduled backup',
  ],
  resourceTypes: ['AWS::EC2::Instance'],
  evaluate(instance, { assembly, careDependsOn }) {
    if (!careDependsOn(instance)) {
      return NOT_APPLICABLE;
    }
    const { selected, undecided: reason } = coverageOf(instance, assembly);
    if (selected) {
      return PASS;
    }
    return reason === undefined ? failed('no plan selects it') : undecided(reason);
  },
});
