import { FailureScope } from '../../../core/failure-scope';
import { entryOf, itemsOf, type Resource, reasonOf, referencesIn, textsIn, type Value } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';

const NEEDED = ['AWS::ECR::Repository', 'AWS::KMS::Key', 'AWS::SSM::Parameter', 'AWS::SecretsManager::Secret'];
const IN_REGION = /arn:[^:]*:(?:secretsmanager|ssm|kms|ecr):([a-z0-9-]+):|\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws/g;

/** What a task or function cannot start without, in another Region than its own; in any Region if that is not known. */
function elsewhere(properties: Value, region: string | undefined): string | undefined {
  const referred = referencesIn(properties).find(
    ({ resource }) => NEEDED.includes(resource.type) && resource.region !== undefined && resource.region !== region,
  );
  if (referred) {
    return `${referred.resource.path} in ${referred.resource.region}`;
  }
  for (const text of textsIn(properties)) {
    for (const [whole, byArn, byHost] of text.matchAll(IN_REGION)) {
      if ((byArn ?? byHost) !== region) {
        return whole;
      }
    }
  }
  return undefined;
}

/** Images and secrets of containers: the rest does not keep a task from starting. */
function neededBy(resource: Resource): Value[] {
  return itemsOf(resource.property('ContainerDefinitions')).flatMap((container) => [
    entryOf(container, 'Image'),
    ...itemsOf(entryOf(container, 'Secrets')).map((secret) => entryOf(secret, 'ValueFrom')),
  ]);
}

export const computeStartsFromItsOwnRegion = defineRule({
  id: 'RES-DR-003',
  title: 'what care depends on starts from images, secrets, parameters and keys of its own region',
  severity: 'error',
  scope: FailureScope.REGION,
  why: 'a recovery Region that reads from the lost one cannot start, scale or deploy anything while it is lost',
  fix: 'replicate secrets, parameters, keys and images, and refer to the copy in the Region of the stack',
  docs: 'https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/global-services.html',
  resourceTypes: ['AWS::ECS::TaskDefinition', 'AWS::Lambda::Function'],
  evaluate: (resource, { careDependsOn }) => {
    if (!careDependsOn(resource)) {
      return NOT_APPLICABLE;
    }
    const foreign = elsewhere(resource.property(), resource.region);
    if (foreign !== undefined) {
      return resource.region === undefined
        ? undecided(`needs ${foreign}, and the Region is chosen at deployment`, 'Properties')
        : failed(`needs ${foreign}`, 'Properties');
    }
    const open = neededBy(resource).find(({ kind }) => kind === 'unknown');
    return open ? undecided(reasonOf(open) ?? 'set at deployment', 'Properties.ContainerDefinitions') : PASS;
  },
});
