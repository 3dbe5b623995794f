import { FailureScope } from '../../../core/failure-scope';
import { type Assembly, type Resource, textOf } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';

interface Members {
  readonly clusters: ReadonlySet<Resource>;
  readonly names: ReadonlySet<string>;
  readonly open: boolean;
}

const membersIn = new WeakMap<Assembly, Members>();

function membersOf(assembly: Assembly): Members {
  let members = membersIn.get(assembly);
  if (!members) {
    const ids = assembly.resourcesOf('AWS::RDS::DBInstance').map((db) => db.property('DBClusterIdentifier'));
    members = {
      clusters: new Set(ids.flatMap((id) => (id.kind === 'reference' ? [id.resource] : []))),
      names: new Set(ids.flatMap((id) => textOf(id) ?? [])),
      open: ids.some(({ kind }) => kind === 'unknown' || kind === 'text'),
    };
    membersIn.set(assembly, members);
  }
  return members;
}

export const globalMemberHasInstances = defineRule({
  id: 'RES-DR-014',
  title: 'every cluster of a global database has an instance',
  severity: 'warning',
  scope: FailureScope.REGION,
  why: 'a cluster without instances keeps data only: after a failover instances must be created first, by the control plane, while everybody asks for capacity',
  fix: 'add an instance of the class of the writer, or a serverless one with a minimum that carries the load',
  docs: 'https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database-attach.console.headless.html',
  resourceTypes: ['AWS::RDS::DBCluster'],
  evaluate: (resource, { assembly, careDependsOn }) => {
    if (resource.property('GlobalClusterIdentifier').kind === 'absent' || !careDependsOn(resource)) {
      return NOT_APPLICABLE;
    }
    const { clusters, names, open } = membersOf(assembly);
    const name = textOf(resource.property('DBClusterIdentifier'));
    if (clusters.has(resource) || (name !== undefined && names.has(name))) {
      return PASS;
    }
    return open ? undecided('the cluster of an instance is set at deployment') : failed('no instances');
  },
});
