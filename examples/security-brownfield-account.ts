/**
 * The security baseline of an account with a history: some services are on already, an organization decides others, and the
 * settings of the account were never looked at. What is there is adopted and gets what it lacks; nothing is turned off, neither
 * by a deployment nor when the stacks are deleted.
 *
 *   cdk deploy --all -c account=… -c alerts=soc@example.org
 *
 * The outputs of each stack say what became of each service: CREATED, ADOPTED, or MANAGED_ELSEWHERE.
 */
import { App, Duration, Stack, Validations } from 'aws-cdk-lib';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks } from 'cdk-nag';
import {
  ConformancePack,
  Enablement,
  FindingAutomation,
  NotificationTopic,
  RecordLock,
  SecurityBaseline,
  type SecurityBaselineProps,
} from '../src';

export const app = new App();

const context = (key: string): string | undefined => app.node.tryGetContext(key);
const account = context('account') ?? process.env.CDK_DEFAULT_ACCOUNT;
const homeRegion = context('homeRegion') ?? 'us-east-1';
const linkedRegion = context('linkedRegion') ?? 'us-west-2';

const adopt = Enablement.adopt();
const choices: SecurityBaselineProps = {
  homeRegion,
  linkedRegions: [linkedRegion],
  enablement: {
    guardDuty: adopt,
    securityHubCspm: adopt,
    securityHub: adopt,
    accessAnalyzer: adopt,
    config: adopt,
    macie: adopt,
  },
  adoptionRevision: '1', // another one makes the next deployment look again
  accountSettings: {},
  inspector: {},
  macie: {},
  config: { conformancePacks: [ConformancePack.baselineDrift()] }, // CloudFormation sees no drift of what is adopted
  securityHubCspm: {
    automations: [
      FindingAutomation.suppressInformational(),
      FindingAutomation.raiseToCritical('patient-data', { DataClassification: 'PHI' }),
      FindingAutomation.acceptRisk('old-viewer', {
        control: 'EC2.8',
        resourceTags: { System: 'old-viewer' },
        reason: 'RISK-2026-031, CISO: replaced by summer', // placeholder
        until: '2027-06-30',
      }),
    ],
  },
  auditTrail: { trailName: 'clinical-account', recordLock: RecordLock.governance(Duration.days(365)) },
};

const linked = new Stack(app, 'SecurityLinked', { env: { account, region: linkedRegion } });
new SecurityBaseline(linked, 'Security', choices);

const home = new Stack(app, 'SecurityHome', { env: { account, region: homeRegion } });
const alerts = new NotificationTopic(home, 'Alerts');
alerts.topic.addSubscription(new EmailSubscription(context('alerts') ?? 'soc@example.org')); // placeholder
new SecurityBaseline(home, 'Security', { ...choices, findingRouting: { topic: alerts.topic } });
home.addStackDependency(linked); // findings can only be aggregated from where the services are on

Validations.of(app).addPlugins(new HIPAASecurityChecks(app), new NIST80053R5Checks(app), new AwsSolutionsChecks(app));
