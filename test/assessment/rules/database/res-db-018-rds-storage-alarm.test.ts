import { rdsStorageAlarm } from '../../../../src/assessment/rules/database/res-db-018-rds-storage-alarm';
import { testRule } from '../../../support/rules';

testRule(rdsStorageAlarm, [
  {
    name: 'an alarm',
    verdict: 'pass',
    template: {
      Resources: {
        It: { Type: 'AWS::RDS::DBInstance', Properties: {} },
        A: {
          Type: 'AWS::CloudWatch::Alarm',
          Properties: {
            MetricName: 'FreeStorageSpace',
            Dimensions: [{ Name: 'DBInstanceIdentifier', Value: { Ref: 'It' } }],
          },
        },
      },
    },
  },
  {
    name: 'an alarm by name',
    verdict: 'pass',
    template: {
      Resources: {
        It: { Type: 'AWS::RDS::DBInstance', Properties: { DBInstanceIdentifier: 'ehr' } },
        A: {
          Type: 'AWS::CloudWatch::Alarm',
          Properties: { MetricName: 'FreeStorageSpace', Dimensions: [{ Name: 'DBInstanceIdentifier', Value: 'ehr' }] },
        },
      },
    },
  },
  {
    name: 'an alarm on something else',
    verdict: 'fail',
    template: {
      Resources: {
        It: { Type: 'AWS::RDS::DBInstance', Properties: {} },
        A: {
          Type: 'AWS::CloudWatch::Alarm',
          Properties: {
            MetricName: 'CPUUtilization',
            Dimensions: [{ Name: 'DBInstanceIdentifier', Value: { Ref: 'It' } }],
          },
        },
      },
    },
  },
  {
    name: 'instance of a cluster',
    verdict: 'not-applicable',
    template: { Resources: { It: { Type: 'AWS::RDS::DBInstance', Properties: { DBClusterIdentifier: 'c' } } } },
  },
]);
