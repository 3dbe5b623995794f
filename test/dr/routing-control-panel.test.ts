import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Role } from 'aws-cdk-lib/aws-iam';
import { RoutingControlPanel, type RoutingControlPanelProps } from '../../src';

const clusterArn = 'arn:aws:route53-recovery-control::111122223333:cluster/8d47920e-d789-437d-803a-2dcc4b204393';

function panel(props: Partial<RoutingControlPanelProps> = {}, region: string | undefined = 'us-west-2') {
  const stack = new Stack(new App(), 'Levers', { env: { account: '111122223333', region } });
  return { stack, made: new RoutingControlPanel(stack, 'Panel', { systemName: 'ehr', clusterArn, ...props }) };
}

describe('the lever of a system', () => {
  const { stack, made } = panel();
  made.grantMove(Role.fromRoleName(stack, 'OnCall', 'on-call'));
  made.grantGate(Role.fromRoleName(stack, 'Lead', 'incident-lead'));
  const template = Template.fromStack(stack);
  const idOf = (name: string) =>
    Object.keys(
      template.findResources('AWS::Route53RecoveryControl::RoutingControl', { Properties: { Name: name } }),
    )[0];
  const [lever, gate] = ['ehr-users-in-primary', 'ehr-gate'].map((name) => ({
    'Fn::GetAtt': [idOf(name), 'RoutingControlArn'],
  }));

  test('keeps its state while the gate is off', () => {
    template.hasResourceProperties('AWS::Route53RecoveryControl::SafetyRule', {
      GatingRule: { GatingControls: [gate], TargetControls: [lever], WaitPeriodMs: 5000 },
      RuleConfig: { Type: 'ATLEAST', Threshold: 1, Inverted: false },
    });
  });

  test('hangs in a panel of its own, in a cluster that is there', () => {
    template.hasResourceProperties('AWS::Route53RecoveryControl::ControlPanel', {
      Name: 'ehr',
      ClusterArn: clusterArn,
    });
    template.resourceCountIs('AWS::Route53RecoveryControl::Cluster', 0);
  });

  test('stays when its stack goes, because a record may hang on it', () => {
    for (const type of ['ControlPanel', 'RoutingControl']) {
      template.allResources(`AWS::Route53RecoveryControl::${type}`, {
        DeletionPolicy: 'RetainExceptOnCreate',
        UpdateReplacePolicy: 'Retain',
      });
    }
  });

  test('tells what the failover has to be given', () => {
    for (const value of [lever, gate]) {
      template.hasOutput('*', { Value: value });
    }
  });

  test.each([
    ['on-call', lever],
    ['incident-lead', gate],
  ])('%s may move one control and not the other', (role, control) => {
    template.hasResourceProperties('AWS::IAM::Policy', {
      Roles: [role],
      PolicyDocument: Match.objectLike({
        Statement: [
          Match.objectLike({
            Action: Match.arrayWith([Match.stringLikeRegexp('UpdateRoutingControlState')]),
            Resource: control,
          }),
        ],
      }),
    });
  });
});

test('its logical ids are contracts: another control is another lever', () => {
  const { stack } = panel();
  expect(Object.keys(Template.fromStack(stack).findResources('AWS::Route53RecoveryControl::RoutingControl'))).toEqual([
    'PanelUsersInPrimary49A5F9EB',
    'PanelGateF65A4B64',
  ]);
});

test('fails with everything that is wrong at once', () => {
  expect(() => panel({ systemName: 'E H R', clusterArn: 'arn:aws:s3:::b' }, 'us-east-1')).toThrow(
    /configured in us-west-2 only, got a stack of us-east-1; .*systemName must be that of the application, got "E H R"; clusterArn must be the ARN of a cluster of routing controls, got "arn:aws:s3:::b" \[InvalidRoutingControlPanel at Levers\/Panel\]/,
  );
});

test('fails where the Region is only known at deployment', () => {
  const stack = new Stack();
  expect(() => new RoutingControlPanel(stack, 'Panel', { systemName: 'ehr', clusterArn })).toThrow(/RegionMustBeKnown/);
});
