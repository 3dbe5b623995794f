import { FailureScope } from '../../../core/failure-scope';
import { defineRule, failed, PASS } from '../rule';

export const imagesKept = defineRule({
  id: 'RES-CMP-033',
  title: 'an image repository has a lifecycle policy',
  severity: 'warning',
  scope: FailureScope.COMPONENT,
  why: 'without a policy images are tidied up by hand, and the one to go back to is missed when it is needed',
  fix: 'add a lifecycle policy that keeps every image that may be deployed',
  docs: 'https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html',
  alsoKnownAs: ['SecurityHub:ECR.3', 'Config:ECR_PRIVATE_LIFECYCLE_POLICY_CONFIGURED', 'ControlTower:CT.ECR.PR.1'],
  resourceTypes: ['AWS::ECR::Repository'],
  evaluate: (repository) =>
    repository.property('LifecyclePolicy').kind === 'absent'
      ? failed('it has no lifecycle policy', 'Properties.LifecyclePolicy')
      : PASS,
});
