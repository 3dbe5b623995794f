import type { Resource } from '../../model';
import type { Component } from '../component';
import type { Graph } from '../graph';

/** Makes the node of a resource, or nothing where another node stands for it. */
export type Describe = (resource: Resource, graph: Graph) => Component | undefined;

/** The descriptions of one family of resource types, by type. */
export type Family = Readonly<Record<string, Describe>>;
