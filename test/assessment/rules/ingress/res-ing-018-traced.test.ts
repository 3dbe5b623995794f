import { traced } from '../../../../src/assessment/rules/ingress/res-ing-018-traced';
import { testRule } from '../../../support/rules';
import { ref, resource, templateOf } from '../network/subnets';

testRule(traced, [
  {
    name: 'an api',
    verdict: 'pass',
    template: templateOf({ It: resource('AWS::ApiGateway::Stage', { TracingEnabled: true }) }),
  },
  {
    name: 'a function',
    verdict: 'pass',
    template: templateOf({ It: resource('AWS::Lambda::Function', { TracingConfig: { Mode: 'Active' } }) }),
  },
  {
    name: 'a workflow',
    verdict: 'pass',
    template: templateOf({
      It: resource('AWS::StepFunctions::StateMachine', { TracingConfiguration: { Enabled: true } }),
    }),
  },
  {
    name: 'a function that passes traces through',
    verdict: 'fail',
    template: templateOf({ It: resource('AWS::Lambda::Function', { TracingConfig: { Mode: 'PassThrough' } }) }),
  },
  { name: 'an api without', verdict: 'fail', template: templateOf({ It: resource('AWS::ApiGateway::Stage') }) },
  {
    name: 'a parameter decides',
    verdict: 'unknown',
    template: templateOf({ It: resource('AWS::ApiGateway::Stage', { TracingEnabled: ref('P') }) }),
  },
]);
