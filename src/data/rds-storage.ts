import { type Size, SizeRoundingBehavior, Token } from 'aws-cdk-lib';
import { Problems } from '../core/private/fail';

/** General-purpose storage. */
export interface Gp3StorageOptions {
  /** What is there from the start. At least 20 GiB; it never shrinks. */
  readonly size: Size;
  /**
   * What it may grow to by itself when less than a tenth is free. At least a tenth above `size`.
   *
   * @default - twice `size`, up to 64 TiB; a Multi-AZ DB cluster does not grow by itself
   */
  readonly maxSize?: Size;
  /**
   * Operations a second, 12,000 to 64,000, from 400 GiB on (Oracle: 200 GiB); of SQL Server 3,000 to 16,000, whatever the size. At
   * most 500 for each GiB. The database refuses others, and any below these sizes, as Amazon RDS does.
   *
   * @default - what the size includes: 3,000, or 12,000 from these sizes on but for SQL Server
   * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html#gp3-storage
   */
  readonly iops?: number;
}

/** Provisioned storage, for latency that stays low and even. */
export interface Io2StorageOptions {
  /** What is there from the start. At least 100 GiB; it never shrinks. */
  readonly size: Size;
  /** Operations a second, 1,000 to 256,000, and at most 1,000 for each GiB. */
  readonly iops: number;
  /**
   * What it may grow to by itself when less than a tenth is free. At least a tenth above `size`.
   *
   * @default - twice `size`, up to 64 TiB; a Multi-AZ DB cluster does not grow by itself
   */
  readonly maxSize?: Size;
}

/** The disks under a database that is not Aurora. Always encrypted. */
export class RdsStorage {
  /**
   * General-purpose SSD: right for most.
   *
   * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html
   * @throws InvalidRdsStorage
   */
  public static gp3(options: Gp3StorageOptions): RdsStorage {
    const problems = new Problems(undefined, 'InvalidRdsStorage');
    requireSize(problems, options.size, options.maxSize, 20);
    requireIops(problems, options.iops, 3000, 64_000);
    problems.throwIfAny();
    return new RdsStorage('gp3', options.size, options.maxSize, options.iops);
  }

  /**
   * Provisioned IOPS SSD (io2 Block Express): 99.999 % durability and sub-millisecond latency, for databases of clinical
   * systems whose vendor asks for a number of operations.
   *
   * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html
   * @throws InvalidRdsStorage
   */
  public static io2(options: Io2StorageOptions): RdsStorage {
    const problems = new Problems(undefined, 'InvalidRdsStorage');
    requireSize(problems, options.size, options.maxSize, 100);
    requireIops(problems, options.iops, 1000, 256_000);
    if (!Token.isUnresolved(options.iops)) {
      problems.require(
        options.iops <= options.size.toGibibytes() * 1000,
        `iops must be at most 1,000 for each GiB of size, got ${options.iops} for ${options.size.toGibibytes()} GiB`,
      );
    }
    problems.throwIfAny();
    return new RdsStorage('io2', options.size, options.maxSize, options.iops);
  }

  private constructor(
    /** The type of storage, by its name in CloudFormation. */
    public readonly storageType: string,
    /** What is there from the start. */
    public readonly size: Size,
    /** What it may grow to, if that was given. */
    public readonly maxSize: Size | undefined,
    /** Operations a second, if they were given. */
    public readonly iops: number | undefined,
  ) {}

  /**
   * What an instance's storage may grow to, in GiB; undefined where it has no room left to grow.
   *
   * @internal
   */
  public get _growsTo(): number | undefined {
    const size = this.size.toGibibytes();
    const most = this.maxSize?.toGibibytes() ?? Math.min(2 * size, MOST_GIBIBYTES);
    return most >= size * LEAST_GROWTH ? most : undefined;
  }
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html */
const MOST_GIBIBYTES = 65_536;
/** A tenth: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIOPS.Autoscaling.html */
const LEAST_GROWTH = 1.1;

function requireSize(problems: Problems, size: Size, maxSize: Size | undefined, least: number): void {
  const gibibytes = size.toGibibytes({ rounding: SizeRoundingBehavior.NONE });
  problems.require(
    Number.isInteger(gibibytes) && gibibytes >= least && gibibytes <= MOST_GIBIBYTES,
    `size must be ${least} to 65,536 whole GiB, got ${gibibytes} GiB`,
  );
  if (maxSize) {
    problems.require(
      maxSize.toGibibytes() >= gibibytes * LEAST_GROWTH && maxSize.toGibibytes() <= MOST_GIBIBYTES,
      `maxSize must be at least a tenth above size (${gibibytes} GiB) and at most 65,536 GiB, got ${maxSize.toGibibytes()} GiB`,
    );
  }
}

function requireIops(problems: Problems, iops: number | undefined, least: number, most: number): void {
  problems.require(
    iops === undefined || Token.isUnresolved(iops) || (Number.isInteger(iops) && iops >= least && iops <= most),
    `iops must be a whole number from ${least} to ${most}, got ${iops}`,
  );
}
