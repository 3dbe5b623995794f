import type { Component, Graph } from '../graph';
import { entryOf, itemsOf, type Resource, textOf, textsIn } from '../model';
import { NONE } from '../recovery';
import type { Impact } from './impact';
import { reachOf } from './reach';
import { label } from './simulation';

/** Secrets that a standby reads in its own Region, though they exist in the lost one only: nothing new starts without them. */
export function missingSecrets(other: Component, lostRegion: string | undefined, graph: Graph, lost: string): Impact[] {
  const { region } = other;
  if (region === undefined || lostRegion === undefined) {
    return [];
  }
  const running = reachOf(other).filter((component) => component.role === 'compute' && component.region === region);
  return running.flatMap((compute) => {
    const texts = startUpTexts(compute.resource);
    return graph.assembly
      .resourcesOf('AWS::SecretsManager::Secret')
      .filter((secret) => secret.region === lostRegion && !isReplicatedTo(secret, region))
      .filter((secret) => texts.some((text) => namesSecret(text, textOf(secret.property('Name')))))
      .filter((secret) => !hasOwn(secret, region, graph))
      .map((secret) => withoutSecret(compute, secret, region, lost));
  });
}

function startUpTexts(resource: Resource): string[] {
  const task = resource.property('TaskDefinition');
  const environment = textsIn(resource.property('Environment'));
  return task.kind === 'reference' ? textsIn(task.resource.property('ContainerDefinitions')) : environment;
}

/** Whether a text goes on like the ARN of a secret of that name; the account before it may be a hole. */
function namesSecret(text: string, name: string | undefined): boolean {
  const [, rest] = text.split(':secret:');
  const isNamed = name !== undefined && rest?.startsWith(name) === true;
  return isNamed && /^(-[A-Za-z0-9]{6})?(:|$)/.test(rest.slice(name.length));
}

function isReplicatedTo(secret: Resource, region: string): boolean {
  return itemsOf(secret.property('ReplicaRegions')).some((replica) => {
    const to = entryOf(replica, 'Region');
    return to.kind !== 'known' || textOf(to) === region;
  });
}

function hasOwn(secret: Resource, region: string, graph: Graph): boolean {
  const name = textOf(secret.property('Name'));
  return graph.assembly
    .resourcesOf('AWS::SecretsManager::Secret')
    .some((other) => other.region === region && textOf(other.property('Name')) === name);
}

function withoutSecret(compute: Component, secret: Resource, region: string, lost: string): Impact {
  const reason = `it is started with ${secret.path}, which is not replicated to ${region}`;
  const fix = `replicate ${secret.path} to ${region}`;
  return {
    root: compute,
    chain: [lost, `${label(compute)}: ${reason}`],
    recovery: { steps: [], rpo: NONE, fix },
    blocked: reason,
  };
}
