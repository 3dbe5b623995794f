/** Who publishes mappings, and where the texts are. */
export const SOURCES = {
  nag: 'https://github.com/cdklabs/cdk-nag/blob/main/RULES.md',
  prowlerHipaa:
    'https://github.com/prowler-cloud/prowler/blob/03d4c23551e1e296b54fb22f4406ac820954440a/prowler/compliance/aws/hipaa_aws.json',
  prowlerIso: 'https://github.com/prowler-cloud/prowler/blob/3e000faa/prowler/compliance/aws/iso27001_2022_aws.json',
  prowlerCsf: 'https://github.com/prowler-cloud/prowler/blob/3e000faa/prowler/compliance/aws/nist_csf_2.0_aws.json',
  prowlerEssentialEight:
    'https://github.com/prowler-cloud/prowler/blob/3e000faa/prowler/compliance/aws/asd_essential_eight_aws.json',
  guardDutyControls: 'https://docs.aws.amazon.com/securityhub/latest/userguide/guardduty-controls.html',
  sharedResponsibility: 'https://aws.amazon.com/compliance/shared-responsibility-model/',
  hipaa: 'https://www.ecfr.gov/current/title-45/subtitle-A/subchapter-C/part-164/subpart-C',
  proposedRule: 'https://www.federalregister.gov/d/2024-30983',
  nist80053: 'https://csrc.nist.gov/pubs/sp/800/53/r5/upd1/final',
  csf: 'https://www.nist.gov/cyberframework',
  iso: 'https://www.iso.org/standard/27001',
  essentialEight: 'https://www.cyber.gov.au/resources-business-and-government/essential-cybersecurity/essential-eight',
  nis2: 'https://eur-lex.europa.eu/eli/dir/2022/2555/oj',
  // the English original was not found: the announcement is known to us in translation
  guide: 'https://aws.amazon.com/blogs/publicsector/',
};
