import { entryOf, itemsOf, type Resource, referencesIn, type Value } from '../model';
import type { Component } from './component';
import type { Graph } from './graph';

/** What the policies of a role name: what code that runs as the role can read or write. */
export function* grantedTo(role: Value, graph: Graph): Iterable<Component> {
  for (const { resource } of referencesIn(role)) {
    for (const document of policiesOf(resource, graph)) {
      for (const statement of itemsOf(entryOf(document, 'Statement'))) {
        yield* graph.usedIn(entryOf(statement, 'Resource'));
      }
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
