import { ComplianceFramework } from '../compliance-framework';
import { controlsOf, people, published, reading } from './measure';
import { MEASURES as m } from './measures';
import { SOURCES } from './sources';

const { essentialEight, prowlerEssentialEight } = SOURCES;

/** By strategy. No maturity level is claimed. */
export const ESSENTIAL_EIGHT = controlsOf(ComplianceFramework.ESSENTIAL_EIGHT, [
  [
    'patch applications',
    'vulnerabilities of applications are found and patched in time',
    published(prowlerEssentialEight, m.vulnerabilities, m.configuration),
    reading(essentialEight, people('patch within the days that your maturity level asks for; rebuild images')),
  ],
  [
    'patch operating systems',
    'the same, for operating systems',
    published(prowlerEssentialEight, m.vulnerabilities, m.configuration),
    reading(essentialEight, m.minorUpgrades, m.patches, people('replace instances by patched images')),
  ],
  [
    'multi-factor authentication',
    'a second factor',
    published(prowlerEssentialEight, m.rootMfa),
    reading(essentialEight, people('enforce it at the identity provider')),
  ],
  [
    'restrict administrative privileges',
    'few have them, and only as long as needed',
    published(prowlerEssentialEight, m.externalAccess),
    reading(essentialEight, m.leastPrivilege, m.unusedAccess, people('revalidate privileges')),
  ],
  ['application control', 'only approved programs run', reading(essentialEight, people('control workstations'))],
  ['restrict macros', 'of Microsoft Office', reading(essentialEight, people('configure workstations'))],
  ['user application hardening', 'browsers and the like', reading(essentialEight, people('configure workstations'))],
  [
    'regular backups',
    'made together, kept safe, restored for a test, out of reach of those who could destroy them',
    published(prowlerEssentialEight, m.backupPlan, m.backupReports, m.restoreTests),
    reading(essentialEight, m.vaultLock, m.isolatedCopies, m.guardrails),
  ],
]);
