import { keptWithItsStack } from '../../../../src/assessment/rules/storage/res-sto-017-kept-with-its-stack';
import { testRule } from '../../../support/rules';

testRule(keptWithItsStack, [
  {
    name: 'kept',
    verdict: 'pass',
    template: { Resources: { It: { Type: 'AWS::S3::Bucket', Properties: {}, DeletionPolicy: 'Retain' } } },
  },
  {
    name: 'kept once it was made',
    verdict: 'pass',
    template: {
      Resources: {
        It: {
          Type: 'AWS::S3::Bucket',
          Properties: {},
          DeletionPolicy: 'RetainExceptOnCreate',
          UpdateReplacePolicy: 'Retain',
        },
      },
    },
  },
  {
    name: 'the default of a cluster',
    verdict: 'pass',
    template: { Resources: { It: { Type: 'AWS::RDS::DBCluster', Properties: {} } } },
  },
  {
    name: 'the default of an instance',
    verdict: 'pass',
    template: { Resources: { It: { Type: 'AWS::RDS::DBInstance', Properties: { Engine: 'postgres' } } } },
  },
  {
    name: 'the default of a bucket',
    verdict: 'fail',
    template: { Resources: { It: { Type: 'AWS::S3::Bucket', Properties: {} } } },
  },
  {
    name: 'deleted',
    verdict: 'fail',
    template: { Resources: { It: { Type: 'AWS::RDS::DBCluster', Properties: {}, DeletionPolicy: 'Delete' } } },
  },
  {
    name: 'instance of a cluster',
    verdict: 'not-applicable',
    template: {
      Resources: {
        It: { Type: 'AWS::RDS::DBInstance', Properties: { DBClusterIdentifier: 'c' }, DeletionPolicy: 'Delete' },
      },
    },
  },
  {
    name: 'deleted when an update replaces it',
    verdict: 'fail',
    template: {
      Resources: {
        It: { Type: 'AWS::S3::Bucket', Properties: {}, DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Delete' },
      },
    },
  },
]);
