import type { Duration } from 'aws-cdk-lib';
import type { DatabaseCapacity } from '../database-capacity';
import type { DatabaseProxy } from '../database-proxy';
import type { AuroraEngine } from './aurora-engine';
import type { FoundationSettings } from './database-foundation';

/** What a database is, whichever Region it runs in. Two Regions of one system share it, so that either can take over. */
export interface AuroraSettings {
  /** Name of the database inside the cluster. */
  readonly databaseName: string;
  /** The engine and its version. */
  readonly engine: AuroraEngine;
  /** Size of every instance, and their number. */
  readonly capacity: DatabaseCapacity;
  /** Port. */
  readonly port: number;
  /** Hour, in UTC, at which backup starts; maintenance follows. */
  readonly quietHour: number;
  /** How far the cluster can be rewound; Aurora MySQL alone, and not in a global database. */
  readonly backtrackWindow?: Duration;
  /** What the copy may be behind before commits stop; Aurora PostgreSQL alone. */
  readonly enforcedRpo?: Duration;
  /** Whether the cluster sends writes to the other Region while it is the copy. */
  readonly writeForwarding?: boolean;
  /** What the application connects to instead; none for most. */
  readonly proxy?: DatabaseProxy;
}

/** `A`, `B`, `C`…: neither writer nor reader, because every failover changes who is what. */
export function instanceLetters(capacity: DatabaseCapacity): string[] {
  return Array.from({ length: capacity.readers + 1 }, (_, i) => String.fromCharCode('A'.charCodeAt(0) + i));
}

/** Promotion tiers: the first instance is the first choice; the others, in tier 1, scale with the writer and can take over. */
export function promotionTier(instance: number): number {
  return instance === 0 ? 0 : 1;
}

/** What the foundation must know. */
export function foundationOf({ engine, port, writeForwarding }: AuroraSettings): FoundationSettings {
  const { clusterEngine, logs } = engine;
  const parameters = { ...engine.parameters, ...(writeForwarding ? engine.forwarding : {}) };
  return { port, engine: clusterEngine, parameters, logs, kind: 'cluster' };
}
