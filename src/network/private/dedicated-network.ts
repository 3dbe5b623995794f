import type { Construct } from 'constructs';
import { nextCidr } from '../../core/private/cidr';
import { fail } from '../../core/private/fail';
import { ClinicalNetwork, type ClinicalNetworkProps } from '../clinical-network';
import type { INetwork, NetworkBindOptions, NetworkConfig } from '../network-ref';
import { requestedZoneCount } from './zones';

/** A network of the system's own. */
export class DedicatedNetwork implements INetwork {
  public constructor(private readonly props: ClinicalNetworkProps) {}

  public bind(scope: Construct, options: NetworkBindOptions): NetworkConfig {
    const dataProtection = this.props.dataProtection ?? options.dataProtection;
    return new ClinicalNetwork(scope, 'Network', { ...this.props, dataProtection }).networkConfig;
  }

  public inRecoveryRegion(): INetwork {
    const cidr = this.props.cidr ?? ClinicalNetwork.DEFAULT_CIDR;
    const next =
      nextCidr(cidr) ??
      fail(
        undefined,
        'NoNextCidr',
        `no range of the same size follows ${cidr} inside the same private range; give recovery: { network } with a range of your own`,
      );
    return new DedicatedNetwork({
      ...this.props,
      cidr: next,
      zoneCount: requestedZoneCount(this.props),
      availabilityZones: undefined, // zone names belong to a Region, and so do keys
      encryptionKey: undefined,
    });
  }
}
