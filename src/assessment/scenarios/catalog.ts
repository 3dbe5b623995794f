import { commonCause } from './common-cause';
import { crashedFleet } from './crashed-fleet';
import { deletedAccount } from './deleted-account';
import { deletedStorage } from './deleted-storage';
import { dependencyOutage } from './dependency-outage';
import { failingProbe } from './failing-probe';
import { impairedControlPlane } from './impaired-control-plane';
import { longDwell } from './long-dwell';
import { lostLink } from './lost-link';
import { noCopy } from './no-copy';
import { ransomware } from './ransomware';
import type { Scenario } from './scenario';
import { twoZones } from './two-zones';

/** Every outage, by id. */
export const catalog: readonly Scenario[] = [
  ransomware,
  dependencyOutage,
  longDwell,
  deletedStorage,
  commonCause,
  impairedControlPlane,
  twoZones,
  lostLink,
  crashedFleet,
  deletedAccount,
  noCopy,
  failingProbe,
];
