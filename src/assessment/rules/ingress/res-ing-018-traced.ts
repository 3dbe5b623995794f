import { FailureScope } from '../../../core/failure-scope';
import { booleanOf, reasonOf, textOf } from '../../model';
import { defineRule, failed, PASS, undecided } from '../rule';

/** Where each type turns tracing on. */
const TRACING: Record<string, readonly string[]> = {
  'AWS::ApiGateway::Stage': ['TracingEnabled'],
  'AWS::Lambda::Function': ['TracingConfig', 'Mode'],
  'AWS::StepFunctions::StateMachine': ['TracingConfiguration', 'Enabled'],
};

export const traced = defineRule({
  id: 'RES-ING-018',
  title: 'requests can be traced through apis, functions and workflows',
  severity: 'warning',
  scope: FailureScope.COMPONENT,
  why: 'without traces the part that fails is found by guessing, while the outage lasts',
  fix: 'turn tracing on',
  docs: 'https://docs.aws.amazon.com/xray/latest/devguide/aws-xray.html',
  alsoKnownAs: [
    'Config:API_GW_XRAY_ENABLED',
    'cdk-nag:HIPAA.Security-APIGWXrayEnabled',
    'cdk-nag:LambdaTracing',
    'cdk-nag:AwsSolutions-SF2',
    'cdk-nag:StepFunctionStateMachineXray',
    'ControlTower:CT.APIGATEWAY.PR.2',
  ],
  resourceTypes: Object.keys(TRACING),
  evaluate: (resource) => {
    const path = TRACING[resource.type];
    const value = resource.property(...path);
    const reason = reasonOf(value);
    if (reason !== undefined) {
      return undecided(reason, `Properties.${path.join('.')}`);
    }
    return booleanOf(value) === true || textOf(value) === 'Active'
      ? PASS
      : failed('tracing is off', `Properties.${path.join('.')}`);
  },
});
