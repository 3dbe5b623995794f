import { Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { Problems } from '../core/private/fail';
import type { CacheBindOptions, CacheConfig, ICache } from './cache-ref';
import { DEFAULT_QUIET_HOUR, requirePlace, requireWhole } from './private/database-checks';
import {
  LONGEST_CACHE_SYSTEM_NAME,
  LONGEST_FOLLOWED_CACHE_SYSTEM_NAME,
  requireSystemName,
} from './private/physical-names';
import { ValkeyReplicationGroup } from './private/valkey-replication-group';

/** Properties of a cache on Amazon ElastiCache for Valkey. */
export interface ValkeyCacheProps {
  /**
   * Type of every node, for example `cache.r7g.large`. What a replica takes over it must be able to carry.
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheNodes.SupportedTypes.html
   */
  readonly nodeType: string;
  /**
   * Replicas beside the primary, 1 to 5. Two put a node into each of three zones.
   *
   * @default 2
   */
  readonly replicas?: number;
  /**
   * Version of Valkey: 7.2, or 8.0 and newer.
   *
   * @default '8.1'
   */
  readonly engineVersion?: string;
  /**
   * Port, 1150 to 65535. Not the well-known 6379, which scanners try first.
   *
   * @default 6380
   */
  readonly port?: number;
  /**
   * Hour of the day, in UTC, 0 to 23, when least happens: the daily snapshot is taken then, and weekly maintenance happens two
   * hours later, on Sundays.
   *
   * @default 8 - night in America
   */
  readonly quietHour?: number;
  /**
   * Write slow commands into a log. It shows the beginning of their arguments, and with them what an application keeps: patients'
   * data, if it does. Turn it on while you look for something.
   *
   * @default false
   */
  readonly slowLog?: boolean;
  /**
   * Keep a copy in the recovery Region, as a global datastore of ElastiCache, so that people need not sign in anew after a failover. The copy only reads
   * until somebody promotes it, so this is for pilot lights: in a standby that serves readers before, nobody could sign in. Nodes of size
   * large and larger, and none that burst. It costs the same nodes there, all the time, and transfer between Regions.
   *
   * From then on the node type and the version are changed by `aws elasticache modify-global-replication-group`, in both Regions at once, and
   * a deployment that changes them is refused, so leave them as they are here; minor versions are not taken by themselves. Before the copy is removed, or this is turned off again,
   * run the command in the output `DetachCache`.
   *
   * @default false - the cache of another Region starts empty: people sign in anew
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Redis-Global-Datastores-Getting-Started.html
   */
  readonly globalDatastore?: boolean;
}

/**
 * Valkey on Amazon ElastiCache: a primary and replicas in other zones, which take over by themselves within seconds. Losing a node loses
 * what was not replicated yet, usually less than a second of writes: keep nothing here that is nowhere else.
 */
export class ValkeyCache implements ICache {
  private readonly props: ValkeyCacheProps;

  /** @throws InvalidCache naming everything that is wrong */
  public constructor(props: ValkeyCacheProps) {
    this.props = props;
    const { nodeType, engineVersion } = props;
    const problems = new Problems(undefined, 'InvalidCache');
    problems.require(
      Token.isUnresolved(nodeType) || /^cache\.[a-z0-9]+\.[a-z0-9]+$/.test(nodeType),
      `nodeType must be such as cache.r7g.large, got ${JSON.stringify(nodeType)}`,
    );
    requireWhole(problems, 'replicas', props.replicas, 1, 5);
    problems.require(
      engineVersion === undefined || engineVersion === '7.2' || /^([89]|\d{2})\.\d+$/.test(engineVersion),
      `engineVersion must be 7.2, or 8.0 or newer, got ${JSON.stringify(engineVersion)}`,
    );
    problems.require(
      !props.globalDatastore || canBeGlobal(nodeType),
      `globalDatastore needs nodes of size large or larger that do not burst, and not of former generations, such as cache.m7g.large, got ${nodeType}`,
    );
    requirePlace(problems, props.port, props.quietHour);
    problems.throwIfAny();
  }

  /**
   * Called by the system; do not call this yourself.
   *
   * @throws InvalidSystemName when physical names cannot be made of the system's name
   * @throws TooFewZones when the subnets are in one zone
   * @throws DatabaseInPublicSubnet when a subnet is public
   */
  public bind(scope: Construct, options: CacheBindOptions): CacheConfig {
    const { nodeType, replicas, engineVersion, port, quietHour, slowLog, globalDatastore } = this.props;
    requireSystemName(
      scope,
      options.systemName,
      globalDatastore ? LONGEST_FOLLOWED_CACHE_SYSTEM_NAME : LONGEST_CACHE_SYSTEM_NAME,
    );
    const settings = {
      nodeType,
      nodes: 1 + (replicas ?? 2),
      engineVersion: engineVersion ?? '8.1',
      port: port ?? 6380,
      quietHour: quietHour ?? DEFAULT_QUIET_HOUR,
      slowLog: slowLog ?? false,
      globalDatastore: globalDatastore ?? false,
    };
    return new ValkeyReplicationGroup(scope, settings, options).describe();
  }
}

/** https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Redis-Global-Datastores-Getting-Started.html; families that are new are let through */
function canBeGlobal(nodeType: string): boolean {
  return (
    Token.isUnresolved(nodeType) ||
    (/large$/.test(nodeType) && !/^cache\.(t\d|m[1-4]|[rc][1-4])[a-z]*\./.test(nodeType))
  );
}
