import { failedReleaseIsUndone } from '../../../../src/assessment/rules/compute/res-cmp-039-failed-release-is-undone';
import { testRule } from '../../../support/rules';

const it = (AutoRollbackConfiguration?: unknown) => ({
  Parameters: { Choice: { Type: 'String' } },
  Resources: {
    It: {
      Type: 'AWS::CodeDeploy::DeploymentGroup',
      Properties: AutoRollbackConfiguration === undefined ? {} : { AutoRollbackConfiguration },
    },
  },
});

testRule(failedReleaseIsUndone, [
  {
    name: 'rolled back',
    verdict: 'pass',
    template: it({ Enabled: true, Events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM'] }),
  },
  { name: 'nothing said', verdict: 'fail', template: it() },
  { name: 'turned off', verdict: 'fail', template: it({ Enabled: false, Events: ['DEPLOYMENT_FAILURE'] }) },
  {
    name: 'only where somebody stops it',
    verdict: 'fail',
    template: it({ Enabled: true, Events: ['DEPLOYMENT_STOP_ON_REQUEST'] }),
  },
  {
    name: 'a parameter turns it on',
    verdict: 'unknown',
    template: it({ Enabled: { Ref: 'Choice' }, Events: ['DEPLOYMENT_FAILURE'] }),
  },
  {
    name: 'a parameter names the event',
    verdict: 'unknown',
    template: it({ Enabled: true, Events: [{ Ref: 'Choice' }] }),
  },
]);
