import { fileSystemHasSubnetsForItsZones } from '../../../../src/assessment/rules/validity/val-fsx-001-subnets';
import { testRule } from '../../../support/rules';

const it = (Properties: Record<string, unknown>) => ({
  Resources: { It: { Type: 'AWS::FSx::FileSystem', Properties } },
});

testRule(fileSystemHasSubnetsForItsZones, [
  {
    name: 'two subnets for two zones',
    verdict: 'pass',
    template: it({ WindowsConfiguration: { DeploymentType: 'MULTI_AZ_1' }, SubnetIds: ['a', 'b'] }),
  },
  {
    name: 'one subnet for one zone',
    verdict: 'pass',
    template: it({ OntapConfiguration: { DeploymentType: 'SINGLE_AZ_1' }, SubnetIds: ['a'] }),
  },
  {
    name: 'one subnet for two zones',
    verdict: 'fail',
    template: it({ WindowsConfiguration: { DeploymentType: 'MULTI_AZ_1' }, SubnetIds: ['a'] }),
  },
  {
    name: 'two subnets for one zone',
    verdict: 'fail',
    template: it({ OpenZFSConfiguration: { DeploymentType: 'SINGLE_AZ_HA_2' }, SubnetIds: ['a', 'b'] }),
  },
  {
    name: 'imported subnets',
    verdict: 'unknown',
    template: it({
      WindowsConfiguration: { DeploymentType: 'MULTI_AZ_1' },
      SubnetIds: { 'Fn::Split': [',', { 'Fn::ImportValue': 's' }] },
    }),
  },
  { name: 'Lustre', verdict: 'not-applicable', template: it({ LustreConfiguration: {}, SubnetIds: ['a'] }) },
]);
