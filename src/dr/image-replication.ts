import { RemovalPolicy, Stack, Token } from 'aws-cdk-lib';
import { CfnReplicationConfiguration } from 'aws-cdk-lib/aws-ecr';
import { Construct } from 'constructs';
import { fail, Problems } from '../core/private/fail';
import { otherInRegion } from '../core/private/one-per-region';
import { knownRegion, partitionOf } from '../core/private/tokens';

/** Properties of an ImageReplication. */
export interface ImageReplicationProps {
  /** Regions whose registries get a copy of every image. One to 25, other than this one. */
  readonly destinationRegions: string[];
  /**
   * How the names of the repositories begin whose images are copied, for example `hospital/`. One to 100. There is no default: an account
   * may hold images that must not leave its Region.
   */
  readonly repositoryPrefixes: string[];
}

/**
 * Amazon ECR copies the images that are pushed to this Region's registry into other Regions, so that tasks there start while this one is
 * lost. Create it in a stack of each Region: after a failover images are pushed in the other one, and have to come back. Nothing goes
 * round in circles: what was copied is not copied further.
 *
 * It is the setting of a registry, of which an account has one in each Region: it replaces what was set before, and stays when its stack
 * goes. Most images are there in less than 30 minutes, which is not guaranteed. What was pushed before is copied by a replication backfill
 * that you start. Repositories that Amazon ECR makes in the other Region have settings of their own; make them there first, where they
 * need a customer key or immutable tags. Costs the storage in each Region, and the transfer of data between them.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/replication-backfill.html
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/replication.html
 */
export class ImageReplication extends Construct {
  /** The setting of the registry. */
  public readonly configuration: CfnReplicationConfiguration;

  /**
   * @throws InvalidImageReplication naming everything that is wrong
   * @throws SecondImageReplication where the account has one in this Region already
   */
  public constructor(scope: Construct, id: string, props: ImageReplicationProps) {
    super(scope, id);
    const region = knownRegion(this, 'a registry cannot copy images to itself');
    validate(this, region, props);
    const other = otherInRegion(this, 'image replication', region);
    if (other !== undefined) {
      fail(
        this,
        'SecondImageReplication',
        `${other} sets already what the registry in ${region} copies, and the later deployment would win; give that one the prefixes of both`,
      );
    }
    this.configuration = new CfnReplicationConfiguration(this, 'Configuration', {
      replicationConfiguration: {
        rules: [
          {
            destinations: props.destinationRegions.map((destination) => ({
              region: destination,
              registryId: Stack.of(this).account,
            })),
            repositoryFilters: props.repositoryPrefixes.map((filter) => ({ filter, filterType: 'PREFIX_MATCH' })),
          },
        ],
      },
    });
    this.configuration.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
  }
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-ecr-replicationconfiguration-repositoryfilter.html */
const PREFIX = /^(?:[a-z0-9]+(?:[._-][a-z0-9]*)*\/)*[a-z0-9]*(?:[._-][a-z0-9]*)*$/;

function validate(scope: Construct, region: string, { destinationRegions, repositoryPrefixes }: ImageReplicationProps) {
  const problems = new Problems(scope, 'InvalidImageReplication');
  const known = destinationRegions.filter((each) => !Token.isUnresolved(each));
  const count = destinationRegions.length;
  problems.require(count >= 1 && count <= 25, `destinationRegions must name one to 25 Regions, got ${count}`);
  problems.require(!known.includes(region), `${region} is this registry's own Region; leave it out`);
  problems.require(new Set(known).size === known.length, `destinationRegions names one twice: ${known.join(', ')}`);
  const foreign = known.filter((each) => partitionOf(each) !== partitionOf(region));
  problems.require(
    foreign.length === 0,
    `${foreign.join(', ')} cannot get copies from ${region}: images do not cross partitions`,
  );
  const prefixes = repositoryPrefixes.length;
  problems.require(
    prefixes >= 1 && prefixes <= 100,
    `repositoryPrefixes must name one to 100 beginnings of names, got ${prefixes}`,
  );
  const wrong = repositoryPrefixes.filter((each) => !Token.isUnresolved(each) && (each === '' || !PREFIX.test(each)));
  problems.require(
    wrong.length === 0,
    `a prefix is lower-case letters, digits and . _ - between slashes, such as hospital/, got "${wrong.join('", "')}"`,
  );
  problems.throwIfAny();
}
