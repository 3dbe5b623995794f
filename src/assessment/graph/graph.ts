import { type Assembly, identityOf, itemsOf, type Resource, referencesIn, textOf, type Value } from '../model';
import { BackupPlans } from './backup-plans';
import type { Component, Role } from './component';
import { DESCRIPTIONS, SUPPORTING } from './descriptions';
import { type Link, linksIn } from './links';
import { append, groupId, Network } from './network';

/** A kind of resource that the judge has no description of. */
export interface NotJudged {
  readonly type: string;
  readonly count: number;
}

/** What runs, where, and what needs what. Nodes are made when first asked for. */
export class Graph {
  public readonly network: Network;
  public readonly backupPlans: BackupPlans;
  private readonly known = new Map<Resource, Component | undefined>();
  private deployers?: ReadonlySet<Resource>;
  private everything?: readonly Component[];
  private dependents?: ReadonlyMap<Component, readonly Component[]>;
  private groupMembers?: Map<string, Component[]>;
  private everyLink?: readonly Link[];
  private readonly indexes = new Map<string, Map<string, Resource[]>>();

  public constructor(public readonly assembly: Assembly) {
    this.network = new Network(assembly, (resource) => this.component(resource));
    this.backupPlans = new BackupPlans(assembly);
  }

  /** The node of a resource, if it is of a kind that runs or keeps something. */
  public component(resource: Resource): Component | undefined {
    if (!this.known.has(resource)) {
      const describe = DESCRIPTIONS.get(resource.type);
      this.known.set(resource, describe?.(resource, this));
    }
    return this.known.get(resource);
  }

  public get components(): readonly Component[] {
    this.everything ??= [...this.assembly.resources()].flatMap((resource) => this.component(resource) ?? []);
    return this.everything;
  }

  /** Nodes that need a node as a whole. */
  public dependentsOf(component: Component): readonly Component[] {
    this.dependents ??= this.indexDependents();
    return this.dependents.get(component) ?? [];
  }

  /** Ways between hospitals and what runs here. */
  public get links(): readonly Link[] {
    this.everyLink ??= linksIn(this.assembly, (resource) => this.component(resource));
    return this.everyLink;
  }

  /** Kinds without a description, nested stacks without their template, and macros: they are listed, never passed. */
  public get notJudged(): NotJudged[] {
    const counts = new Map<string, number>();
    const count = (type: string) => counts.set(type, (counts.get(type) ?? 0) + 1);
    const undescribed = new Map<string, boolean>(); // by type: there are few
    for (const resource of this.assembly.resources()) {
      const { type } = resource;
      if (!undescribed.has(type)) {
        undescribed.set(type, !DESCRIPTIONS.has(type) && !SUPPORTING.test(type));
      }
      const hidden = type === 'AWS::CloudFormation::Stack' && !this.assembly.nestedStack(resource);
      // where it is open what a resource belongs to, nothing describes it
      if (resource.isFilledIn && !this.component(resource)) {
        count(`${type} with Fn::Transform`);
      } else if (hidden || (undescribed.get(type) && !isPasswordRotation(resource))) {
        count(type);
      }
    }
    for (const macro of this.assembly.stacks.flatMap(({ template }) => template.macros)) {
      count(`macro ${macro}`);
    }
    return [...counts].map(([type, count]) => ({ type, count })).sort((a, b) => (a.type < b.type ? -1 : 1));
  }

  /** Functions that custom resources call: they work while a stack is deployed, and are needed at no other time. */
  public get deploymentFunctions(): ReadonlySet<Resource> {
    this.deployers ??= new Set(this.findDeploymentFunctions());
    return this.deployers;
  }

  private *findDeploymentFunctions(): Iterable<Resource> {
    for (const resource of this.assembly.resources()) {
      if (resource.type.startsWith('Custom::') || resource.type === 'AWS::CloudFormation::CustomResource') {
        for (const { resource: handler } of referencesIn(resource.property('ServiceToken'))) {
          yield handler;
          // CDK's provider framework calls the user's handler, whose name it is given
          yield* referencesIn(handler.property('Environment')).map((reference) => reference.resource);
        }
      }
    }
  }

  /** Nodes that a value refers to, by reference, among those that keep data, carry messages or know who somebody is. */
  public *usedIn(value: Value): Iterable<Component> {
    for (const { resource } of referencesIn(value)) {
      const component = this.component(this.behind(resource));
      if (component && isUsable(component)) {
        yield component;
      }
    }
  }

  /** Nodes of any kind that a value refers to: what is called, not only what is used. */
  public *leadsTo(value: Value): Iterable<Component> {
    for (const { resource } of referencesIn(value)) {
      const component = this.component(this.behind(resource));
      if (component) {
        yield component;
      }
    }
  }

  /** Nodes whose security groups accept traffic from one of these groups. */
  public *reachedFrom(groups: Value): Iterable<Component> {
    this.groupMembers ??= this.indexGroupMembers();
    for (const group of itemsOf(groups)) {
      const id = groupId(group);
      for (const target of id === undefined ? [] : this.network.groupsReachedFrom(id)) {
        yield* this.groupMembers.get(target) ?? [];
      }
    }
  }

  /** The resource of a type whose physical name is this value, also where both contain the account of the deployment. */
  public named(type: string, property: string, name: Value): Resource | undefined {
    const key = `${type}=${property}`;
    let index = this.indexes.get(key);
    if (!index) {
      index = new Map();
      for (const resource of this.assembly.resourcesOf(type)) {
        const identity = identityOf(resource.property(property));
        if (identity !== undefined) {
          append(index, identity, resource);
        }
      }
      this.indexes.set(key, index);
    }
    const found = index.get(identityOf(name) ?? '') ?? [];
    return found.length === 1 ? found[0] : undefined;
  }

  /** Resources of a type by what one of their properties refers to, or names. */
  public referring(type: string, property: string, to: Resource): Resource[] {
    const key = `${type}.${property}`;
    let index = this.indexes.get(key);
    if (!index) {
      index = new Map();
      for (const resource of this.assembly.resourcesOf(type)) {
        const value = resource.property(...property.split('.'));
        const references = referencesIn(value);
        const targets =
          references.length > 0 ? references.map((reference) => reference.resource.id) : [textOf(value) ?? ''];
        for (const target of new Set(targets)) {
          append(index, target, resource);
        }
      }
      this.indexes.set(key, index);
    }
    return index.get(to.id) ?? [];
  }

  /** A secret that is attached to a database leads there; so does an instance of a cluster. */
  private behind(resource: Resource): Resource {
    const property = LEADS_TO[resource.type];
    const target = property ? resource.property(property) : undefined;
    return target?.kind === 'reference' ? target.resource : resource;
  }

  private indexDependents(): Map<Component, Component[]> {
    const index = new Map<Component, Component[]>();
    for (const dependent of this.components) {
      for (const needed of dependent.dependencies) {
        append(index, needed, dependent);
      }
    }
    return index;
  }

  private indexGroupMembers(): Map<string, Component[]> {
    const index = new Map<string, Component[]>();
    for (const component of this.components) {
      if (isUsable(component)) {
        for (const property of GROUP_PROPERTIES) {
          for (const group of itemsOf(component.resource.property(...property))) {
            const id = groupId(group);
            if (id !== undefined) {
              append(index, id, component);
            }
          }
        }
      }
    }
    for (const target of this.assembly.resourcesOf('AWS::EFS::MountTarget')) {
      const fileSystem = target.property('FileSystemId');
      const component = fileSystem.kind === 'reference' ? this.component(fileSystem.resource) : undefined;
      for (const group of component ? itemsOf(target.property('SecurityGroups')) : []) {
        const id = groupId(group);
        if (id !== undefined && component) {
          append(index, id, component);
        }
      }
    }
    return index;
  }
}

/**
 * AWS's own applications that change a password now and then: no request goes through them.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_available-rotation-templates.html
 */
function isPasswordRotation(resource: Resource): boolean {
  return (
    resource.type === 'AWS::Serverless::Application' &&
    /:applications\/SecretsManager\w+Rotation\w*$/.test(textOf(resource.property('Location', 'ApplicationId')) ?? '')
  );
}

const GROUP_PROPERTIES: readonly string[][] = [
  ['VpcSecurityGroupIds'],
  ['VPCSecurityGroups'],
  ['SecurityGroupIds'],
  ['SecurityGroups'],
  ['VpcConfig', 'SecurityGroupIds'],
  ['VPCOptions', 'SecurityGroupIds'],
  ['BrokerNodeGroupInfo', 'SecurityGroups'],
];

const LEADS_TO: Readonly<Record<string, string>> = {
  'AWS::SecretsManager::SecretTargetAttachment': 'TargetId',
  'AWS::RDS::DBInstance': 'DBClusterIdentifier',
  'AWS::EFS::AccessPoint': 'FileSystemId',
  'AWS::RDS::DBProxyTargetGroup': 'DBProxyName',
  'AWS::RDS::DBProxyEndpoint': 'DBProxyName',
  'AWS::Lambda::Alias': 'FunctionName',
  'AWS::Lambda::Version': 'FunctionName',
  'AWS::ElasticLoadBalancingV2::Listener': 'LoadBalancerArn',
};

const USABLE: readonly Role[] = ['store', 'cache', 'broker', 'identity', 'path'];

/** What code uses when it knows its name. A workflow that it starts is as needed as a queue that it writes to. */
function isUsable({ role, resource }: Component): boolean {
  return USABLE.includes(role) || resource.type === 'AWS::StepFunctions::StateMachine';
}
