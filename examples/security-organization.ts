/**
 * The security of an organization: guardrails and a delegated administrator from the management account, and in the
 * administrator's account the home of all findings, from where services are turned on in every account.
 *
 *   cdk deploy --all -c managementAccount=… -c securityAccount=… -c root=r-… -c organizationId=o-…
 *
 * Each stack is deployed with credentials of its own account; CDK orders them.
 */
import { App, Stack, Validations } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks } from 'cdk-nag';
import {
  AccountServiceHandler,
  Enablement,
  Guardrail,
  OrganizationDelegation,
  OrganizationEnrollment,
  OrganizationGuardrails,
  SecurityBaseline,
  SecurityStandard,
  TicketConnector,
} from '../src';

export const app = new App();

const context = (key: string): string | undefined => app.node.tryGetContext(key);
const ownAccount = context('managementAccount');
const managementAccount = ownAccount ?? '111111111111'; // placeholder
const securityAccount = context('securityAccount') ?? (ownAccount ? undefined : '222222222222'); // placeholder
if (!securityAccount) {
  throw new Error(
    '-c securityAccount=… is missing: an account of your own organization, which administers its security',
  );
}
const root = context('root') ?? 'r-ab12'; // placeholder
const organizationId = context('organizationId') ?? 'o-a1b2c3d4e5'; // placeholder
const homeRegion = 'us-east-1';
const linkedRegion = 'us-west-2';
const regions = [homeRegion, linkedRegion];

// ---- the management account ----------------------------------------------------------------------------------
const guardrails = new Stack(app, 'Guardrails', { env: { account: managementAccount, region: homeRegion } });
new OrganizationGuardrails(guardrails, 'Clinical', {
  targetIds: [root],
  exemptRoles: ['BreakGlass', 'AWSControlTowerExecution'],
  guardrails: [
    Guardrail.stayInRegions(...regions), // both: a failover must not be denied
    Guardrail.keepAuditing(),
    Guardrail.keepDetecting(),
    Guardrail.keepBackups(),
    Guardrail.keepKeys(),
    Guardrail.noPublicSharing(),
    Guardrail.stayInOrganization(),
  ],
  dataPerimeter: { organizationId },
});

const delegations = regions.map((region) => {
  const stack = new Stack(app, `Delegation-${region}`, { env: { account: managementAccount, region } });
  const encryptionKey = new Key(stack, 'Key', { enableKeyRotation: true });
  const adopter = new AccountServiceHandler(stack, 'Adopter', { encryptionKey });
  new OrganizationDelegation(stack, 'Delegation', { adopter, administratorAccount: securityAccount });
  return stack;
});
delegations[1].addStackDependency(delegations[0]); // services accept a first Region alone, and the others after it

// ---- the security team's account -----------------------------------------------------------------------------
const [home, linked] = regions.map((region) => {
  const stack = new Stack(app, `Security-${region}`, { env: { account: securityAccount, region } });
  const baseline = new SecurityBaseline(stack, 'Security', {
    homeRegion,
    linkedRegions: [linkedRegion],
    enablement: { guardDuty: Enablement.adopt(), securityHubCspm: Enablement.adopt() }, // delegation turned them on
    inspector: {},
    securityHub: { tickets: TicketConnector.jiraCloud('SEC') },
  });
  if (baseline.adopter) {
    const enrollment = new OrganizationEnrollment(stack, 'Enrollment', {
      adopter: baseline.adopter,
      centralConfiguration:
        region === homeRegion
          ? {
              targetIds: [root],
              standards: [SecurityStandard.AWS_FOUNDATIONAL_1_0_0, SecurityStandard.NIST_800_53_R5],
            }
          : undefined,
    });
    enrollment.node.addDependency(baseline); // members are enrolled in what is on
  }
  return stack;
});
home.addStackDependency(linked);
for (const stack of [home, linked]) {
  for (const delegation of delegations) stack.addStackDependency(delegation);
}

Validations.of(app).addPlugins(new HIPAASecurityChecks(app), new NIST80053R5Checks(app), new AwsSolutionsChecks(app));
