import { entryOf, itemsOf, type Resource, textOf, type Value } from '../../model';
import { Component } from '../component';
import type { Graph } from '../graph';
import type { Describe, Family } from './describe';
import { spread } from './spread';

/**
 * A domain controller in each of two zones. AWS replaces one that fails where it was, under the same address:
 * https://docs.aws.amazon.com/directoryservice/latest/admin-guide/ms_ad_deploy_additional_dcs.html
 */
const directory: Describe = (resource, graph) =>
  new Component({
    resource,
    noun: 'directory',
    role: 'identity',
    mechanism: 'directory',
    units: () =>
      spread(2, graph.network.places(resource.property('VpcSettings', 'SubnetIds')), { noun: 'domain controller' }),
    facts: () => ({ automaticFailover: true, restarts: 'same zone' }),
  });

/** The document with which Systems Manager joins instances to a domain. */
const JOIN = 'AWS-JoinDirectoryServiceDomain';

/** Directories that instances, or those of a group, are joined to when they start. */
export function* joinedTo(resource: Resource, graph: Graph): Iterable<Component> {
  for (const property of ['Targets', 'InstanceId']) {
    for (const association of graph.referring('AWS::SSM::Association', property, resource)) {
      if (textOf(association.property('Name')) === JOIN) {
        yield* directoriesIn(association.property('Parameters'), graph);
      }
    }
  }
  for (const own of itemsOf(resource.property('SsmAssociations'))) {
    if (textOf(entryOf(own, 'DocumentName')) === JOIN) {
      yield* directoriesIn(entryOf(own, 'AssociationParameters'), graph);
    }
  }
}

/** Directories that a value refers to. */
export function* directoriesIn(value: Value, graph: Graph): Iterable<Component> {
  for (const component of graph.usedIn(value)) {
    if (component.role === 'identity') {
      yield component;
    }
  }
}

/** AWS spreads it over the zones of its Region. */
const userPool: Describe = (resource) =>
  new Component({ resource, noun: 'user pool', role: 'identity', mechanism: 'managed' });

export const DIRECTORIES: Family = {
  'AWS::Cognito::UserPool': userPool,
  'AWS::DirectoryService::MicrosoftAD': directory,
  'AWS::DirectoryService::SimpleAD': directory,
};
