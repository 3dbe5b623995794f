import { ComplianceFramework } from '../compliance-framework';
import { aws, controlsOf, ifChosen, people, published, reading } from './measure';
import { MEASURES as m } from './measures';
import { SOURCES } from './sources';

const { nag, prowlerHipaa, hipaa, sharedResponsibility } = SOURCES;

/** 45 CFR part 164 subpart C, as it is in force. */
export const HIPAA_SECURITY_RULE = controlsOf(ComplianceFramework.HIPAA_SECURITY_RULE, [
  [
    '164.308(a)(1)(ii)(A)',
    'risk analysis',
    published(prowlerHipaa, m.guardDuty, m.configuration),
    reading(hipaa, m.vulnerabilities, m.sensitiveData, m.judge, people('analyse the risks, and write it down')),
  ],
  [
    '164.308(a)(1)(ii)(B)',
    'risk management',
    published(prowlerHipaa, m.trailValidation, m.encryptedStores, m.backupPlan, m.zones, m.deletionProtection),
    published(prowlerHipaa, m.publicAccessBlock, m.volumeDefault),
    reading(hipaa, m.acceptedRisks, people('decide which risks are acceptable, and review them')),
  ],
  [
    '164.308(a)(1)(ii)(D)',
    'review of activity',
    published(prowlerHipaa, m.guardDuty, m.securityHub, m.trail, m.trailLogGroup, m.trailValidation),
    published(prowlerHipaa, m.accessLogs, m.flowLogs, m.objectAccess),
    reading(hipaa, people('read the records regularly, those of the application too')),
  ],
  [
    '164.308(a)(3)(i)',
    'workforce security',
    published(prowlerHipaa, m.publicAccessBlock),
    published(nag, m.privateSubnets, m.leastPrivilege),
    reading(hipaa, people('decide who may see patient data')),
  ],
  [
    '164.308(a)(3)(ii)(A)',
    'supervision of who works with patient data',
    published(prowlerHipaa, m.guardDuty, m.securityHub, m.trail, m.accessLogs, m.flowLogs, m.objectAccess, m.rootMfa),
    published(nag, m.trailLogGroup, m.leastPrivilege),
  ],
  [
    '164.308(a)(3)(ii)(B)',
    'whether access is appropriate',
    published(nag, m.leastPrivilege),
    reading(hipaa, m.externalAccess, m.unusedAccess),
  ],
  [
    '164.308(a)(3)(ii)(C)',
    'access ends with employment',
    reading(hipaa, m.unusedAccess, people('withdraw access on the day it is no longer needed')),
  ],
  [
    '164.308(a)(4)(ii)(B)',
    'granting access',
    published(nag, m.secretRotation, m.leastPrivilege),
    reading(hipaa, people('approve access')),
  ],
  [
    '164.308(a)(4)(ii)(C)',
    'reviewing and changing access',
    published(prowlerHipaa, m.secretRotation, m.passwordPolicy),
    reading(hipaa, m.unusedAccess, people('review who has access')),
  ],
  [
    '164.308(a)(5)(ii)(A)',
    'security reminders and updates',
    published(nag, m.minorUpgrades),
    reading(hipaa, people('train and remind staff')),
  ],
  [
    '164.308(a)(5)(ii)(B)',
    'protection from malicious software',
    reading(hipaa, m.malware, m.bucketMalware, m.backupMalware),
  ],
  ['164.308(a)(5)(ii)(C)', 'watching log-ins', published(prowlerHipaa, m.guardDuty, m.securityHub)],
  [
    '164.308(a)(5)(ii)(D)',
    'passwords',
    published(prowlerHipaa, m.passwordPolicy),
    reading(hipaa, people('run an identity provider for people; IAM users should be few')),
  ],
  [
    '164.308(a)(6)(i)',
    'incident procedures',
    published(prowlerHipaa, m.guardDuty, m.securityHub),
    reading(hipaa, people('write, and practise, the incident procedure')),
  ],
  [
    '164.308(a)(6)(ii)',
    'response and reporting',
    published(prowlerHipaa, m.guardDuty, m.securityHub, m.routing, m.trail, m.trailLogGroup, m.accessLogs, m.flowLogs),
    published(prowlerHipaa, m.objectAccess),
    reading(hipaa, m.findingArchive, m.tickets, people('respond, document, and notify whom the law names')),
  ],
  [
    '164.308(a)(7)(i)',
    'contingency plan',
    published(nag, m.backupPlan, m.zones, m.deletionProtection),
    reading(hipaa, m.region, people('write the plan, and keep it where it can be read during an outage')),
  ],
  [
    '164.308(a)(7)(ii)(A)',
    'data backup plan',
    published(nag, m.backupPlan),
    reading(hipaa, m.vaultLock, m.isolatedCopies, m.backupReports),
  ],
  [
    '164.308(a)(7)(ii)(B)',
    'disaster recovery plan',
    published(nag, m.backupPlan),
    reading(hipaa, m.region, m.runbook, people('decide to fail over, and check the data afterwards')),
  ],
  [
    '164.308(a)(7)(ii)(C)',
    'emergency mode operation plan',
    published(nag, m.zones, m.deletionProtection),
    reading(hipaa, m.probes, m.links, people('run downtime procedures, on paper if need be')),
  ],
  [
    '164.308(a)(7)(ii)(D)',
    'testing and revision',
    reading(
      hipaa,
      m.restoreTests,
      m.judge,
      people('rehearse failover and downtime, keep the records, revise the plan'),
    ),
  ],
  [
    '164.308(a)(7)(ii)(E)',
    'criticality of applications and data',
    reading(hipaa, m.objectives, people('analyse the impact of downtime with clinicians')),
  ],
  [
    '164.308(a)(8)',
    'evaluation',
    published(prowlerHipaa, m.guardDuty, m.securityHub),
    reading(hipaa, m.conformancePack, people('evaluate periodically, what is not technical too')),
  ],
  [
    '164.310(a)(1)',
    'access to facilities',
    reading(sharedResponsibility, aws('guards its data centres')),
    reading(hipaa, people('guard your own rooms, and those of the hospital link')),
  ],
  [
    '164.310(b), (c)',
    'workstations',
    reading(hipaa, people('place and secure workstations; nothing here reaches them')),
  ],
  [
    '164.310(d)(1)',
    'devices and media',
    reading(sharedResponsibility, aws('destroys the media of its data centres')),
    reading(hipaa, m.encryptedStores, people('account for your own devices and exports')),
  ],
  [
    '164.312(a)(1)',
    'access control',
    published(nag, m.privateSubnets, m.leastPrivilege),
    reading(hipaa, m.externalAccess, m.sensitiveData, people('configure the access control of the application')),
  ],
  [
    '164.312(a)(2)(i)',
    'unique users',
    published(prowlerHipaa, m.objectAccess),
    reading(hipaa, people('give each person an account of their own, in the application too')),
  ],
  [
    '164.312(a)(2)(ii)',
    'access in an emergency',
    published(prowlerHipaa, m.backupPlan),
    reading(
      hipaa,
      ifChosen('a break-glass role is exempt from guardrails', ['OrganizationGuardrailsProps.exemptRoles']),
      people('keep break-glass access, and review each use'),
    ),
  ],
  [
    '164.312(a)(2)(iii)',
    'automatic logoff',
    reading(
      hipaa,
      ifChosen('idle shells on instances end', ['SessionLoggingProps.idleTimeout']),
      people('configure the logoff of the application and of workstations'),
    ),
  ],
  [
    '164.312(a)(2)(iv)',
    'encryption',
    published(nag, m.encryptedStores, m.tls),
    published(prowlerHipaa, m.keyRotation, m.volumeDefault),
  ],
  [
    '164.312(b)',
    'audit controls',
    published(nag, m.trailLogGroup, m.logRetention, m.flowLogs, m.accessLogs),
    published(prowlerHipaa, m.guardDuty, m.securityHub, m.trail, m.trailValidation, m.objectAccess),
    reading(hipaa, m.sessionLogs, people('keep the audit log of the application, which knows who read which chart')),
  ],
  [
    '164.312(c)(1)',
    'integrity',
    published(nag, m.trailValidation, m.backupPlan),
    reading(hipaa, m.vaultLock, m.recordLock),
  ],
  ['164.312(c)(2)', 'noticing alteration', published(nag, m.trailValidation, m.tls)],
  [
    '164.312(d)',
    'authentication',
    published(prowlerHipaa, m.passwordPolicy, m.rootMfa),
    reading(hipaa, m.deviceTls, people('ask people for a second factor, at the identity provider')),
  ],
  ['164.312(e)(1)', 'transmission', published(nag, m.tls, m.privateSubnets), reading(hipaa, m.deviceTls)],
  ['164.312(e)(2)(i)', 'integrity of what is transmitted', published(nag, m.tls)],
  ['164.312(e)(2)(ii)', 'encryption of what is transmitted', published(nag, m.tls, m.encryptedStores)],
  [
    '164.308(b), 164.314(a)',
    'contracts with business associates',
    reading(
      hipaa,
      people('agree the business associate addendum with AWS, and with each vendor; use eligible services'),
    ),
  ],
  ['164.316(b)(1)', 'documentation', reading(hipaa, m.runbook, m.objectives, people('write policies and procedures'))],
  [
    '164.316(b)(2)(i)',
    'six years of documentation',
    reading(hipaa, m.recordRetention, people('keep policies, and records of what was done')),
  ],
]);
