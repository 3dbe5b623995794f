import { itemsOf, type Resource, referencesIn, type Value } from '../../model';
import { Component } from '../component';
import { grantedTo } from '../grants';
import type { Graph } from '../graph';
import type { Describe, Family } from './describe';

/** An API reaches the functions that let it call them, and what its integrations and its definition name. */
const api: Describe = (resource, graph) =>
  new Component({
    resource,
    noun: 'API',
    role: 'entry',
    mechanism: 'managed',
    dependencies: function* () {
      for (const permission of graph.referring('AWS::Lambda::Permission', 'SourceArn', resource)) {
        yield* graph.leadsTo(permission.property('FunctionName'));
      }
      yield* graph.leadsTo(resource.property('Body'));
      for (const method of graph.referring('AWS::ApiGateway::Method', 'RestApiId', resource)) {
        yield* behindIntegration(method, ['Integration'], graph);
      }
      for (const integration of graph.referring('AWS::ApiGatewayV2::Integration', 'ApiId', resource)) {
        yield* behindIntegration(integration, [], graph);
      }
    },
  });

/** What it calls, directly or through a link into a VPC, and what it may do with the role it is given. */
function* behindIntegration(resource: Resource, at: readonly string[], graph: Graph): Iterable<Component> {
  const read = (...property: string[]) => resource.property(...at, ...property);
  for (const name of ['Uri', 'IntegrationUri', 'RequestParameters', 'RequestTemplates', 'IntegrationTarget']) {
    yield* graph.leadsTo(read(name));
  }
  yield* grantedTo(read('Credentials'), graph);
  yield* grantedTo(read('CredentialsArn'), graph);
  for (const { resource: link } of referencesIn(read('ConnectionId'))) {
    yield* targetsOf(link.property('TargetArns'), graph);
  }
}

function* targetsOf(balancers: Value, graph: Graph): Iterable<Component> {
  for (const balancer of itemsOf(balancers)) {
    yield* graph.leadsTo(balancer);
  }
}

const functionUrl: Describe = (resource, graph) =>
  new Component({
    resource,
    noun: 'function URL',
    role: 'entry',
    mechanism: 'managed',
    dependencies: () => graph.leadsTo(resource.property('TargetFunctionArn')),
  });

const graphQlApi: Describe = (resource, graph) =>
  new Component({
    resource,
    noun: 'GraphQL API',
    role: 'entry',
    mechanism: 'managed',
    dependencies: function* () {
      for (const source of graph.referring('AWS::AppSync::DataSource', 'ApiId', resource)) {
        yield* graph.leadsTo(source.property());
      }
    },
  });

/** AWS spreads a workflow over the zones of its Region; it needs what its steps name. */
const workflow: Describe = (resource, graph) =>
  new Component({
    resource,
    noun: 'workflow',
    role: 'compute',
    mechanism: 'managed',
    dependencies: function* () {
      for (const property of ['DefinitionString', 'Definition', 'DefinitionSubstitutions']) {
        yield* graph.leadsTo(resource.property(property));
      }
      yield* grantedTo(resource.property('RoleArn'), graph);
    },
  });

export const APIS: Family = {
  'AWS::ApiGateway::RestApi': api,
  'AWS::ApiGatewayV2::Api': api,
  'AWS::Lambda::Url': functionUrl,
  'AWS::AppSync::GraphQLApi': graphQlApi,
  'AWS::StepFunctions::StateMachine': workflow,
};
