import { ComplianceFramework } from '../compliance-framework';
import { aws, controlsOf, people, published, reading } from './measure';
import { MEASURES as m } from './measures';
import { SOURCES } from './sources';

const { nag, nist80053, guardDutyControls, sharedResponsibility } = SOURCES;

/** A control stands for its enhancements: the published mappings name some of them, not the whole control. */
export const NIST_800_53_R5 = controlsOf(ComplianceFramework.NIST_800_53_R5, [
  [
    'AC-2',
    'accounts',
    published(nag, m.leastPrivilege, m.trailLogGroup),
    published(guardDutyControls, m.guardDuty),
    reading(nist80053, m.unusedAccess, people('create, review and close accounts')),
  ],
  ['AC-3', 'enforcing access', published(nag, m.leastPrivilege, m.privateSubnets), reading(nist80053, m.guardrails)],
  ['AC-4', 'flow of information', published(nag, m.privateSubnets, m.webFirewall, m.tls), reading(nist80053, m.dns)],
  ['AC-6', 'least privilege', published(nag, m.leastPrivilege), reading(nist80053, m.externalAccess, m.unusedAccess)],
  ['AU-2', 'which events are logged', published(nag, m.trailLogGroup, m.flowLogs), reading(nist80053, m.objectAccess)],
  [
    'AU-6',
    'reviewing audit records',
    published(guardDutyControls, m.guardDuty),
    reading(nist80053, m.securityHub, m.routing, people('read what is reported')),
  ],
  [
    'AU-9',
    'protecting audit records',
    published(nag, m.trailValidation, m.encryptedStores),
    reading(nist80053, m.recordLock, m.guardrails),
  ],
  ['AU-11', 'keeping audit records', published(nag, m.logRetention), reading(nist80053, m.recordRetention)],
  ['AU-12', 'making audit records', published(nag, m.trailLogGroup, m.accessLogs, m.flowLogs)],
  [
    'CA-7',
    'continuous monitoring',
    published(guardDutyControls, m.guardDuty),
    reading(nist80053, m.securityHub, m.conformancePack),
  ],
  ['CM-8', 'inventory', published(guardDutyControls, m.guardDuty), reading(nist80053, m.configuration)],
  [
    'CP-2',
    'contingency plan',
    published(nag, m.zones, m.deletionProtection),
    reading(nist80053, m.objectives, m.runbook, people('write, approve and distribute the plan')),
  ],
  [
    'CP-4',
    'testing the plan',
    reading(nist80053, m.restoreTests, m.judge, people('rehearse, and correct what went wrong')),
  ],
  ['CP-6', 'alternate storage', published(nag, m.backupPlan), reading(nist80053, m.region, m.isolatedCopies)],
  ['CP-7', 'alternate processing', reading(nist80053, m.region)],
  ['CP-8', 'telecommunications', reading(nist80053, m.links)],
  ['CP-9', 'backup', published(nag, m.backupPlan), reading(nist80053, m.vaultLock, m.backupReports)],
  [
    'CP-10',
    'recovery',
    published(nag, m.backupPlan, m.zones),
    reading(nist80053, m.region, m.runbook, m.readiness, m.reconciliation),
  ],
  ['IA-2', 'identifying users', reading(nist80053, m.rootMfa, people('identify users at the identity provider'))],
  ['IA-5', 'authenticators', published(nag, m.tls), reading(nist80053, m.secretRotation, m.passwordPolicy)],
  ['IR-4', 'handling incidents', reading(nist80053, m.routing, m.tickets, people('contain, eradicate, recover'))],
  ['PE-3', 'physical access', reading(sharedResponsibility, aws('guards its data centres'))],
  ['RA-3', 'assessing risk', published(guardDutyControls, m.guardDuty), reading(nist80053, m.judge)],
  ['RA-5', 'vulnerabilities', reading(nist80053, m.vulnerabilities, m.securityHub)],
  [
    'SC-5',
    'denial of service',
    published(nag, m.zones, m.deletionProtection),
    published(guardDutyControls, m.guardDuty),
    reading(nist80053, m.webFirewall, m.scaling),
  ],
  ['SC-7', 'boundaries', published(nag, m.privateSubnets), reading(nist80053, m.webFirewall, m.dns)],
  ['SC-8', 'transmission', published(nag, m.tls), reading(nist80053, m.deviceTls)],
  ['SC-12', 'keys', published(nag, m.keyRotation)],
  ['SC-13', 'cryptography', published(nag, m.encryptedStores, m.tls)],
  ['SC-28', 'data at rest', published(nag, m.encryptedStores), reading(nist80053, m.volumeDefault)],
  ['SI-2', 'flaws', reading(nist80053, m.minorUpgrades, m.vulnerabilities)],
  [
    'SI-3',
    'malicious code',
    published(guardDutyControls, m.guardDuty),
    reading(nist80053, m.malware, m.bucketMalware, m.backupMalware),
  ],
  ['SI-4', 'monitoring', published(guardDutyControls, m.guardDuty), reading(nist80053, m.routing)],
  ['SI-7', 'integrity', published(nag, m.trailValidation)],
]);
