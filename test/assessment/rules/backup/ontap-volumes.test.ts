import { BackupPlans } from '../../../../src/assessment/graph/backup-plans';
import { Assembly, templateFrom } from '../../../../src/assessment/model';
import { storesInAPlan } from '../../../../src/assessment/rules/backup/res-bkp-001-stores-in-a-plan';

/** A file system of the kind with an automatic backup of none, its volumes, and a plan that selects what is named. */
function assembly(volumes: string[], selected: unknown[], configuration = 'OntapConfiguration'): Assembly {
  const rule = {
    RuleName: 'r',
    TargetBackupVault: 'v',
    ScheduleExpression: 'cron(30 * ? * * *)',
    StartWindowMinutes: 60,
    Lifecycle: { DeleteAfterDays: 90 },
  };
  const resources = {
    It: { Type: 'AWS::FSx::FileSystem', Properties: { [configuration]: { AutomaticBackupRetentionDays: 0 } } },
    Machine: { Type: 'AWS::FSx::StorageVirtualMachine', Properties: { FileSystemId: { Ref: 'It' } } },
    ...Object.fromEntries(
      volumes.map((name) => [
        name,
        {
          Type: 'AWS::FSx::Volume',
          Properties: {
            OntapConfiguration: {
              StorageVirtualMachineId: { 'Fn::GetAtt': ['Machine', 'StorageVirtualMachineId'] },
            },
          },
        },
      ]),
    ),
    Plan: { Type: 'AWS::Backup::BackupPlan', Properties: { BackupPlan: { BackupPlanRule: [rule] } } },
    Selection: {
      Type: 'AWS::Backup::BackupSelection',
      Properties: { BackupPlanId: { Ref: 'Plan' }, BackupSelection: { Resources: selected } },
    },
  };
  const template = templateFrom({ Resources: resources } as never, 'S.template.json');
  return new Assembly([{ id: 'S', name: 'S', path: 'S', account: '111111111111', region: 'us-east-1', template }]);
}

const arnOf = (name: string) => ({ 'Fn::GetAtt': [name, 'ResourceARN'] });

function judged(of: Assembly) {
  const [it] = of.resourcesOf('AWS::FSx::FileSystem');
  const { verdict } = storesInAPlan.evaluate(it, { assembly: of, careDependsOn: () => true });
  const ages = new BackupPlans(of).seriesOf(it).map(({ ageSeconds }) => ageSeconds);
  return { verdict, ages };
}

test('ONTAP is backed up where all its volumes are, at the hour they are and an hour late', () => {
  expect(judged(assembly(['A'], [arnOf('A')]))).toEqual({ verdict: 'pass', ages: [7200] });
  expect(judged(assembly(['A', 'B'], [arnOf('A'), arnOf('B')]))).toEqual({ verdict: 'pass', ages: [7200, 7200] });
  expect(judged(assembly(['A'], ['arn:aws:fsx:*:*:volume/*'])).verdict).toBe('pass');
});

test('it is not where one of them is not, nor where the file system itself is selected', () => {
  expect(judged(assembly(['A', 'B'], [arnOf('A')]))).toEqual({ verdict: 'fail', ages: [] });
  expect(judged(assembly(['A'], [arnOf('It')]))).toEqual({ verdict: 'fail', ages: [] });
});

test('where its volumes are made elsewhere, nobody can tell', () => {
  expect(judged(assembly([], [arnOf('It')]))).toEqual({ verdict: 'unknown', ages: [] });
});

test('a Windows file system is backed up by its own ARN, whose attribute is called ResourceARN', () => {
  expect(judged(assembly([], [arnOf('It')], 'WindowsConfiguration'))).toEqual({ verdict: 'pass', ages: [7200] });
});
