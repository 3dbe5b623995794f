import { FailureScope } from '../../../core/failure-scope';
import { type Assembly, entryOf, itemsOf, textOf, type Value } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';

interface Registry {
  readonly region?: string;
  readonly rules: readonly Value[];
}

const registriesIn = new WeakMap<Assembly, Registry[]>();

/** Replication is set once for all repositories of an account in a Region. */
function registriesOf(assembly: Assembly): readonly Registry[] {
  let registries = registriesIn.get(assembly);
  if (!registries) {
    registries = assembly.resourcesOf('AWS::ECR::ReplicationConfiguration').map((configuration) => ({
      region: configuration.region,
      rules: itemsOf(configuration.property('ReplicationConfiguration', 'Rules')),
    }));
    registriesIn.set(assembly, registries);
  }
  return registries;
}

function takes(rule: Value, repository: string | undefined): boolean {
  const prefixes = itemsOf(entryOf(rule, 'RepositoryFilters')).map((filter) => textOf(entryOf(filter, 'Filter')));
  return prefixes.length === 0 || prefixes.some((prefix) => prefix !== undefined && repository?.startsWith(prefix));
}

export const imagesAreReplicated = defineRule({
  id: 'RES-DR-021',
  title: 'images that care depends on are replicated to another region',
  severity: 'warning',
  scope: FailureScope.REGION,
  why: 'tasks in the recovery Region cannot start, nor be replaced, from a registry in the lost one',
  fix: 'add an AWS::ECR::ReplicationConfiguration with the recovery Region as destination',
  docs: 'https://docs.aws.amazon.com/AmazonECR/latest/userguide/replication.html',
  resourceTypes: ['AWS::ECR::Repository'],
  evaluate: (resource, { assembly, careDependsOn }) => {
    if (!careDependsOn(resource)) {
      return NOT_APPLICABLE;
    }
    const registries = registriesOf(assembly).filter(({ region }) => region === resource.region);
    if (registries.length === 0) {
      return undecided('how the registry of the account is replicated is not in these templates');
    }
    const name = textOf(resource.property('RepositoryName'));
    const rules = registries.flatMap((registry) => registry.rules).filter((rule) => takes(rule, name));
    const destinations = rules.flatMap((rule) => itemsOf(entryOf(rule, 'Destinations')));
    const regions = destinations.map((destination) => textOf(entryOf(destination, 'Region')));
    if (regions.some((region) => region !== undefined && region !== resource.region)) {
      return PASS;
    }
    return name === undefined || regions.includes(undefined)
      ? undecided('the name of the repository or a destination is set at deployment')
      : failed('no rule of the registry copies it to another Region');
  },
});
