import { efsMountedWhereUsed } from '../../../../src/assessment/rules/storage/res-sto-018-efs-mounted-where-used';
import { testRule } from '../../../support/rules';

const zone = (slot: number) => ({ 'Fn::Select': [slot, { 'Fn::GetAZs': '' }] });
const subnet = (slot: number) => ({ Type: 'AWS::EC2::Subnet', Properties: { AvailabilityZone: zone(slot) } });
const mounted = (SubnetId: unknown) => ({
  Type: 'AWS::EFS::MountTarget',
  Properties: { FileSystemId: { Ref: 'Files' }, SubnetId },
});

/** Tasks in two zones, and mount targets in some subnets. */
const service = (targets: readonly unknown[], Files: Record<string, unknown> = {}, subnets?: unknown) => ({
  Parameters: { P: { Type: 'String' } },
  Resources: {
    It: {
      Type: 'AWS::ECS::Service',
      Properties: {
        TaskDefinition: { Ref: 'Task' },
        NetworkConfiguration: { AwsvpcConfiguration: { Subnets: subnets ?? [{ Ref: 'A' }, { Ref: 'B' }] } },
      },
    },
    Task: {
      Type: 'AWS::ECS::TaskDefinition',
      Properties: { Volumes: [{ Name: 'files', EFSVolumeConfiguration: { FilesystemId: { Ref: 'Files' } } }] },
    },
    Files: { Type: 'AWS::EFS::FileSystem', Properties: Files },
    ...{ A: subnet(0), B: subnet(1), DataA: subnet(0), DataB: subnet(1) },
    ...Object.fromEntries(targets.map((target, index) => [`Mounted${index}`, mounted(target)])),
  },
});

testRule(efsMountedWhereUsed, [
  { name: 'a mount target in each zone', verdict: 'pass', template: service([{ Ref: 'DataA' }, { Ref: 'DataB' }]) },
  { name: 'one zone without', verdict: 'fail', template: service([{ Ref: 'DataA' }]) },
  { name: 'mount targets elsewhere', verdict: 'unknown', template: service([]) },
  {
    name: 'a mount target in an unknown subnet',
    verdict: 'unknown',
    template: service([{ Ref: 'DataA' }, { Ref: 'P' }]),
  },
  {
    name: 'tasks in an unknown subnet too',
    verdict: 'unknown',
    template: service([{ Ref: 'DataA' }, { Ref: 'DataB' }], {}, [{ Ref: 'A' }, { Ref: 'P' }]),
  },
  {
    name: 'zones by name here, by place there',
    verdict: 'unknown',
    template: (() => {
      const template = service([{ Ref: 'DataA' }, { Ref: 'DataB' }]);
      const named = (AvailabilityZone: string) => ({ Type: 'AWS::EC2::Subnet', Properties: { AvailabilityZone } });
      return { ...template, Resources: { ...template.Resources, A: named('us-east-1a'), B: named('us-east-1b') } };
    })(),
  },
  { name: 'One Zone', verdict: 'pass', template: service([{ Ref: 'DataA' }], { AvailabilityZoneName: 'us-east-1a' }) },
  {
    name: 'no files',
    verdict: 'not-applicable',
    template: { Resources: { It: { Type: 'AWS::ECS::Service', Properties: {} } } },
  },
]);
