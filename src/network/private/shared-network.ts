import type { ClinicalNetwork } from '../clinical-network';
import type { INetwork, NetworkConfig } from '../network-ref';
import { networkIsRegional } from './network-is-regional';

/** A ClinicalNetwork that several systems share. */
export class SharedNetwork implements INetwork {
  public constructor(private readonly network: ClinicalNetwork) {}

  public bind(): NetworkConfig {
    return this.network.networkConfig;
  }

  public inRecoveryRegion(): INetwork {
    return networkIsRegional(`the network ${this.network.node.path}`);
  }
}
