import { App, Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as sns from 'aws-cdk-lib/aws-sns';
import {
  type BoundProbe,
  ClinicalTier,
  type IIngress,
  type IngressBindOptions,
  type IngressConfig,
  type MultiAzClinicalApp,
  RecoveryAutomation,
  ResilienceObjectives,
  UserImpact,
} from '../../src';
import { clinicalApp, clinicalAppIn } from '../support/app';
import { hospital } from '../support/hospital';

const COMPOSITE = 'AWS::CloudWatch::CompositeAlarm';

/** An ingress that is not ours. */
function ingress(what: (scope: Stack) => Partial<IngressConfig>): IIngress {
  return {
    bind: (scope) => ({
      entryPoint: { address: 'interface', protocol: 'MLLP', port: 2575, path: scope.node.path },
      alarms: [],
      deploymentAlarms: [],
      widgets: [],
      ...what(scope as Stack),
    }),
  };
}

function alarmIn(scope: Stack, id: string): cloudwatch.Alarm {
  const metric = new cloudwatch.Metric({ namespace: 'Test', metricName: id });
  return new cloudwatch.Alarm(scope, id, { metric, threshold: 1, evaluationPeriods: 1 });
}

function templateOf(app: MultiAzClinicalApp): Template {
  return Template.fromStack(Stack.of(app));
}

/** The composite alarm of a name, and the logical ids it is made of. */
function partsOf(template: Template, name: string): string[] {
  const [found] = Object.values(template.findResources(COMPOSITE, { Properties: { AlarmName: name } }));
  const rule = JSON.stringify(found.Properties.AlarmRule);
  return [...rule.matchAll(/"Fn::GetAtt":\["(\w+)","Arn"\]/g)].map(([, id]) => id);
}

describe('a way in', () => {
  test('is shut when nothing answers, or what answers are errors', () => {
    const parts = partsOf(templateOf(clinicalApp()), 'ehr-us-east-1-way-in-1-is-shut');
    expect(parts).toHaveLength(3);
    for (const part of ['ServerErrorRate', 'LoadBalancerErrors', 'NoHealthyTarget']) {
      expect(parts).toContainEqual(expect.stringContaining(part));
    }
  });

  test('that does not say which of its alarms mean so is shut when any goes off', () => {
    const other = ingress((scope) => ({ alarms: [alarmIn(scope, 'One'), alarmIn(scope, 'Two')] }));
    expect(
      partsOf(templateOf(clinicalApp({ app: { ingress: [other] } })), 'ehr-us-east-1-way-in-1-is-shut'),
    ).toHaveLength(2);
  });

  test('is shut when all zones fail their probes, and people cannot work when a deep one fails', () => {
    const stack = new Stack(new App(), 'Ehr', { env: { region: 'us-east-1' } });
    const probed = (id: string, asked: Partial<BoundProbe>): BoundProbe => ({
      wayIn: 0,
      deep: false,
      failing: alarmIn(stack, `${id}Failing`),
      downtime: alarmIn(stack, `${id}Downtime`),
      ...asked,
    });
    new UserImpact(stack, 'Impact', {
      systemName: 'lab',
      ingress: [ingress(() => ({})).bind(stack, {} as IngressBindOptions)],
      probes: [probed('A', { zone: 'a' }), probed('B', { zone: 'b' }), probed('Deep', { deep: true })],
      downtimeTrigger: Duration.minutes(5),
      notifications: new sns.Topic(stack, 'Topic'),
    });
    const rules = Object.values(Template.fromStack(stack).findResources(COMPOSITE)).map(({ Properties }) => [
      Properties.AlarmName,
      stack
        .resolve(Properties.AlarmRule)
        ['Fn::Join'][1].map((part: unknown) =>
          typeof part === 'string' ? part : (part as { 'Fn::GetAtt': string[] })['Fn::GetAtt'][0].replace(/.{8}$/, ''),
        ),
    ]);
    const ruleOf = (name: string) => rules.find(([found]) => found === `lab-us-east-1-${name}`)?.[1].join('');
    expect(ruleOf('way-in-1-is-shut')).toMatch(/ALARM\("AFailing"\) AND ALARM\("BFailing"\)/);
    expect(ruleOf('way-in-1-is-shut')).not.toContain('Deep');
    expect(ruleOf('people-cannot-work')).toContain('ALARM("DeepFailing")');
    expect(ruleOf('start-downtime-procedures')).toContain('ALARM("DeepDowntime")');
  });

  test('without alarms has no composite alarm', () => {
    const app = clinicalApp({ app: { ingress: [ingress(() => ({}))] } });
    expect(app.userImpact.entryPointAlarms).toEqual([]);
    expect(app.userImpact.unusableAlarm).toBeUndefined();
    expect(app.userImpact.downtimeAlarm).toBeUndefined();
    templateOf(app).resourceCountIs(COMPOSITE, 0);
  });
});

describe('people cannot work', () => {
  test('when one way in is shut', () => {
    const two = [
      ingress((scope) => ({ alarms: [alarmIn(scope, 'One')] })),
      ingress((scope) => ({ alarms: [alarmIn(scope, 'Two')] })),
    ];
    const template = templateOf(clinicalApp({ app: { ingress: two } }));
    expect(partsOf(template, 'ehr-us-east-1-people-cannot-work')).toEqual([
      expect.stringContaining('WayIn1'),
      expect.stringContaining('WayIn2'),
    ]);
  });

  test('is said to the topic, and so is the end of it', () => {
    const topic = [{ Ref: 'AppNotificationsTopic252BC2AD' }];
    templateOf(clinicalApp()).allResourcesProperties(COMPOSITE, { AlarmActions: topic, OKActions: topic });
  });

  test('has a name without a Region where that is not known', () => {
    const stack = new Stack(new App(), 'Ehr');
    clinicalAppIn(stack);
    Template.fromStack(stack).hasResourceProperties(COMPOSITE, { AlarmName: 'ehr-people-cannot-work' });
  });

  test('is told apart in two Regions', () => {
    const { stack, recoveryStack } = hospital();
    Template.fromStack(stack).hasResourceProperties(COMPOSITE, { AlarmName: 'hapi-fhir-us-east-1-people-cannot-work' });
    Template.fromStack(recoveryStack).hasResourceProperties(COMPOSITE, {
      AlarmName: 'hapi-fhir-us-west-2-people-cannot-work',
    });
  });
});

describe('the downtime trigger', () => {
  const objectives = (downtimeTrigger?: Duration) =>
    ResilienceObjectives.forTier(ClinicalTier.LIFE_CRITICAL, { biaReference: 'BIA-1', downtimeTrigger });

  test.each([
    [undefined, 5],
    [Duration.minutes(12), 12],
    [Duration.seconds(150), 2],
    [Duration.hours(24), 1440],
  ])('%s: an alarm after as many minutes in which nothing answers or most requests fail', (trigger, minutes) => {
    const template = templateOf(clinicalApp({ app: { objectives: objectives(trigger) } }));
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      EvaluationPeriods: minutes,
      Threshold: 1,
      TreatMissingData: 'breaching',
      Metrics: Match.arrayWith([
        Match.objectLike({
          Expression:
            'IF(healthy < 1 OR 100 * (FILL(target, 0) + FILL(elb, 0)) > 50 * (FILL(requests, 0) + FILL(elb, 0)), 1, 0)',
        }),
      ]),
    });
  });

  test('names what to do', () => {
    templateOf(clinicalApp()).hasResourceProperties(COMPOSITE, {
      AlarmName: 'ehr-us-east-1-start-downtime-procedures',
      AlarmDescription: 'Nobody could work with ehr for 5 minutes: start the downtime procedures',
    });
  });

  test('is a threshold a person acts on', () => {
    expect(clinicalApp().recoveryThresholds.at(-1)).toMatchObject({
      threshold: '5 minutes',
      action: expect.stringContaining('downtime procedures'),
      automation: RecoveryAutomation.MANUAL,
    });
  });

  test('is not watched in a Region that waits with nothing running', () => {
    const template = templateOf(
      clinicalApp({ app: { _recoverySide: { pairedRegion: 'us-west-2', capacityPercent: 0 } } }),
    );
    expect(
      Object.keys(template.findResources(COMPOSITE, { Properties: { AlarmName: Match.stringLikeRegexp('downtime') } })),
    ).toEqual([]);
  });
});
