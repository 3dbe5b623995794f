import { FailureScope } from '../../../core/failure-scope';
import { booleanOf, reasonOf } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';

/** A database instance has a standby in another zone. */
export const rdsInstanceMultiAz = defineRule({
  id: 'RES-DB-001',
  title: 'a database instance has a standby in another zone',
  severity: 'error',
  scope: FailureScope.AVAILABILITY_ZONE,
  why: 'without a standby the loss of a zone, or of one host, means restoring from a backup',
  fix: 'set MultiAZ to true',
  docs: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.MultiAZSingleStandby.html',
  alsoKnownAs: [
    'SecurityHub:RDS.5',
    'Config:RDS_MULTI_AZ_SUPPORT',
    'Prowler:rds_instance_multi_az',
    'GuardRegistry:RDS_MULTI_AZ_SUPPORT',
    'cdk-nag:HIPAA.Security-RDSMultiAZSupport',
    'cdk-nag:AwsSolutions-RDS3',
    'Checkov:CKV_AWS_157',
    'TrustedAdvisor:Amazon RDS DB instances not using Multi-AZ deployment',
    'TrustedAdvisor:Amazon RDS Multi-AZ',
    'TrustedAdvisor:RDS Multi-AZ Standby Instance Not Enabled',
    'ResilienceHub:Amazon Relational Database Service and Amazon Aurora/Multi-AZ deployment',
    'Powerpipe-WA-Reliability:rds_db_instance_multiple_az_enabled',
    'ControlTower:CT.RDS.PR.1',
  ],
  resourceTypes: ['AWS::RDS::DBInstance'],
  evaluate(instance) {
    const partOfAnother = ['DBClusterIdentifier', 'SourceDBInstanceIdentifier'].some(
      (property) => instance.property(property).kind !== 'absent',
    );
    if (partOfAnother) {
      return NOT_APPLICABLE; // a cluster spreads its instances, and the records of a read replica are another's
    }
    const multiAz = instance.property('MultiAZ');
    const location = 'Properties.MultiAZ';
    const reason = reasonOf(multiAz);
    if (reason !== undefined) {
      return undecided(reason, location);
    }
    return booleanOf(multiAz) === true ? PASS : failed('runs in one zone', location);
  },
});
