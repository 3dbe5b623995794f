import { FailureScope } from '../../../core/failure-scope';
import { reasonOf, textOf } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';

/** Runtimes past their deprecation date, as of June 2026. Creation is refused first, updates some time later. */
const DEPRECATED = new Set([
  'nodejs',
  'nodejs4.3',
  'nodejs4.3-edge',
  'nodejs6.10',
  'nodejs8.10',
  'nodejs10.x',
  'nodejs12.x',
  'nodejs14.x',
  'nodejs16.x',
  'nodejs18.x',
  'nodejs20.x',
  'python2.7',
  'python3.6',
  'python3.7',
  'python3.8',
  'python3.9',
  'ruby2.5',
  'ruby2.7',
  'ruby3.2',
  'java8',
  'go1.x',
  'dotnetcore1.0',
  'dotnetcore2.0',
  'dotnetcore2.1',
  'dotnetcore3.1',
  'dotnet5.0',
  'dotnet6',
  'dotnet7',
  'provided',
]);

export const runtimeSupported = defineRule({
  id: 'RES-CMP-031',
  title: 'a function uses a runtime that is supported',
  severity: 'error',
  scope: FailureScope.REGION,
  why: 'a deprecated runtime gets no fixes, and soon no function can be created with it: the system cannot be rebuilt elsewhere',
  fix: 'move the function to a current runtime',
  docs: 'https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html',
  alsoKnownAs: [
    'SecurityHub:Lambda.2',
    'cfn-lint/cloudformation-validate:W2531',
    'cfn-lint/cloudformation-validate:E2531',
    'cfn-lint/cloudformation-validate:E2533',
  ],
  resourceTypes: ['AWS::Lambda::Function'],
  evaluate: (lambda) => {
    const runtime = lambda.property('Runtime');
    const name = textOf(runtime);
    if (name === undefined) {
      const reason = reasonOf(runtime);
      return reason === undefined ? NOT_APPLICABLE : undecided(reason, 'Properties.Runtime');
    }
    return DEPRECATED.has(name) ? failed(`runtime ${name} is deprecated`, 'Properties.Runtime') : PASS;
  },
});
