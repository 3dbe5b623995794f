import { ComplianceFramework } from '../compliance-framework';
import { controlsOf, ifChosen, people, reading } from './measure';
import { MEASURES as m } from './measures';
import { SOURCES } from './sources';

const { proposedRule } = SOURCES;

/** What the proposal would ask for. Ids are names of ours: its paragraph numbers may change. */
export const HIPAA_PROPOSED_RULE_2025 = controlsOf(ComplianceFramework.HIPAA_PROPOSED_RULE_2025, [
  [
    'asset inventory and network map',
    'what there is, and how patient data moves',
    reading(proposedRule, m.configuration, m.flowLogs, people('keep the inventory and the map, beyond AWS too')),
  ],
  [
    'restore within 72 hours',
    'certain systems and data are back in 72 hours, in order of criticality',
    reading(proposedRule, m.objectives, m.region, m.restoreTests, m.runbook, people('decide the order of systems')),
  ],
  [
    'encryption',
    'at rest and in transit, with few exceptions',
    reading(proposedRule, m.encryptedStores, m.tls, m.deviceTls, m.volumeDefault),
  ],
  [
    'multi-factor authentication',
    'with few exceptions',
    reading(proposedRule, m.rootMfa, people('enforce it at the identity provider and in the application')),
  ],
  [
    'vulnerability scans and penetration tests',
    'scans at least every six months, a penetration test every year',
    reading(proposedRule, m.vulnerabilities, people('have the penetration test made')),
  ],
  [
    'anti-malware, segmentation, consistent configuration',
    'hardening of systems and networks',
    reading(
      proposedRule,
      m.malware,
      m.bucketMalware,
      m.backupMalware,
      m.privateSubnets,
      m.configuration,
      m.minorUpgrades,
    ),
  ],
  [
    'compliance audit',
    'every twelve months',
    reading(proposedRule, m.conformancePack, m.backupReports, people('make the audit')),
  ],
  [
    'no addressable specifications',
    'what may be argued away today would be required',
    reading(
      proposedRule,
      ifChosen('protection that is turned off needs a written reason', [
        'Enablement.off',
        'DisabledProtection.reason',
        'NoWafOptions.reason',
      ]),
    ),
  ],
]);
