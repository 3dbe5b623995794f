import { Token } from 'aws-cdk-lib';
import * as organizations from 'aws-cdk-lib/aws-organizations';
import { Construct } from 'constructs';
import { fail, Problems } from '../core/private/fail';
import { Guardrail } from './guardrail';
import { dataPerimeter, EC2_DEFAULTS, PRIVATE_BUCKETS } from './private/organization-policies';

/** Who may reach the data of the organization. */
export interface DataPerimeterOptions {
  /** Id of the organization, for example `o-a1b2c3d4e5`. */
  readonly organizationId: string;
  /**
   * Accounts of others that may reach buckets, keys, secrets and queues where their own policies let them: vendors, partners, and the
   * account by which Elastic Load Balancing delivers access logs in each older Region (127311923021 in us-east-1). Without that one
   * a load balancer with an access log cannot be deployed there.
   *
   * @default - none
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
   */
  readonly trustedAccounts?: string[];
}

/** Properties of OrganizationGuardrails. */
export interface OrganizationGuardrailsProps {
  /**
   * What the policies hold for: the root (`r-…`), organizational units (`ou-…`) or accounts. They hold for everything below,
   * and never for the management account.
   */
  readonly targetIds: string[];
  /**
   * Names of roles, with `*` for parts of them, for whom service control policies do not hold: the break-glass role, and the
   * role that deploys guarded resources (with AWS Control Tower also `AWSControlTowerExecution`). At least one: a guardrail nobody can open
   * locks out whoever must act. A role with a path is named with it: `aws-reserved/sso.amazonaws.com/*AWSReservedSSO_BreakGlass_*` for the
   * permission set `BreakGlass` of IAM Identity Center. Roles of these names are made and changed by each other only, so make the first before.
   *
   * @see https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html
   */
  readonly exemptRoles: string[];
  /**
   * What nobody else may do. Add `Guardrail.stayInRegions` with every Region that recovery needs.
   *
   * @default - audit, detection, backups and keys stay; nothing is shared with everybody; no account leaves
   */
  readonly guardrails?: Guardrail[];
  /**
   * Keep everybody outside of the organization from its data, whatever policies of buckets, keys, secrets and queues say: a
   * resource control policy. AWS services are let through. Buckets that are public on purpose stop being so.
   *
   * @default - the policies of resources decide
   */
  readonly dataPerimeter?: DataPerimeterOptions;
  /**
   * Fix the settings of Amazon EC2 in every account: no public images or snapshots, no serial console, IMDSv2 by default. A
   * declarative policy: new accounts have them from their first day.
   *
   * @default true
   */
  readonly ec2Defaults?: boolean;
  /**
   * Block public access to every bucket of every account, also those of accounts that come later, and whatever an account says itself: an Amazon
   * S3 policy. Its type, `S3_POLICY`, must be enabled in the organization. Beside it `AccountSettings` may be denied to set the same in an account.
   *
   * @default false
   * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_s3.html
   */
  readonly blockPublicBuckets?: boolean;
}

/**
 * Characters that a policy may have. Newer documentation allows service control policies 10,240, and 10 of them for a target; older, and pages
 * of other partitions, 5120 and 5: what holds by those holds by both.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html
 */
const POLICY_SIZE = 5120;
const DECLARATIVE_POLICY_SIZE = 10_000;
/** Service control policies that a target may have, beside `FullAWSAccess`. */
const POLICIES_PER_TARGET = 4;

/**
 * Policies of AWS Organizations for a hospital's accounts, attached to what they hold for. Deploy it in the management account,
 * where the policy types must be enabled. Free of charge.
 *
 * Try it on a small organizational unit first: what it denies, it denies at once.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies.html
 */
export class OrganizationGuardrails extends Construct {
  /** Service control policies, as few as hold the guardrails. */
  public readonly serviceControlPolicies: organizations.CfnPolicy[];
  /** The resource control policy; none unless asked for. */
  public readonly resourceControlPolicy?: organizations.CfnPolicy;
  /** The declarative policy for Amazon EC2; none where it is not wanted. */
  public readonly ec2Policy?: organizations.CfnPolicy;
  /** The policy that keeps buckets private; none unless asked for. */
  public readonly s3Policy?: organizations.CfnPolicy;

  /**
   * @throws InvalidTargets when there is none, or one is not the id of a root, organizational unit or account
   * @throws MissingBreakGlass when no role is exempt
   * @throws TooManyGuardrails when they need more policies than a target may have
   * @throws PolicyTooLong when a statement, or the trusted accounts, take more characters than a policy may have
   */
  public constructor(scope: Construct, id: string, props: OrganizationGuardrailsProps) {
    super(scope, id);
    const { targetIds } = props;
    this.validate(props);
    const guardrails = props.guardrails ?? defaultGuardrails();
    const exempt = [...new Set([...props.exemptRoles, ...guardrails.flatMap(({ _alsoExempt }) => _alsoExempt)])];
    const documents = pack([
      ...guardrails.flatMap((guard) => guard._statements(props.exemptRoles)),
      ...Guardrail._keepExemptRoles()._statements(props.exemptRoles, exempt), // or whoever may make a role is exempt
    ]);
    if (documents.length > POLICIES_PER_TARGET) {
      fail(
        this,
        'TooManyGuardrails',
        `the guardrails need ${documents.length} policies, and a target takes ${POLICIES_PER_TARGET} beside FullAWSAccess; leave some out, or spread them over targets`,
      );
    }
    this.serviceControlPolicies = documents.map((statements, index) =>
      this.policy(`ServiceControl${index + 1}`, 'SERVICE_CONTROL_POLICY', targetIds, policyDocument(statements)),
    );
    if (props.dataPerimeter) {
      const { organizationId, trustedAccounts = [] } = props.dataPerimeter;
      const statements = dataPerimeter(organizationId, trustedAccounts);
      this.resourceControlPolicy = this.policy(
        'DataPerimeter',
        'RESOURCE_CONTROL_POLICY',
        targetIds,
        policyDocument(statements),
      );
    }
    if (props.ec2Defaults ?? true) {
      this.ec2Policy = this.policy('Ec2Defaults', 'DECLARATIVE_POLICY_EC2', targetIds, EC2_DEFAULTS);
    }
    if (props.blockPublicBuckets) {
      this.s3Policy = this.policy('PrivateBuckets', 'S3_POLICY', targetIds, PRIVATE_BUCKETS);
    }
  }

  private validate({ targetIds, exemptRoles, dataPerimeter: perimeter }: OrganizationGuardrailsProps): void {
    const known = targetIds.filter((target) => !Token.isUnresolved(target));
    const problems = new Problems(this, 'InvalidTargets');
    problems.require(targetIds.length > 0, 'name what the policies hold for, got no targetIds');
    for (const target of known) {
      problems.require(
        /^(r-[0-9a-z]{4,32}|ou-[0-9a-z]{4,32}-[0-9a-z]{8,32}|\d{12})$/.test(target),
        `a target is a root (r-…), an organizational unit (ou-…-…) or an account of 12 digits, got "${target}"`,
      );
    }
    problems.require(
      !perimeter ||
        Token.isUnresolved(perimeter.organizationId) ||
        /^o-[a-z0-9]{10,32}$/.test(perimeter.organizationId),
      `the id of an organization begins with o-, got "${perimeter?.organizationId}"`,
    );
    problems.throwIfAny();
    if (exemptRoles.length === 0 || exemptRoles.some((role) => role.replace(/\*/g, '') === '')) {
      fail(
        this,
        'MissingBreakGlass',
        `exemptRoles must name the break-glass role, and no pattern that exempts everybody, got ${exemptRoles.join(', ') || 'none'}`,
      );
    }
  }

  private policy(id: string, type: string, targetIds: string[], content: object): organizations.CfnPolicy {
    const most = type.endsWith('_CONTROL_POLICY') ? POLICY_SIZE : DECLARATIVE_POLICY_SIZE;
    const size = JSON.stringify(content).length;
    if (size > most) {
      fail(
        this,
        'PolicyTooLong',
        `${id} has ${size} characters, and a policy of type ${type} takes ${most}; name fewer actions, roles or accounts, or spread them over guardrails`,
      );
    }
    return new organizations.CfnPolicy(this, id, {
      name: `${this.node.id}-${id}`,
      description: 'Guardrails of the clinical accounts',
      type,
      targetIds,
      content,
    });
  }
}

function defaultGuardrails(): Guardrail[] {
  return [
    Guardrail.keepAuditing(),
    Guardrail.keepDetecting(),
    Guardrail.keepBackups(),
    Guardrail.keepKeys(),
    Guardrail.noPublicSharing(),
    Guardrail.stayInOrganization(),
  ];
}

function policyDocument(statements: object[]): object {
  return { Version: '2012-10-17', Statement: statements };
}

/** Statements in as few documents as they fit into, in their order. */
function pack(statements: object[]): object[][] {
  const documents: object[][] = [];
  for (const statement of statements) {
    const current = documents.at(-1);
    if (current && JSON.stringify(policyDocument([...current, statement])).length <= POLICY_SIZE) {
      current.push(statement);
    } else {
      documents.push([statement]);
    }
  }
  return documents;
}
