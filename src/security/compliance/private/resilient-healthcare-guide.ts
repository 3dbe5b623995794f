import { ComplianceFramework } from '../compliance-framework';
import { byDefault, controlsOf, ifChosen, people, reading } from './measure';
import { MEASURES as m } from './measures';
import { SOURCES } from './sources';

const { guide } = SOURCES;

/** Its practices in our words; what it tells of single hospitals, and of budgets and procurement, is left out. */
export const RESILIENT_HEALTHCARE_GUIDE = controlsOf(ComplianceFramework.RESILIENT_HEALTHCARE_GUIDE, [
  ['resilience is a policy', 'somebody owns the objectives', reading(guide, m.objectives, people('name who answers'))],
  ['short interruptions matter', 'care notices minutes', reading(guide, m.probes)],
  [
    'recover automatically',
    'a threshold that is passed starts recovery',
    reading(
      guide,
      m.zones,
      ifChosen('DNS leads away from a Region that fails', ['Failover.dns', 'DnsFailoverOptions.automatic']),
    ),
  ],
  ['validate procedures', 'recovery is tested regularly', reading(guide, m.restoreTests, people('hold exercises'))],
  ['distribute', 'no single point of failure, horizontal scale', reading(guide, m.zones, m.scaling, m.judge)],
  ['several zones and Regions', 'separate failures', reading(guide, m.zones, m.region)],
  [
    'separate without losing speed',
    'replicas near enough in a Region, late enough across Regions to be measured',
    reading(
      guide,
      byDefault('an alarm tells when a replica lags behind its objective', ['CrossRegionDr.replicationLagAlarm']),
    ),
  ],
  ['automate security', 'detection is on before anybody asks', reading(guide, m.guardDuty, m.securityHub, m.trail)],
  [
    'environments from one definition',
    'production, recovery and training do not drift apart',
    reading(guide, byDefault('the recovery Region is built from the definition of the primary', ['CrossRegionDr'])),
  ],
  ['many sites', 'links are part of resilience', reading(guide, m.links)],
  ['critical workloads', 'systems are sorted by what care needs', reading(guide, m.objectives)],
  ['recovery objectives', 'RTO and RPO that are sensible, and checked', reading(guide, m.objectives, m.judge)],
  [
    'shared responsibility',
    'who does what',
    reading(guide, ifChosen('this map is data, for reports of your own', ['ComplianceMap.controls'])),
  ],
  [
    'strategy for disasters',
    'whole, and chosen for each system',
    reading(guide, m.region, m.runbook, m.isolatedCopies),
  ],
  ['regulation', 'rules are kept', reading(guide, m.conformancePack, m.recordRetention)],
  ['assessment', 'a graded assessment that can be compared', reading(guide, m.judge)],
  ['skills', 'staff are trained', reading(guide, people('train staff, with exercises'))],
  [
    'sandbox for regulators',
    'try new things without patients',
    reading(
      guide,
      ifChosen('small environments go with their stack, after a written reason', [
        'SecurityBaseline.sandbox',
        'DataProtection.destroyWithStack',
        'DataClass.SYNTHETIC',
      ]),
      people('use an account of its own, and synthetic patients'),
    ),
  ],
]);
