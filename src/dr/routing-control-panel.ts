import { CfnOutput, RemovalPolicy, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { CfnControlPanel, CfnRoutingControl, CfnSafetyRule } from 'aws-cdk-lib/aws-route53recoverycontrol';
import { Construct } from 'constructs';
import { Problems } from '../core/private/fail';
import { knownRegion } from '../core/private/tokens';

/** Properties of a RoutingControlPanel. */
export interface RoutingControlPanelProps {
  /** The system whose users it moves; names start with it. */
  readonly systemName: string;
  /**
   * ARN of a cluster of routing controls that you have. It is charged by the hour and carries many systems, so it is given, not made here.
   */
  readonly clusterArn: string;
}

/** Where routing controls are configured: https://docs.aws.amazon.com/r53recovery/latest/dg/introduction-regions-routing-control.html */
const CONFIGURED_IN = 'us-west-2';
/** AWS's own default, against a lever that is moved to and fro. */
const WAIT_MS = 5000;

/**
 * The lever of a system, with a safety rule: one routing control that says whether users are in the primary Region, and a gate without
 * which nobody moves it. A command typed into the wrong terminal, or a script that runs twice, moves no hospital.
 *
 * Deploy it in a stack of its own in us-west-2, before the primary, whose record must hang on a control that is on: turn the gate on, then the
 * control, then the gate off. Write the ARNs in its outputs down, and give them to `Failover.routingControl`: no stack refers to one of
 * another Region.
 *
 * Who may open the gate and who may move users can be two people: `grantGate` and `grantMove`. In an emergency the rule is overridden with
 * `--safety-rules-to-override` and its ARN. The controls stay when the stack goes, because a record may hang on one.
 *
 * @see https://docs.aws.amazon.com/r53recovery/latest/dg/routing-control.safety-rules.html
 */
export class RoutingControlPanel extends Construct {
  /** ARN of the control that is on while users belong in the primary Region. */
  public readonly routingControlArn: string;
  /** ARN of the gate: while it is off, that control keeps its state. */
  public readonly gateArn: string;
  /** ARN of the rule, for whoever has to override it. */
  public readonly safetyRuleArn: string;

  /** @throws InvalidRoutingControlPanel naming everything that is wrong */
  public constructor(scope: Construct, id: string, props: RoutingControlPanelProps) {
    super(scope, id);
    this.validate(props);
    const { systemName, clusterArn } = props;
    const panel = new CfnControlPanel(this, 'Panel', { name: systemName, clusterArn });
    const control = (name: string, suffix: string) => {
      const made = new CfnRoutingControl(this, name, {
        name: `${systemName}-${suffix}`,
        clusterArn,
        controlPanelArn: panel.attrControlPanelArn,
      });
      made.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
      return made.attrRoutingControlArn;
    };
    panel.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE); // which is not deleted while controls are in it
    this.routingControlArn = control('UsersInPrimary', 'users-in-primary');
    this.gateArn = control('Gate', 'gate');
    const rule = new CfnSafetyRule(this, 'Rule', {
      name: `${systemName}-moved-through-the-gate-only`,
      controlPanelArn: panel.attrControlPanelArn,
      gatingRule: { gatingControls: [this.gateArn], targetControls: [this.routingControlArn], waitPeriodMs: WAIT_MS },
      ruleConfig: { type: 'ATLEAST', threshold: 1, inverted: false },
    });
    this.safetyRuleArn = rule.attrSafetyRuleArn;
    for (const [name, description, value] of [
      ['RoutingControlArn', 'routingControlArn of Failover.routingControl', this.routingControlArn],
      ['GateArn', 'gateArn of Failover.routingControl', this.gateArn],
      ['SafetyRuleArn', 'What --safety-rules-to-override names in an emergency', this.safetyRuleArn],
    ]) {
      new CfnOutput(this, name, { description, value });
    }
  }

  /** Let somebody move users, while the gate is open. */
  public grantMove(grantee: iam.IGrantable): iam.Grant {
    return grantUpdate(grantee, this.routingControlArn);
  }

  /** Let somebody open and close the gate. */
  public grantGate(grantee: iam.IGrantable): iam.Grant {
    return grantUpdate(grantee, this.gateArn);
  }

  private validate({ systemName, clusterArn }: RoutingControlPanelProps): void {
    const problems = new Problems(this, 'InvalidRoutingControlPanel');
    const region = knownRegion(this, 'routing controls are configured in one Region only');
    problems.require(
      region === CONFIGURED_IN,
      `routing controls are configured in ${CONFIGURED_IN} only, got a stack of ${region}; give the panel one of its own there`,
    );
    problems.require(
      /^[a-z][a-z0-9-]{1,31}$/.test(systemName),
      `systemName must be that of the application, got ${JSON.stringify(systemName)}`,
    );
    problems.require(
      Token.isUnresolved(clusterArn) || /^arn:aws:route53-recovery-control::\d{12}:cluster\/[\w-]+$/.test(clusterArn),
      `clusterArn must be the ARN of a cluster of routing controls, got ${JSON.stringify(clusterArn)}`,
    );
    problems.throwIfAny();
  }
}

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonroute53recoverycluster.html */
function grantUpdate(grantee: iam.IGrantable, routingControlArn: string): iam.Grant {
  return iam.Grant.addToPrincipal({
    grantee,
    actions: ['route53-recovery-cluster:GetRoutingControlState', 'route53-recovery-cluster:UpdateRoutingControlState'],
    resourceArns: [routingControlArn],
  });
}
