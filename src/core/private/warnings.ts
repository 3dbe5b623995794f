import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * The warnings this library can give. The ids are public: users acknowledge them with
 * `Validations.of(x).acknowledge({ id, reason })`, so none is ever renamed.
 */
export const WARNINGS = {
  mutableImageTag: 'cdk-resilient-ehr:mutableImageTag',
  mutableMachineImage: 'cdk-resilient-ehr:mutableMachineImage',
  imageInOtherRegion: 'cdk-resilient-ehr:imageInOtherRegion',
  twoZones: 'cdk-resilient-ehr:twoZones',
  sharedNatGateway: 'cdk-resilient-ehr:sharedNatGateway',
  unknownZones: 'cdk-resilient-ehr:unknownZones',
  dataDestroyedWithStack: 'cdk-resilient-ehr:dataDestroyedWithStack',
  objectivesAreDefaults: 'cdk-resilient-ehr:objectivesAreDefaults',
  shortRecordRetention: 'cdk-resilient-ehr:shortRecordRetention',
  smallReplicatedDatabase: 'cdk-resilient-ehr:smallReplicatedDatabase',
  recoveryNeedsLostRegion: 'cdk-resilient-ehr:recoveryNeedsLostRegion',
  startNamesLostRegion: 'cdk-resilient-ehr:startNamesLostRegion',
  siteDependsOnOneLink: 'cdk-resilient-ehr:siteDependsOnOneLink',
  filesNotReplicated: 'cdk-resilient-ehr:filesNotReplicated',
  documentsNotReturned: 'cdk-resilient-ehr:documentsNotReturned',
  writesStopWithoutCopy: 'cdk-resilient-ehr:writesStopWithoutCopy',
  assumedStartup: 'cdk-resilient-ehr:assumedStartup',
  planAwaitsGroups: 'cdk-resilient-ehr:planAwaitsGroups',
  headlessDatabase: 'cdk-resilient-ehr:headlessDatabase',
  zoneWithoutProxies: 'cdk-resilient-ehr:zoneWithoutProxies',
  databaseCopiedInOneStep: 'cdk-resilient-ehr:databaseCopiedInOneStep',
} as const;

/** Warn with an id that the user can acknowledge. */
export function warn(scope: IConstruct, id: keyof typeof WARNINGS, message: string): void {
  Validations.of(scope).addWarning(WARNINGS[id], message);
}
