import { ComplianceFramework } from '../compliance-framework';
import { aws, controlsOf, people, published, reading } from './measure';
import { MEASURES as m } from './measures';
import { SOURCES } from './sources';

const { iso, prowlerIso, sharedResponsibility } = SOURCES;

/** Annex A. The text of the standard is not free and was not read: subjects are the common names of its controls. */
export const ISO_27001_2022 = controlsOf(ComplianceFramework.ISO_27001_2022, [
  ['A.5.15', 'access control', published(prowlerIso, m.rootMfa), reading(iso, m.leastPrivilege)],
  ['A.5.17', 'authentication information', published(prowlerIso, m.rootMfa), reading(iso, m.secretRotation)],
  ['A.5.22', 'changes of suppliers', published(prowlerIso, m.configuration), reading(iso, people('review suppliers'))],
  ['A.5.24', 'preparing for incidents', reading(iso, m.routing, people('plan roles and procedures'))],
  ['A.5.25', 'assessing events', published(prowlerIso, m.guardDuty), reading(iso, m.securityHub)],
  ['A.5.26', 'responding to incidents', reading(iso, m.tickets, people('respond'))],
  ['A.5.28', 'collecting evidence', published(prowlerIso, m.guardDuty), reading(iso, m.findingArchive, m.recordLock)],
  ['A.5.29', 'security during disruption', published(prowlerIso, m.guardDuty), reading(iso, m.region)],
  ['A.5.30', 'readiness for continuity', reading(iso, m.objectives, m.region, m.runbook, m.readiness, m.restoreTests)],
  ['A.7.1', 'physical perimeters', reading(sharedResponsibility, aws('guards its data centres'))],
  ['A.8.1', 'user endpoints', published(prowlerIso, m.publicAccessBlock), reading(iso, people('secure endpoints'))],
  ['A.8.3', 'restricting access', published(prowlerIso, m.externalAccess), reading(iso, m.privateSubnets)],
  ['A.8.5', 'secure authentication', published(prowlerIso, m.rootMfa, m.keyRotation), reading(iso, m.deviceTls)],
  ['A.8.6', 'capacity', reading(iso, m.scaling, m.zones)],
  ['A.8.7', 'malware', published(prowlerIso, m.guardDuty), reading(iso, m.malware, m.bucketMalware, m.backupMalware)],
  ['A.8.8', 'technical vulnerabilities', reading(iso, m.vulnerabilities, m.minorUpgrades)],
  ['A.8.9', 'configuration', published(prowlerIso, m.guardDuty), reading(iso, m.configuration, m.conformancePack)],
  ['A.8.11', 'masking', published(prowlerIso, m.keyRotation), reading(iso, m.masking)],
  ['A.8.13', 'backup', published(prowlerIso, m.backupPlan, m.backupReports), reading(iso, m.vaultLock, m.restoreTests)],
  ['A.8.14', 'redundancy', reading(iso, m.zones, m.region, m.links)],
  ['A.8.15', 'logging', published(prowlerIso, m.trail, m.flowLogs), reading(iso, m.recordRetention, m.recordLock)],
  ['A.8.16', 'monitoring', published(prowlerIso, m.trail, m.flowLogs), reading(iso, m.guardDuty, m.probes)],
  ['A.8.20', 'networks', published(prowlerIso, m.flowLogs), reading(iso, m.privateSubnets, m.webFirewall)],
  ['A.8.22', 'segregation of networks', published(prowlerIso, m.flowLogs), reading(iso, m.privateSubnets)],
  ['A.8.23', 'web filtering', published(prowlerIso, m.securityHub, m.flowLogs), reading(iso, m.dns)],
  [
    'A.8.24',
    'cryptography',
    published(prowlerIso, m.keyRotation, m.backupPlan),
    reading(iso, m.encryptedStores, m.tls),
  ],
]);
