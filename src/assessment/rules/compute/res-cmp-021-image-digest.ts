import { FailureScope } from '../../../core/failure-scope';
import { entryOf, itemsOf, reasonOf, type Value } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';

export const imageDigest = defineRule({
  id: 'RES-CMP-021',
  title: 'images are named by digest',
  severity: 'warning',
  scope: FailureScope.CORRUPTION,
  why: 'a tag can be moved: tasks that replace lost ones, or start in the other region, may run something else',
  fix: 'name the image by @sha256 digest, or let the cdk build it as an asset',
  docs: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html',
  resourceTypes: ['AWS::ECS::TaskDefinition'],
  evaluate: (definition) => {
    const containers = definition.property('ContainerDefinitions');
    const images = itemsOf(containers).map((container) => entryOf(container, 'Image'));
    const moving = images.find(isMoving);
    if (moving !== undefined) {
      const unsaid = moving.kind === 'text' ? '…' : ''; // the account, for example, that only deployment knows
      return failed(`image ${unsaid}${tailOf(moving)} is named by tag`, 'Properties.ContainerDefinitions');
    }
    const open = images.find((image) => tailOf(image) === undefined);
    return open !== undefined
      ? undecided(reasonOf(open) ?? 'an image is not decided', 'Properties.ContainerDefinitions')
      : images.length === 0
        ? NOT_APPLICABLE
        : PASS;
  },
});

function isMoving(image: Value): boolean {
  const tail = tailOf(image);
  return tail !== undefined && !/(@sha256:|:)[0-9a-f]{64}$/.test(tail);
}

/** How the name of an image ends, which decides: a digest, or the hash of its content that the CDK writes as tag. */
function tailOf(image: Value): string | undefined {
  const last = image.kind === 'known' ? String(image.value) : image.kind === 'text' ? image.parts.at(-1) : undefined;
  return typeof last === 'string' ? last : undefined;
}
