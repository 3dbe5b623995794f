import * as macie from 'aws-cdk-lib/aws-macie';
import { Construct } from 'constructs';
import { DataProtection } from '../core/data-protection';
import { fail } from '../core/private/fail';
import type { AccountServiceHandler } from './account-service-handler';
import { keepOn } from './private/singleton';

/** What to choose about Amazon Macie. */
export interface MacieOptions {
  /**
   * Sample objects of every bucket continuously, to find where sensitive data lies that nobody expected there. Billed per
   * object watched and per gigabyte sampled, and per bucket and month anyway. CloudFormation cannot set it, so it needs
   * `Enablement.adopt()`.
   *
   * @default false
   */
  readonly automatedDiscovery?: boolean;
}

/** Properties of Macie. */
export interface MacieProps extends MacieOptions {
  /**
   * Adopts a session that is there already instead of making one.
   *
   * @default - CloudFormation makes the session
   */
  readonly adopter?: AccountServiceHandler;
  /**
   * Whether the session, and with it every finding, outlives the stack.
   *
   * @default DataProtection.retain()
   */
  readonly dataProtection?: DataProtection;
}

/**
 * Amazon Macie in one Region: watches how buckets are shared and encrypted, and finds sensitive data in them. Its findings
 * name objects: see to it that object keys hold no patient data.
 *
 * @see https://docs.aws.amazon.com/macie/latest/user/what-is-macie.html
 */
export class Macie extends Construct {
  /** The session; none where it is adopted. */
  public readonly session?: macie.CfnSession;

  /**
   * @throws NeedsAdoption when data is to be discovered and nothing adopts
   */
  public constructor(scope: Construct, id: string, props: MacieProps = {}) {
    super(scope, id);
    const { adopter, automatedDiscovery = false } = props;
    if (adopter) {
      adopter._ask(this, 'AdoptedSession', {
        service: 'Macie',
        desired: { FindingPublishingFrequency: FREQUENCY, AutomatedDiscovery: automatedDiscovery },
        actions: [
          ...['GetMacieSession', 'EnableMacie', 'UpdateMacieSession'],
          ...['GetAutomatedDiscoveryConfiguration', 'UpdateAutomatedDiscoveryConfiguration'],
        ].map((action) => `macie2:${action}`),
        serviceLinkedRoles: ['macie.amazonaws.com'],
      });
      return;
    }
    if (automatedDiscovery) {
      fail(
        this,
        'NeedsAdoption',
        'CloudFormation cannot set automatedDiscovery, got true; say enablement: { macie: Enablement.adopt() }',
      );
    }
    this.session = new macie.CfnSession(this, 'Session', {
      findingPublishingFrequency: FREQUENCY,
      status: 'ENABLED',
    });
    keepOn(this.session, props.dataProtection ?? DataProtection.retain());
  }
}

/** How often a finding that recurs is sent again. */
const FREQUENCY = 'FIFTEEN_MINUTES';
