import { rdsEventSubscription } from '../../../../src/assessment/rules/database/res-db-014-rds-event-subscription';
import { testRule } from '../../../support/rules';

testRule(rdsEventSubscription, [
  {
    name: 'subscription to everything',
    verdict: 'pass',
    template: {
      Resources: {
        It: { Type: 'AWS::RDS::DBCluster', Properties: {} },
        E: { Type: 'AWS::RDS::EventSubscription', Properties: { SnsTopicArn: 'arn:aws:sns:us-east-1:111111111111:t' } },
      },
    },
  },
  {
    name: 'subscription to what matters',
    verdict: 'pass',
    template: {
      Resources: {
        It: { Type: 'AWS::RDS::DBCluster', Properties: {} },
        E: {
          Type: 'AWS::RDS::EventSubscription',
          Properties: { SourceType: 'db-cluster', EventCategories: ['failover', 'failure', 'maintenance'] },
        },
      },
    },
  },
  {
    name: 'an EventBridge rule for RDS',
    verdict: 'pass',
    template: {
      Resources: {
        It: { Type: 'AWS::RDS::DBCluster', Properties: {} },
        E: { Type: 'AWS::Events::Rule', Properties: { EventPattern: { source: ['aws.rds'] } } },
      },
    },
  },
  { name: 'none', verdict: 'fail', template: { Resources: { It: { Type: 'AWS::RDS::DBCluster', Properties: {} } } } },
  {
    name: 'subscription to backups only',
    verdict: 'fail',
    template: {
      Resources: {
        It: { Type: 'AWS::RDS::DBCluster', Properties: {} },
        E: {
          Type: 'AWS::RDS::EventSubscription',
          Properties: { SourceType: 'db-cluster', EventCategories: ['backup'] },
        },
      },
    },
  },
  {
    name: 'subscription to this cluster',
    verdict: 'pass',
    template: {
      Resources: {
        It: { Type: 'AWS::RDS::DBCluster', Properties: {} },
        E: {
          Type: 'AWS::RDS::EventSubscription',
          Properties: { SourceType: 'db-cluster', SourceIds: [{ Ref: 'It' }] },
        },
      },
    },
  },
  {
    name: 'subscription to another cluster',
    verdict: 'fail',
    template: {
      Resources: {
        It: { Type: 'AWS::RDS::DBCluster', Properties: {} },
        O: { Type: 'AWS::RDS::DBCluster' },
        E: { Type: 'AWS::RDS::EventSubscription', Properties: { SourceType: 'db-cluster', SourceIds: [{ Ref: 'O' }] } },
      },
    },
  },
  {
    name: 'subscription to another kind',
    verdict: 'fail',
    template: {
      Resources: {
        It: { Type: 'AWS::RDS::DBCluster', Properties: {} },
        E: { Type: 'AWS::RDS::EventSubscription', Properties: { SourceType: 'db-instance' } },
      },
    },
  },
  {
    name: 'a parameter names the kind',
    verdict: 'unknown',
    template: {
      Parameters: { Choice: { Type: 'String' } },
      Resources: {
        It: { Type: 'AWS::RDS::DBCluster', Properties: {} },
        E: { Type: 'AWS::RDS::EventSubscription', Properties: { SourceType: { Ref: 'Choice' } } },
      },
    },
  },
  {
    name: 'parameter group',
    verdict: 'pass',
    template: {
      Resources: {
        It: { Type: 'AWS::RDS::DBParameterGroup', Properties: {} },
        E: { Type: 'AWS::RDS::EventSubscription', Properties: { SourceType: 'db-parameter-group' } },
      },
    },
  },
  {
    name: 'instance of a cluster',
    verdict: 'not-applicable',
    template: { Resources: { It: { Type: 'AWS::RDS::DBInstance', Properties: { DBClusterIdentifier: 'c' } } } },
  },
]);
