import { Stack } from 'aws-cdk-lib';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { DataProtection } from '../core/data-protection';
import { fail } from '../core/private/fail';
import { keepOn } from './private/singleton';

/** Properties of LogDataProtection. */
export interface LogDataProtectionProps {
  /**
   * What is masked.
   *
   * @default - numbers by which health systems and social insurances of the US, Canada, the UK and the EU know a patient
   */
  readonly identifiers?: logs.DataIdentifier[];
  /**
   * Whether masking goes on when the stack goes.
   *
   * @default DataProtection.retain()
   */
  readonly dataProtection?: DataProtection;
}

/**
 * Masks what looks like a patient's number in every log group of the account and Region, now and later, for everybody without
 * `logs:Unmask`. A safety net below applications that must not log patient data: it knows numbers, not names of diseases.
 *
 * Billed per gigabyte that is scanned, which is everything that is logged. An account has one such policy.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/mask-sensitive-log-data.html
 */
export class LogDataProtection extends Construct {
  /** The policy. */
  public readonly policy: logs.CfnAccountPolicy;

  /**
   * @throws NothingToMask when the list of identifiers is empty
   */
  public constructor(scope: Construct, id: string, props: LogDataProtectionProps = {}) {
    super(scope, id);
    const identifiers = props.identifiers ?? patientIdentifiers();
    if (identifiers.length === 0) {
      fail(this, 'NothingToMask', 'identifiers is empty; leave it out for the default');
    }
    const { partition } = Stack.of(this);
    const arns = identifiers.map(({ name }) => `arn:${partition}:dataprotection::aws:data-identifier/${name}`);
    this.policy = new logs.CfnAccountPolicy(this, 'Policy', {
      policyName: 'patient-data',
      policyType: 'DATA_PROTECTION_POLICY',
      scope: 'ALL',
      policyDocument: Stack.of(this).toJsonString({
        Name: 'patient-data',
        Version: '2021-06-01',
        Statement: [
          { Sid: 'audit', DataIdentifier: arns, Operation: { Audit: { FindingsDestination: {} } } },
          { Sid: 'mask', DataIdentifier: arns, Operation: { Deidentify: { MaskConfig: {} } } },
        ],
      }),
    });
    keepOn(this.policy, props.dataProtection ?? DataProtection.retain());
  }
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/protect-sensitive-log-data-types-health.html */
function patientIdentifiers(): logs.DataIdentifier[] {
  return [
    logs.DataIdentifier.HEALTHINSURANCECARDNUMBER_EU,
    logs.DataIdentifier.HEALTHINSURANCECLAIMNUMBER_US,
    logs.DataIdentifier.HEALTHINSURANCENUMBER_FR,
    logs.DataIdentifier.MEDICAREBENEFICIARYNUMBER_US,
    logs.DataIdentifier.NHSNUMBER_GB,
    logs.DataIdentifier.PERSONALHEALTHNUMBER_CA,
    logs.DataIdentifier.SSN_US,
  ];
}
