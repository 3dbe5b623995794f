import { ComplianceFramework } from '../compliance-framework';
import { controlsOf, people, reading } from './measure';
import { MEASURES as m } from './measures';
import { SOURCES } from './sources';

const { nis2 } = SOURCES;

/** Article 21(2), by point. Member states transpose it; who is bound, and how, is national law. */
export const NIS2_ARTICLE_21 = controlsOf(ComplianceFramework.NIS2_ARTICLE_21, [
  ['21(2)(a)', 'risk analysis', reading(nis2, m.judge, m.acceptedRisks, people('write policies; management approves'))],
  [
    '21(2)(b)',
    'incidents',
    reading(nis2, m.guardDuty, m.securityHub, m.routing, m.tickets, people('report significant incidents in time')),
  ],
  [
    '21(2)(c)',
    'continuity, backups, recovery, crises',
    reading(nis2, m.objectives, m.backupPlan, m.isolatedCopies, m.region, m.runbook, m.restoreTests),
    reading(nis2, people('plan roles, contacts and crisis management, and test the plan')),
  ],
  ['21(2)(d)', 'supply chain', reading(nis2, people('assess vendors, AWS and this library among them'))],
  ['21(2)(e)', 'development and vulnerabilities', reading(nis2, m.vulnerabilities, m.minorUpgrades)],
  ['21(2)(f)', 'whether measures work', reading(nis2, m.conformancePack, m.restoreTests, m.backupReports)],
  ['21(2)(g)', 'hygiene and training', reading(nis2, m.passwordPolicy, people('train everybody'))],
  ['21(2)(h)', 'cryptography', reading(nis2, m.encryptedStores, m.keyRotation, m.tls)],
  ['21(2)(i)', 'access and assets', reading(nis2, m.configuration, m.leastPrivilege, m.externalAccess, m.unusedAccess)],
  [
    '21(2)(j)',
    'multi-factor authentication, emergency communication',
    reading(
      nis2,
      m.rootMfa,
      people('enforce a second factor; keep means of communication that do not need the system'),
    ),
  ],
]);
