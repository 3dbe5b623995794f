/**
 * The security baseline of an account that stands alone, in the Region where its systems run and in the one where they would recover. Both
 * see the same: an intruder does not wait until the primary Region is back. Findings of both come together in the first.
 *
 *   cdk deploy --all -c account=… -c email=soc@example.org
 *
 * A service that is on already lets the deployment fail: security-brownfield-account.ts adopts what is there.
 */
import { App, Duration, Stack, Validations } from 'aws-cdk-lib';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks } from 'cdk-nag';
import { ConformancePack, RecordLock, SecurityBaseline, type SecurityBaselineProps, SecurityStandard } from '../src';

export const app = new App();

const context = (key: string): string | undefined => app.node.tryGetContext(key);
const account = context('account') ?? process.env.CDK_DEFAULT_ACCOUNT;
const homeRegion = context('homeRegion') ?? 'us-east-1';
const linkedRegion = context('linkedRegion') ?? 'us-west-2';

const choices: SecurityBaselineProps = {
  homeRegion,
  linkedRegions: [linkedRegion],
  accountSettings: {},
  accessAnalyzer: { unusedAfter: Duration.days(90) },
  activityDetections: { expectedRoles: ['Deployer'] }, // placeholder
  archiveFindings: true,
  auditTrail: { recordLock: RecordLock.governance(Duration.days(365)) },
  config: { conformancePacks: [ConformancePack.hipaa()] },
  detective: true,
  inspector: {},
  macie: {},
  securityHubCspm: {
    standards: [SecurityStandard.AWS_FOUNDATIONAL_1_0_0, SecurityStandard.CIS_5_0_0, SecurityStandard.NIST_800_53_R5],
  },
};

const linked = new Stack(app, 'SecurityLinked', {
  description: 'Security baseline of the recovery Region',
  env: { account, region: linkedRegion },
});
const home = new Stack(app, 'SecurityHome', {
  description: 'Security baseline of the primary Region, where findings of both come together',
  env: { account, region: homeRegion },
});
for (const stack of [linked, home]) {
  const { findingRouting } = new SecurityBaseline(stack, 'Security', choices);
  findingRouting.topic.addSubscription(new EmailSubscription(context('email') ?? 'soc@example.org')); // placeholder
}
home.addStackDependency(linked); // findings can only be aggregated from where the services are on

Validations.of(app).addPlugins(new HIPAASecurityChecks(app), new NIST80053R5Checks(app), new AwsSolutionsChecks(app));
