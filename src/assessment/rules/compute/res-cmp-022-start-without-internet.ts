import { FailureScope } from '../../../core/failure-scope';
import { entryOf, itemsOf, reasonOf, textsIn, type Value } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';

const DOWNLOADS =
  /\b(curl|wget|git clone|pip3? install|npm (ci|install)|apt(-get)? (update|install)|apk add|yum install|dnf install)\b/;

export const startWithoutInternet = defineRule({
  id: 'RES-CMP-022',
  title: 'containers start without anything from the internet',
  severity: 'warning',
  scope: FailureScope.CONNECTIVITY,
  why: 'when a registry or a download site fails, or limits the rate, nothing that is lost can be replaced',
  fix: 'keep the image in amazon ecr, and put into it what the container downloads when it starts',
  docs: 'https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache.html',
  resourceTypes: ['AWS::ECS::TaskDefinition'],
  evaluate: (definition) => {
    const containers = itemsOf(definition.property('ContainerDefinitions'));
    const started = containers.flatMap((container) => ['Command', 'EntryPoint'].map((key) => entryOf(container, key)));
    const download = started.map((command) => DOWNLOADS.exec(textsIn(command).join(' '))?.[0]).find(Boolean);
    if (download !== undefined) {
      return failed(`a container runs ${download} when it starts`, 'Properties.ContainerDefinitions');
    }
    const images = containers.map((container) => entryOf(container, 'Image'));
    const foreign = images.find((image) => isInEcr(image) === false);
    if (foreign !== undefined) {
      return failed(`image ${textsIn(foreign).join('')} is not in amazon ecr`, 'Properties.ContainerDefinitions');
    }
    const open = images.find((image) => isInEcr(image) === undefined);
    return open !== undefined
      ? undecided(reasonOf(open) ?? 'an image is not decided', 'Properties.ContainerDefinitions')
      : images.length === 0
        ? NOT_APPLICABLE
        : PASS;
  },
});

function isInEcr(image: Value): boolean | undefined {
  const repository = image.kind === 'text' ? image.parts.find((part) => typeof part !== 'string') : image;
  const refers = typeof repository === 'object' && repository.kind === 'reference';
  if (
    textsIn(image).join('').includes('.dkr.ecr.') ||
    (refers && repository.resource.type === 'AWS::ECR::Repository')
  ) {
    return true;
  }
  return reasonOf(image) === undefined ? false : undefined;
}
