import { FailureScope } from '../../../core/failure-scope';
import { type Resource, reasonOf, referencesIn, type Value } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';

/** A Windows file system that care depends on is copied on a schedule. */
export const fsxReplicated = defineRule({
  id: 'RES-STO-013',
  title: 'a Windows file system that care depends on is copied on a schedule',
  severity: 'warning',
  scope: FailureScope.REGION,
  why: 'FSx for Windows File Server does not replicate itself: without a task the files elsewhere are as old as the last backup',
  fix: 'add an AWS::DataSync::Task with a Schedule from the file system to another Region',
  docs: 'https://docs.aws.amazon.com/fsx/latest/WindowsGuide/scheduled-replication-datasync.html',
  alsoKnownAs: ['ResilienceHub:Amazon FSx for Windows File Server/Data Replication'],
  resourceTypes: ['AWS::FSx::FileSystem'],
  evaluate(fileSystem, { assembly, careDependsOn }) {
    if (fileSystem.property('WindowsConfiguration').kind === 'absent' || !careDependsOn(fileSystem)) {
      return NOT_APPLICABLE;
    }
    const locations = assembly
      .resourcesOf('AWS::DataSync::LocationFSxWindows')
      .filter((location) => refersTo(location.property('FsxFilesystemArn'), fileSystem));
    const tasks = assembly
      .resourcesOf('AWS::DataSync::Task')
      .filter((task) => locations.some((location) => refersTo(task.property('SourceLocationArn'), location)));
    const states = tasks.map((task) => task.property('Schedule'));
    if (states.some(({ kind }) => kind === 'dictionary')) {
      return PASS;
    }
    const reason = states.map(reasonOf).find((each) => each !== undefined);
    return reason === undefined
      ? failed(tasks.length === 0 ? 'no DataSync task reads it' : 'its DataSync task has no schedule')
      : undecided(reason);
  },
});

function refersTo(value: Value, resource: Resource): boolean {
  return referencesIn(value).some((reference) => reference.resource === resource);
}
