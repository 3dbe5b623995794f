import { Token } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Problems } from '../core/private/fail';

/** Most readers an Aurora cluster can have. https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Overview.html */
const MAX_READERS = 15;

/** Capacity that follows the load. */
export interface ServerlessV2Options {
  /**
   * Aurora capacity units (about 2 GiB of memory each) that every instance keeps, 0 to 256 in steps of 0.5. 0 lets an idle
   * database pause: the first connection then waits about 15 seconds.
   */
  readonly minAcu: number;
  /** Aurora capacity units that an instance can grow to, 1 to 256 in steps of 0.5. Size it for the declared peak. */
  readonly maxAcu: number;
  /**
   * Readers beside the writer, 0 to 15, each in the next zone. A reader is what Aurora fails over to.
   *
   * @default 1
   */
  readonly readers?: number;
}

/** Capacity of a fixed size. */
export interface ProvisionedOptions {
  /** Instance type of writer and readers alike: after a failover a reader must carry the writer's load. */
  readonly instanceType: ec2.InstanceType;
  /**
   * Readers beside the writer, 0 to 15, each in the next zone. A reader is what Aurora fails over to.
   *
   * @default 1
   */
  readonly readers?: number;
}

/** How large a database is. */
export class DatabaseCapacity {
  /**
   * Aurora Serverless v2: grows and shrinks in place. Readers scale with the writer, so that a failover lands on equal
   * capacity.
   *
   * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.how-it-works.html
   * @throws InvalidDatabaseCapacity
   */
  public static serverlessV2(options: ServerlessV2Options): DatabaseCapacity {
    const problems = new Problems(undefined, 'InvalidDatabaseCapacity');
    requireAcu(problems, 'minAcu', options.minAcu, 0);
    requireAcu(problems, 'maxAcu', options.maxAcu, 1);
    if (!Token.isUnresolved(options.minAcu) && !Token.isUnresolved(options.maxAcu)) {
      problems.require(
        options.maxAcu >= options.minAcu,
        `maxAcu must be at least minAcu (${options.minAcu}), got ${options.maxAcu}`,
      );
    }
    const readers = requireReaders(problems, options.readers);
    problems.throwIfAny();
    return new DatabaseCapacity(readers, options.minAcu, options.maxAcu, undefined);
  }

  /**
   * Instances of one fixed type.
   *
   * @throws InvalidDatabaseCapacity
   */
  public static provisioned(options: ProvisionedOptions): DatabaseCapacity {
    const problems = new Problems(undefined, 'InvalidDatabaseCapacity');
    const readers = requireReaders(problems, options.readers);
    problems.throwIfAny();
    return new DatabaseCapacity(readers, undefined, undefined, options.instanceType);
  }

  private constructor(
    /** Readers beside the writer. */
    public readonly readers: number,
    /** Aurora capacity units an instance keeps; only of serverless capacity. */
    public readonly minAcu: number | undefined,
    /** Aurora capacity units an instance can grow to; only of serverless capacity. */
    public readonly maxAcu: number | undefined,
    /** Type of every instance; only of provisioned capacity. */
    public readonly instanceType: ec2.InstanceType | undefined,
  ) {}

  /** The instance class CloudFormation takes. */
  public get instanceClass(): string {
    return this.instanceType ? `db.${this.instanceType.toString()}` : 'db.serverless';
  }
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.setting-capacity.html */
function requireAcu(problems: Problems, name: string, acu: number, least: number): void {
  if (!Token.isUnresolved(acu)) {
    problems.require(
      acu >= least && acu <= 256 && Number.isInteger(acu * 2),
      `${name} must be ${least} to 256 in steps of 0.5, got ${acu}`,
    );
  }
}

function requireReaders(problems: Problems, readers = 1): number {
  problems.require(
    Number.isInteger(readers) && readers >= 0 && readers <= MAX_READERS && !Token.isUnresolved(readers),
    `readers must be a whole number from 0 to ${MAX_READERS}, known at synthesis, got ${readers}`,
  );
  return readers;
}
