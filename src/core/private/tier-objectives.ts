import { Duration } from 'aws-cdk-lib';
import { ClinicalTier } from '../clinical-tier';
import type { ObjectivesByScope } from '../resilience-objectives';

/** Presets of a tier; every scope is present. */
type TierObjectives = Required<ObjectivesByScope> & { readonly maxTolerableDowntime: Duration };

const none = Duration.seconds(0);
const minutes = (n: number) => Duration.minutes(n);
const hours = (n: number) => Duration.hours(n);
const days = (n: number) => Duration.days(n);

/**
 * The presets. Judgement inside published ranges: UCSF impact tiers (15 min, 6 h, 24 h), Brown University (2 h with
 * 15 min), Baptist Health Jacksonville's tier one (4 h), 72 h of the proposed HIPAA Security Rule. Zone loss loses no
 * data, because replication inside a Region is synchronous.
 */
export const TIER_OBJECTIVES: Record<ClinicalTier, TierObjectives> = {
  [ClinicalTier.FOUNDATION]: {
    component: { rto: minutes(1), rpo: none },
    availabilityZone: { rto: minutes(2), rpo: none }, // clients keep an address for a minute
    twoAvailabilityZones: { rto: minutes(15), rpo: minutes(1) },
    region: { rto: minutes(15), rpo: minutes(1) },
    controlPlane: { rto: minutes(1), rpo: none },
    deletion: { rto: hours(1), rpo: minutes(15) },
    corruption: { rto: hours(4), rpo: minutes(15) },
    account: { rto: hours(24), rpo: hours(24) },
    connectivity: { rto: minutes(5), rpo: none },
    maxTolerableDowntime: hours(48),
  },
  [ClinicalTier.LIFE_CRITICAL]: {
    component: { rto: minutes(5), rpo: none },
    availabilityZone: { rto: minutes(5), rpo: none },
    twoAvailabilityZones: { rto: hours(4), rpo: minutes(5), rtoReadOnly: minutes(15) },
    region: { rto: hours(4), rpo: minutes(5), rtoReadOnly: minutes(15) },
    controlPlane: { rto: minutes(5), rpo: none },
    deletion: { rto: hours(4), rpo: minutes(15) },
    corruption: { rto: hours(24), rpo: minutes(15) },
    account: { rto: hours(72), rpo: hours(24) },
    connectivity: { rto: minutes(15), rpo: none },
    maxTolerableDowntime: hours(96),
  },
  [ClinicalTier.CARE_ESSENTIAL]: {
    component: { rto: minutes(15), rpo: none },
    availabilityZone: { rto: minutes(15), rpo: none },
    twoAvailabilityZones: { rto: hours(12), rpo: minutes(30), rtoReadOnly: hours(1) },
    region: { rto: hours(12), rpo: minutes(30), rtoReadOnly: hours(1) },
    controlPlane: { rto: minutes(15), rpo: none },
    deletion: { rto: hours(12), rpo: hours(1) },
    corruption: { rto: hours(48), rpo: hours(1) },
    account: { rto: days(7), rpo: hours(24) },
    connectivity: { rto: hours(1), rpo: none },
    maxTolerableDowntime: days(14),
  },
  [ClinicalTier.OPERATIONAL]: {
    component: { rto: hours(1), rpo: minutes(15) },
    availabilityZone: { rto: hours(1), rpo: minutes(15) },
    twoAvailabilityZones: { rto: hours(72), rpo: hours(24) },
    region: { rto: hours(72), rpo: hours(24) },
    controlPlane: { rto: hours(1), rpo: minutes(15) },
    deletion: { rto: hours(72), rpo: hours(24) },
    corruption: { rto: hours(72), rpo: hours(24) },
    account: { rto: days(14), rpo: hours(24) },
    connectivity: { rto: hours(4), rpo: minutes(15) },
    maxTolerableDowntime: days(30),
  },
  [ClinicalTier.NON_PRODUCTION]: {
    component: { rto: hours(4), rpo: hours(24) },
    availabilityZone: { rto: hours(24), rpo: hours(24) },
    twoAvailabilityZones: { rto: days(7), rpo: days(7) },
    region: { rto: days(7), rpo: days(7) },
    controlPlane: { rto: hours(24), rpo: hours(24) },
    deletion: { rto: days(7), rpo: days(7) },
    corruption: { rto: days(7), rpo: days(7) },
    account: { rto: days(30), rpo: days(30) },
    connectivity: { rto: hours(24), rpo: hours(24) },
    maxTolerableDowntime: days(60),
  },
};
