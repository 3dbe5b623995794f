/**
 * An account whose intruders are contained: evidence is kept at once, machines of the back office are cut off without asking, and for
 * everything that care depends on, somebody is asked first.
 *
 *   cdk deploy -c account=… -c forensicAccount=… -c alerts=soc@example.org
 *
 * Give the policy `Approver` to whoever is on call: the question that arrives by e-mail says which command to run.
 */
import { App, Duration, Stack, Validations } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { ManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks } from 'cdk-nag';
import { ActivityDetection, ChatChannel, ResponseMode, SecurityBaseline } from '../src';

export const app = new App();

const context = (key: string): string | undefined => app.node.tryGetContext(key);
const ownAccount = context('account') ?? process.env.CDK_DEFAULT_ACCOUNT;
const account = ownAccount ?? '111111111111'; // placeholder
const forensicAccount = context('forensicAccount') ?? (ownAccount ? undefined : '222222222222'); // placeholder
if (!forensicAccount) {
  throw new Error(
    '-c forensicAccount=… is missing: an account of your own organization, which gets snapshots and events',
  );
}

const stack = new Stack(app, 'SecurityResponse', { env: { account, region: 'us-east-1' } });
const baseline = new SecurityBaseline(stack, 'Security', {
  homeRegion: 'us-east-1',
  activityDetections: {
    detections: [...ActivityDetection.standard(), ActivityDetection.SHELLS],
    expectedRoles: [`arn:aws:iam::${account}:role/Terraform`], // placeholder
  },
  findingRouting: {
    chat: ChatChannel.slack({ workspaceId: 'T0123ABCD', channelId: 'C0123ABCD' }), // placeholders
    forwardTo: EventBus.fromEventBusArn(stack, 'Soc', `arn:aws:events:us-east-1:${forensicAccount}:event-bus/soc`),
    notifyOnce: true,
  },
  incidentResponse: {
    mode: ResponseMode.auto({ approvalTimeout: Duration.hours(1) }),
    neverContain: ['BreakGlass'],
    securityHubProducts: ['CrowdStrike Falcon'], // a partner's product that sends its findings there; placeholder
    forensicAccount,
  },
});
baseline.findingRouting.notificationTopic?.topic.addSubscription(
  new EmailSubscription(context('alerts') ?? 'soc@example.org'), // placeholder
);
baseline.incidentResponse?.grantApprove(
  new ManagedPolicy(stack, 'Approver', { description: 'Approves or refuses to contain a resource' }),
);

Validations.of(app).addPlugins(new HIPAASecurityChecks(app), new NIST80053R5Checks(app), new AwsSolutionsChecks(app));
