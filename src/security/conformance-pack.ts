import * as config from 'aws-cdk-lib/aws-config';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import type { Construct } from 'constructs';
import { fail, Problems } from '../core/private/fail';
import { EvidenceKind } from './compliance/compliance-evidence';
import { ComplianceFramework } from './compliance/compliance-framework';
import { ComplianceMap } from './compliance/compliance-map';
import { packTemplate } from './private/pack-template';

/** A managed rule of AWS Config in a conformance pack. */
export interface ManagedConfigRule {
  /** Its identifier, for example `S3_BUCKET_SSL_REQUESTS_ONLY`. */
  readonly identifier: string;
  /**
   * Its input parameters.
   *
   * @default - the rule's own defaults
   */
  readonly parameters?: { readonly [name: string]: string };
}

/** What a conformance pack is made from. */
interface Source {
  readonly file?: string;
  readonly body?: string;
  readonly document?: string;
}

/**
 * A set of AWS Config rules that is deployed and reported as one. Billed per evaluation of each rule. Packs collect evidence;
 * AWS says of its own that they "are not designed to ensure compliance", and neither are these.
 *
 * @see https://docs.aws.amazon.com/config/latest/developerguide/conformance-packs.html
 */
export class ConformancePack {
  /**
   * A pack that watches whether the services of this baseline stay on: CloudFormation sees no drift of what is adopted or
   * set by a function. 12 rules.
   */
  public static baselineDrift(): ConformancePack {
    return ConformancePack.ofManagedRules('baseline-drift', BASELINE_RULES);
  }

  /**
   * A pack of the rules that `ComplianceMap` names as evidence for the HIPAA Security Rule as it is in force: what this library deploys, watched.
   * 16 rules, each with its own defaults, which record whether resources are as the map says they are.
   *
   * This is not AWS's pack of that purpose, which has 130 rules, also for services this library has no part in: take that one with
   * `fromAwsDocument` or `fromFile`, in its place or beside this one. Not every rule is offered in every Region, and a pack with one that is not
   * does not deploy.
   */
  public static hipaa(): ConformancePack {
    const measures = ComplianceMap.controls(ComplianceFramework.HIPAA_SECURITY_RULE).flatMap(
      (control) => control.measures,
    );
    const rules = measures
      .flatMap(({ evidence }) => evidence)
      .filter(({ kind }) => kind === EvidenceKind.CONFIG_RULE)
      .map(({ name }) => name);
    const identifiers = [...new Set(rules)].sort();
    return ConformancePack.ofManagedRules(
      'hipaa-security',
      identifiers.map((identifier) => ({ identifier })),
    );
  }

  /**
   * A pack of managed rules of your choice.
   *
   * @throws InvalidConformancePack when it has no rule, more than 130, one twice, or takes more than 51,200 characters with its parameters
   * @see https://docs.aws.amazon.com/config/latest/developerguide/managed-rules-by-aws-config.html
   */
  public static ofManagedRules(name: string, rules: ManagedConfigRule[]): ConformancePack {
    const problems = new Problems(undefined, 'InvalidConformancePack');
    const identifiers = rules.map(({ identifier }) => identifier);
    problems.require(
      rules.length >= 1 && rules.length <= 130,
      `a pack has 1 to 130 rules, got ${rules.length} in ${name}`,
    );
    problems.require(new Set(identifiers).size === rules.length, `${name} has a rule twice: ${identifiers.join(', ')}`);
    for (const identifier of identifiers) {
      problems.require(/^[A-Z0-9_]+$/.test(identifier), `an identifier reads like EBS_ENCRYPTED, got "${identifier}"`);
    }
    const body = packTemplate(rules);
    problems.require(
      body.length <= INLINE_SIZE,
      `a pack takes ${INLINE_SIZE} characters, got ${body.length} in ${name}; write it to a file for ConformancePack.fromFile`,
    );
    problems.throwIfAny();
    return new ConformancePack(name, { body });
  }

  /**
   * A pack from a template file, for example AWS's `Operational-Best-Practices-for-HIPAA-Security.yaml`, of which you keep a
   * copy. It is uploaded as an asset, because such templates are too long to be inlined.
   *
   * @param file the path of the file, at most 300 KB
   * @see https://github.com/awslabs/aws-config-rules/tree/master/aws-config-conformance-packs
   */
  public static fromFile(name: string, file: string): ConformancePack {
    return new ConformancePack(name, { file });
  }

  /**
   * A pack that AWS keeps in Systems Manager and updates, by the name of its document. List them with `aws ssm
   * list-documents --filters Key=Owner,Values=Amazon Key=DocumentType,Values=ConformancePackTemplate`; one is
   * `AWSConformancePacks-OperationalBestPracticesforHIPAASecurity`. Names differ by Region and time, so check yours.
   *
   * @throws InvalidConformancePack when the name is not of such a document
   */
  public static fromAwsDocument(name: string, documentName: string): ConformancePack {
    if (!/^AWSConformancePacks-[A-Za-z0-9_.-]+$/.test(documentName)) {
      fail(undefined, 'InvalidConformancePack', `a document begins with AWSConformancePacks-, got "${documentName}"`);
    }
    return new ConformancePack(name, { document: documentName });
  }

  private readonly parameters: Record<string, string> = {};

  private constructor(
    /** Name of the pack, unique in account and Region. */
    public readonly name: string,
    private readonly source: Source,
  ) {
    if (!/^[A-Za-z][-A-Za-z0-9]{0,255}$/.test(name)) {
      fail(
        undefined,
        'InvalidConformancePack',
        `a name begins with a letter, then letters, digits, hyphens; got "${name}"`,
      );
    }
  }

  /** The same pack with another value for one of its input parameters. */
  public withParameter(name: string, value: string): ConformancePack {
    const pack = new ConformancePack(this.name, this.source);
    Object.assign(pack.parameters, this.parameters, { [name]: value });
    return pack;
  }

  /**
   * Called by ConfigRecording.
   *
   * @internal
   */
  public _render(scope: Construct): config.CfnConformancePack {
    const { file, body, document } = this.source;
    const id = `ConformancePack-${this.name}`;
    return new config.CfnConformancePack(scope, id, {
      conformancePackName: this.name,
      templateBody: body,
      templateS3Uri: file && new Asset(scope, `${id}-Template`, { path: file }).s3ObjectUrl,
      templateSsmDocumentDetails: document && { DocumentName: document },
      conformancePackInputParameters: Object.entries(this.parameters).map(([parameterName, parameterValue]) => ({
        parameterName,
        parameterValue,
      })),
    });
  }
}

/** https://docs.aws.amazon.com/config/latest/APIReference/API_PutConformancePack.html */
const INLINE_SIZE = 51_200;

/** https://docs.aws.amazon.com/config/latest/developerguide/managed-rules-by-aws-config.html */
const BASELINE_RULES: ManagedConfigRule[] = [
  { identifier: 'CLOUD_TRAIL_ENABLED' },
  { identifier: 'CLOUD_TRAIL_ENCRYPTION_ENABLED' },
  { identifier: 'CLOUD_TRAIL_LOG_FILE_VALIDATION_ENABLED' },
  { identifier: 'MULTI_REGION_CLOUD_TRAIL_ENABLED' },
  { identifier: 'GUARDDUTY_ENABLED_CENTRALIZED' },
  { identifier: 'GUARDDUTY_RDS_PROTECTION_ENABLED' },
  { identifier: 'GUARDDUTY_RUNTIME_MONITORING_ENABLED' },
  { identifier: 'SECURITYHUB_ENABLED' },
  { identifier: 'EC2_EBS_ENCRYPTION_BY_DEFAULT' },
  { identifier: 'IAM_PASSWORD_POLICY' },
  { identifier: 'ROOT_ACCOUNT_MFA_ENABLED' },
  { identifier: 'S3_ACCOUNT_LEVEL_PUBLIC_ACCESS_BLOCKS_PERIODIC' },
];
