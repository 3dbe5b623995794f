import { Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { Problems } from '../core/private/fail';
import type { CacheBindOptions, CacheConfig, ICache } from './cache-ref';
import { DEFAULT_QUIET_HOUR, requirePlace, requireWhole } from './private/database-checks';
import { LONGEST_CACHE_SYSTEM_NAME, requireSystemName } from './private/physical-names';
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
    requireSystemName(scope, options.systemName, LONGEST_CACHE_SYSTEM_NAME);
    const { nodeType, replicas, engineVersion, port, quietHour, slowLog } = this.props;
    const settings = {
      nodeType,
      nodes: 1 + (replicas ?? 2),
      engineVersion: engineVersion ?? '8.1',
      port: port ?? 6380,
      quietHour: quietHour ?? DEFAULT_QUIET_HOUR,
      slowLog: slowLog ?? false,
    };
    return new ValkeyReplicationGroup(scope, settings, options).describe();
  }
}
