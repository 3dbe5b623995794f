import type { Aws } from './aws';
import { foundBefore, isManagedElsewhere } from './managed-elsewhere';
import { asError, retrying } from './retry';
import * as accessAnalyzer from './services/access-analyzer';
import * as accountSettings from './services/account-settings';
import * as config from './services/config';
import * as detective from './services/detective';
import * as guardDuty from './services/guard-duty';
import * as inspector from './services/inspector';
import * as macie from './services/macie';
import * as organizationDelegation from './services/organization-delegation';
import * as organizationEnrollment from './services/organization-enrollment';
import * as securityHub from './services/security-hub';
import * as securityHubCspm from './services/security-hub-cspm';

/** What a service is asked with. `desired` is what the construct wrote for that service. */
export interface ServiceContext<Desired> {
  readonly aws: Aws;
  readonly desired: Desired;
  readonly account: string;
  readonly region: string;
  readonly sleep: (millis: number) => Promise<void>;
  readonly remainingMillis: () => number;
}

/** How it went, as attributes of the custom resource. */
export interface Outcome {
  readonly Status: 'ADOPTED' | 'CREATED' | 'MANAGED_ELSEWHERE';
  readonly Id: string;
  readonly [attribute: string]: string;
}

/** An event of a custom resource. */
export interface CloudFormationEvent {
  readonly RequestType: string;
  readonly ResponseURL: string;
  readonly StackId: string;
  readonly RequestId: string;
  readonly LogicalResourceId: string;
  readonly PhysicalResourceId?: string;
  readonly ResourceProperties: {
    readonly Service: string;
    readonly Desired: string;
    readonly OnManagedElsewhere: string;
  };
}

/** What is outside of this function. */
export interface HandlerDependencies {
  readonly aws: Aws;
  readonly answer: (url: string, body: object) => Promise<void>;
  readonly remainingMillis: () => number;
  readonly sleep: (millis: number) => Promise<void>;
  readonly log: (entry: object) => void;
}

/** What each service does to get what is asked for. */
export const SERVICES = {
  AccessAnalyzer: accessAnalyzer,
  AccountSettings: accountSettings,
  Config: config,
  Detective: detective,
  GuardDuty: guardDuty,
  Inspector: inspector,
  Macie: macie,
  OrganizationDelegation: organizationDelegation,
  OrganizationEnrollment: organizationEnrollment,
  SecurityHub: securityHub,
  SecurityHubCspm: securityHubCspm,
};

/**
 * Answer one event of CloudFormation: adopt or create, and only ever raise. Deleting does nothing, whatever happened before:
 * a service that protects an account outlives the stack that asked for it.
 */
export async function handle(
  event: CloudFormationEvent,
  { aws, answer, remainingMillis, sleep, log }: HandlerDependencies,
): Promise<void> {
  const { Service, Desired, OnManagedElsewhere } = event.ResourceProperties;
  const [, , , region, account] = event.StackId.split(':');
  const tell = (Status: 'SUCCESS' | 'FAILED', rest: object) =>
    answer(event.ResponseURL, {
      Status,
      PhysicalResourceId: event.PhysicalResourceId ?? `${Service}:${account}:${region}`, // for life: it never replaces
      StackId: event.StackId,
      RequestId: event.RequestId,
      LogicalResourceId: event.LogicalResourceId,
      ...rest,
    });
  if (event.RequestType === 'Delete') {
    return tell('SUCCESS', {});
  }
  try {
    const data = await converge(Service, {
      aws: retrying({ aws, sleep, remainingMillis }),
      desired: JSON.parse(Desired) as never,
      account,
      region,
      sleep,
      remainingMillis,
    });
    log({ service: Service, ...data });
    return tell('SUCCESS', { Data: data });
  } catch (caught) {
    const error = asError(caught);
    log({ service: Service, error: error.name, message: error.message });
    if (isManagedElsewhere(error) && OnManagedElsewhere !== 'FAIL') {
      return tell('SUCCESS', { Data: { Status: 'MANAGED_ELSEWHERE', Id: foundBefore(error) ?? '' } });
    }
    return tell('FAILED', { Reason: shorten(`${Service}: ${error.name}: ${error.message}`) });
  }
}

/** Of what the construct wrote, each service reads its own. */
async function converge(service: string, context: ServiceContext<never>): Promise<Outcome> {
  if (!(service in SERVICES)) {
    throw new Error(`unknown service ${service}`);
  }
  return SERVICES[service as keyof typeof SERVICES].converge(context);
}

/** A response to CloudFormation holds at most 4096 bytes. */
function shorten(text: string): string {
  return text.length > 1000 ? `${text.slice(0, 1000)}…` : text;
}
