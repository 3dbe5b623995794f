import { assess } from '../../../src/assessment/judge';
import { FailureScope } from '../../../src/core/failure-scope';
import { assemblyOf, att, judged, network, ref, resource, stackOf, subnets, web } from '../../support/assessment';

type Resources = Record<string, unknown>;
const { AVAILABILITY_ZONE, COMPONENT, CONTROL_PLANE } = FailureScope;

const directory = (SubnetIds: unknown = subnets(2), type = 'AWS::DirectoryService::MicrosoftAD'): Resources => ({
  Directory: resource(type, { Name: 'hospital.internal', VpcSettings: { VpcId: ref('Vpc'), SubnetIds } }),
});

const shares: Resources = {
  Shares: resource('AWS::FSx::FileSystem', {
    FileSystemType: 'WINDOWS',
    SubnetIds: subnets(2),
    SecurityGroupIds: [att('DataGroup', 'GroupId')],
    WindowsConfiguration: { DeploymentType: 'MULTI_AZ_1', ActiveDirectoryId: ref('Directory') },
  }),
};
const sqlServer: Resources = {
  Records: resource('AWS::RDS::DBInstance', {
    Engine: 'sqlserver-se',
    MultiAZ: true,
    Domain: ref('Directory'),
    DBSubnetGroupName: ref('DatabaseSubnets'),
    VPCSecurityGroups: [att('DataGroup', 'GroupId')],
  }),
};
const joined = (target: Resources): Resources => ({
  Join: resource('AWS::SSM::Association', {
    Name: 'AWS-JoinDirectoryServiceDomain',
    Parameters: { directoryId: [ref('Directory')] },
    ...target,
  }),
});
const group: Resources = {
  Group: resource('AWS::AutoScaling::AutoScalingGroup', { MinSize: 2, VPCZoneIdentifier: subnets(3) }),
};
const machine: Resources = { Machine: resource('AWS::EC2::Instance', { SubnetId: ref('Subnet0') }) };

/** What is found of the directory, whoever needs it. */
function found(resources: Resources, scope: FailureScope): string[] {
  const template = {
    Parameters: { Subnets: { Type: 'String' } },
    Resources: { ...network(3), ...web(3), ...resources },
  };
  const { systems } = assess(assemblyOf(stackOf(template)));
  return systems.flatMap(({ findings, unknowns }) =>
    [...findings, ...unknowns]
      .filter((finding) => finding.scope === scope && finding.resource === 'Test/Directory')
      .map(({ verdict }) => verdict),
  );
}

describe('a directory that file shares, databases and machines need', () => {
  const users: [string, Resources][] = [
    ['file shares', shares],
    ['a SQL Server in the domain', sqlServer],
    [
      'a group that joins by its tag',
      { ...group, ...joined({ Targets: [{ Key: 'tag:aws:autoscaling:groupName', Values: [ref('Group')] }] }) },
    ],
    [
      'a machine that joins by its id',
      { ...machine, ...joined({ Targets: [{ Key: 'InstanceIds', Values: [ref('Machine')] }] }) },
    ],
    [
      'a machine that joins by itself',
      {
        Machine: resource('AWS::EC2::Instance', {
          SubnetId: ref('Subnet0'),
          SsmAssociations: [
            {
              DocumentName: 'AWS-JoinDirectoryServiceDomain',
              AssociationParameters: [{ Key: 'directoryId', Value: [ref('Directory')] }],
            },
          ],
        }),
      },
    ],
  ];

  test.each(users)('survives a zone in two, for %s', (_name, resources) => {
    expect(found({ ...directory(), ...resources }, AVAILABILITY_ZONE)).toEqual([]);
    expect(found({ ...directory(), ...resources }, COMPONENT)).toEqual([]);
    expect(found({ ...directory(), ...resources }, CONTROL_PLANE)).toEqual([]);
  });

  test.each(users)('stops %s with its only zone', (_name, resources) => {
    expect(found({ ...directory(subnets(1)), ...resources }, AVAILABILITY_ZONE)).toEqual(['MISSES']);
  });

  test('is undecided where a parameter or an import decides its subnets', () => {
    expect(found({ ...directory(ref('Subnets')), ...shares }, AVAILABILITY_ZONE)).toEqual(['UNKNOWN']);
    const imported = [{ 'Fn::ImportValue': 'a' }, { 'Fn::ImportValue': 'b' }];
    expect(found({ ...directory(imported), ...shares }, AVAILABILITY_ZONE)).toEqual(['UNKNOWN']);
  });

  test('hurts nobody who does not use it', () => {
    expect(found(directory(subnets(1), 'AWS::DirectoryService::SimpleAD'), AVAILABILITY_ZONE)).toEqual([]);
    expect(judged({ ...network(3), ...web(3), ...directory(subnets(1)) }, AVAILABILITY_ZONE)).toBe('MEETS');
  });

  test('is judged: it is not listed as a type nobody knows', () => {
    expect(assess(assemblyOf(stackOf({ ...network(3), ...directory(), ...shares }))).notJudged).toEqual([]);
  });
});
