import { entryOf, itemsOf, type Resource, referencesIn, type Value } from '../model';
import type { Component } from './component';
import type { Graph } from './graph';
import { bucketOf } from './named-bucket';

/** What the policies of a role name: what code that runs as the role can read or write. */
export function* grantedTo(role: Value, graph: Graph): Iterable<Component> {
  for (const { resource } of referencesIn(role)) {
    for (const document of policiesOf(resource, graph)) {
      for (const statement of itemsOf(entryOf(document, 'Statement'))) {
        const resources = entryOf(statement, 'Resource');
        yield* graph.usedIn(resources);
        yield* namedBuckets(resources, graph);
      }
    }
  }
}

/** A bucket that another stack made is granted by its name. */
function* namedBuckets(resources: Value, graph: Graph): Iterable<Component> {
  for (const arn of itemsOf(resources)) {
    const bucket = referencesIn(arn).length === 0 ? bucketOf(arn, graph) : undefined;
    const component = bucket && graph.component(bucket);
    if (component) {
      yield component;
    }
  }
}

function* policiesOf(role: Resource, graph: Graph): Iterable<Value> {
  for (const policy of itemsOf(role.property('Policies'))) {
    yield entryOf(policy, 'PolicyDocument');
  }
  const attached = [
    ...graph.referring('AWS::IAM::Policy', 'Roles', role),
    ...graph.referring('AWS::IAM::ManagedPolicy', 'Roles', role),
    ...graph.referring('AWS::IAM::RolePolicy', 'RoleName', role),
    ...referencesIn(role.property('ManagedPolicyArns')).map((reference) => reference.resource),
  ];
  for (const policy of attached) {
    yield policy.property('PolicyDocument');
  }
}
