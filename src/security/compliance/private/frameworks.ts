import { ComplianceFramework, type ComplianceFrameworkMap, ComplianceFrameworkStatus } from '../compliance-framework';
import { ESSENTIAL_EIGHT } from './essential-eight';
import { HIPAA_PROPOSED_RULE_2025 } from './hipaa-proposed-rule';
import { HIPAA_SECURITY_RULE } from './hipaa-security-rule';
import { ISO_27001_2022 } from './iso-27001';
import { NIS2_ARTICLE_21 } from './nis2';
import { NIST_800_53_R5 } from './nist-800-53';
import { NIST_CSF_2_0 } from './nist-csf';
import { RESILIENT_HEALTHCARE_GUIDE } from './resilient-healthcare-guide';
import { SOURCES } from './sources';

/** Every framework, laws first. */
export const FRAMEWORKS: ComplianceFrameworkMap[] = [
  {
    framework: ComplianceFramework.HIPAA_SECURITY_RULE,
    title: 'HIPAA Security Rule, 45 CFR 164.308 to 164.316',
    status: ComplianceFrameworkStatus.IN_FORCE,
    note: 'In force, for covered entities and their business associates. Published mappings align with a part of it only.',
    source: SOURCES.hipaa,
    controls: HIPAA_SECURITY_RULE,
  },
  {
    framework: ComplianceFramework.HIPAA_PROPOSED_RULE_2025,
    title: 'HIPAA Security Rule, proposed changes of 6 January 2025',
    status: ComplianceFrameworkStatus.PROPOSED,
    note: 'PROPOSED, no law: 90 FR 898. It was still a proposal in June 2026, the last date we have a source for; look up what became of it. Ids are names of ours.',
    source: SOURCES.proposedRule,
    controls: HIPAA_PROPOSED_RULE_2025,
  },
  {
    framework: ComplianceFramework.NIS2_ARTICLE_21,
    title: 'NIS2, Directive (EU) 2022/2555, Article 21(2)',
    status: ComplianceFrameworkStatus.IN_FORCE,
    note: 'In force through the law of each member state, for entities that it names. All of this is our reading.',
    source: SOURCES.nis2,
    controls: NIS2_ARTICLE_21,
  },
  {
    framework: ComplianceFramework.NIST_800_53_R5,
    title: 'NIST SP 800-53 revision 5',
    status: ComplianceFrameworkStatus.VOLUNTARY,
    note: 'Published mappings name enhancements and parts of these controls; a row is no statement about the whole control.',
    source: SOURCES.nist80053,
    controls: NIST_800_53_R5,
  },
  {
    framework: ComplianceFramework.NIST_CSF_2_0,
    title: 'NIST Cybersecurity Framework 2.0',
    status: ComplianceFrameworkStatus.VOLUNTARY,
    note: 'By category: published mappings still carry the subcategory numbers of version 1.1.',
    source: SOURCES.csf,
    controls: NIST_CSF_2_0,
  },
  {
    framework: ComplianceFramework.ISO_27001_2022,
    title: 'ISO/IEC 27001:2022, Annex A',
    status: ComplianceFrameworkStatus.VOLUNTARY,
    note: 'The standard is not free, and we did not read it: where a published mapping is named, it is its judgement; the rest is our reading of the titles.',
    source: SOURCES.iso,
    controls: ISO_27001_2022,
  },
  {
    framework: ComplianceFramework.ESSENTIAL_EIGHT,
    title: 'Essential Eight, November 2023',
    status: ComplianceFrameworkStatus.VOLUNTARY,
    note: 'No maturity level is claimed. The published mapping is for maturity level one. Three strategies are about workstations, which this library does not reach.',
    source: SOURCES.essentialEight,
    controls: ESSENTIAL_EIGHT,
  },
  {
    framework: ComplianceFramework.RESILIENT_HEALTHCARE_GUIDE,
    title: 'AWS guide: Building resilient healthcare through cloud',
    status: ComplianceFrameworkStatus.VOLUNTARY,
    note: 'Practices as its announcement of July 2025 tells them, which we know in translation; the English guide was not found. Ids are names of ours, and all of this is our reading.',
    source: SOURCES.guide,
    controls: RESILIENT_HEALTHCARE_GUIDE,
  },
];
