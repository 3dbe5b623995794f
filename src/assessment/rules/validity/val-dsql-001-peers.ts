import { itemsOf, reasonOf, textOf } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';

export const distributedClusterHasItsPeer = defineRule({
  id: 'VAL-DSQL-001',
  title: 'an Aurora DSQL cluster of two Regions names the other cluster, and a witness in a third Region',
  severity: 'error',
  scope: 'DEPLOYMENT',
  why: 'a cluster that names only its witness waits for the other and takes no connections; a witness in the Region of a cluster is refused',
  fix: 'deploy both clusters with the witness alone, then name both ARNs in MultiRegionProperties.Clusters of both',
  docs: 'https://docs.aws.amazon.com/aurora-dsql/latest/userguide/mr-cluster-setup.html',
  resourceTypes: ['AWS::DSQL::Cluster'],
  evaluate: (cluster) => {
    const property = cluster.property('MultiRegionProperties');
    if (property.kind === 'absent') {
      return NOT_APPLICABLE;
    }
    const location = 'Properties.MultiRegionProperties';
    const [witness, list] = ['WitnessRegion', 'Clusters'].map((name) =>
      cluster.property('MultiRegionProperties', name),
    );
    const arns = itemsOf(list);
    const open = [property, witness, list, ...arns].find(({ kind }) => kind === 'unknown');
    const regions = arns.flatMap((arn) => textOf(arn)?.split(':')[3] ?? []);
    if (!open && witness.kind === 'absent') {
      return failed('names no witness', `${location}.WitnessRegion`);
    }
    const third = textOf(witness);
    if (third !== undefined && (third === cluster.region || regions.includes(third))) {
      return failed(`has its witness in ${third}, beside a cluster`, `${location}.WitnessRegion`);
    }
    if (open) {
      return undecided(reasonOf(open) ?? 'not decided', location);
    }
    if (regions.length === arns.length && new Set([...regions, cluster.region]).size < 2) {
      return failed('names no cluster of another Region', `${location}.Clusters`);
    }
    return regions.length === arns.length ? PASS : undecided('an ARN that is not decided', `${location}.Clusters`);
  },
});
