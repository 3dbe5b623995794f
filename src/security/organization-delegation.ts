import type { CustomResource } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { Problems } from '../core/private/fail';
import type { AccountServiceHandler } from './account-service-handler';

/** A service that one account can administer for its organization. */
export enum DelegatedService {
  /** Amazon Detective. */
  DETECTIVE = 'Detective',
  /** Amazon GuardDuty. */
  GUARDDUTY = 'GuardDuty',
  /** Amazon Inspector. */
  INSPECTOR = 'Inspector',
  /** Amazon Macie. */
  MACIE = 'Macie',
  /** AWS Security Hub CSPM. */
  SECURITY_HUB_CSPM = 'SecurityHubCspm',
  /** The unified AWS Security Hub. */
  SECURITY_HUB = 'SecurityHub',
}

/** Properties of an OrganizationDelegation. */
export interface OrganizationDelegationProps {
  /** The account that administers the services: the security team's, and not the management account. */
  readonly administratorAccount: string;
  /** Does it: most of these services have no CloudFormation resource for it. */
  readonly adopter: AccountServiceHandler;
  /**
   * What it administers. AWS recommends one account for all.
   *
   * @default - GuardDuty, Inspector, Macie, Security Hub CSPM and the unified Security Hub
   */
  readonly services?: DelegatedService[];
}

const ADMINISTRATORS = ['ListOrganizationAdminAccounts', 'EnableOrganizationAdminAccount'];
const ACTIONS: Record<DelegatedService, string[]> = {
  [DelegatedService.DETECTIVE]: ADMINISTRATORS.map((action) => `detective:${action}`),
  [DelegatedService.GUARDDUTY]: ADMINISTRATORS.map((action) => `guardduty:${action}`),
  [DelegatedService.INSPECTOR]: ['inspector2:ListDelegatedAdminAccounts', 'inspector2:EnableDelegatedAdminAccount'],
  [DelegatedService.MACIE]: ADMINISTRATORS.map((action) => `macie2:${action}`),
  [DelegatedService.SECURITY_HUB_CSPM]: ADMINISTRATORS.map((action) => `securityhub:${action}`),
  [DelegatedService.SECURITY_HUB]: ADMINISTRATORS.map((action) => `securityhub:${action}`),
};

/** What the services ask AWS Organizations for, in the name of whoever delegates. */
const ORGANIZATIONS = [
  ...['DescribeOrganization', 'ListDelegatedAdministrators', 'ListAWSServiceAccessForOrganization'],
  ...['EnableAWSServiceAccess', 'RegisterDelegatedAdministrator', 'DescribeAccount', 'ListAccounts'],
].map((action) => `organizations:${action}`);

/**
 * Makes the security team's account the administrator of security services in one Region. Deploy it in the management account,
 * in each Region; the first Region alone, and the others after it.
 *
 * A service that another account administers stays with it, and the deployment fails and says so: moving it would take its
 * members along. Deleting the stack delegates nothing back.
 */
export class OrganizationDelegation extends Construct {
  /** What delegates. */
  public readonly resource: CustomResource;

  /**
   * @throws InvalidDelegation when the account is not one, or no service is named
   */
  public constructor(scope: Construct, id: string, props: OrganizationDelegationProps) {
    super(scope, id);
    const services = props.services ?? defaultServices();
    const problems = new Problems(this, 'InvalidDelegation');
    problems.require(
      /^\d{12}$/.test(props.administratorAccount),
      `administratorAccount has 12 digits, got "${props.administratorAccount}"`,
    );
    problems.require(services.length > 0, 'services is empty; leave it out for the default');
    problems.throwIfAny();
    this.resource = props.adopter._ask(this, 'Delegation', {
      service: 'OrganizationDelegation',
      desired: { AdministratorAccount: props.administratorAccount, Services: services },
      actions: [...new Set([...services.flatMap((service) => ACTIONS[service]), ...ORGANIZATIONS])],
      serviceLinkedRoles: SERVICE_LINKED_ROLES,
    });
  }
}

/** Roles that some of the services make in the management account. */
const SERVICE_LINKED_ROLES = ['guardduty.amazonaws.com', 'macie.amazonaws.com', 'inspector2.amazonaws.com'];

function defaultServices(): DelegatedService[] {
  return Object.values(DelegatedService).filter((service) => service !== DelegatedService.DETECTIVE);
}
