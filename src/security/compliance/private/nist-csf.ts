import { ComplianceFramework } from '../compliance-framework';
import { controlsOf, people, published, reading } from './measure';
import { MEASURES as m } from './measures';
import { SOURCES } from './sources';

const { csf, prowlerCsf } = SOURCES;

/** By category: the subcategories of published mappings follow version 1.1. */
export const NIST_CSF_2_0 = controlsOf(ComplianceFramework.NIST_CSF_2_0, [
  ['GV.OV', 'oversight', published(prowlerCsf, m.securityHub), reading(csf, people('steer by what is reported'))],
  ['GV.RM', 'risk management strategy', published(prowlerCsf, m.securityHub), reading(csf, m.acceptedRisks)],
  ['ID.AM', 'assets', reading(csf, m.configuration, m.objectives)],
  ['ID.RA', 'risk', reading(csf, m.judge, m.vulnerabilities)],
  ['PR.AA', 'identities and access', published(prowlerCsf, m.externalAccess), reading(csf, m.leastPrivilege)],
  ['PR.AT', 'awareness and training', reading(csf, people('train clinicians and staff, for downtime too'))],
  ['PR.DS', 'data', published(prowlerCsf, m.backupPlan), reading(csf, m.encryptedStores, m.tls, m.vaultLock)],
  ['PR.PS', 'platforms', reading(csf, m.minorUpgrades, m.trail, m.configuration)],
  ['PR.IR', 'resilience of infrastructure', reading(csf, m.zones, m.region, m.scaling, m.privateSubnets)],
  ['DE.CM', 'monitoring', published(prowlerCsf, m.guardDuty, m.trail, m.flowLogs), reading(csf, m.probes)],
  ['DE.AE', 'analysing events', published(prowlerCsf, m.trail, m.flowLogs), reading(csf, m.securityHub)],
  ['RS.MA', 'managing incidents', reading(csf, m.tickets, people('manage incidents'))],
  ['RS.CO', 'telling those concerned', reading(csf, m.routing, people('tell patients and authorities'))],
  [
    'RC.RP',
    'recovery',
    published(prowlerCsf, m.backupPlan),
    reading(csf, m.region, m.runbook, m.restoreTests, m.reconciliation),
  ],
]);
