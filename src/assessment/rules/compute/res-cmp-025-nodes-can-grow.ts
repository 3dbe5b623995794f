import { FailureScope } from '../../../core/failure-scope';
import { numberOf, reasonOf } from '../../model';
import { counted, defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';

export const nodesCanGrow = defineRule({
  id: 'RES-CMP-025',
  title: 'a node group has room to grow',
  severity: 'warning',
  scope: FailureScope.AVAILABILITY_ZONE,
  why: 'pods of a lost zone wait for ever where no node can be added',
  fix: 'set MaxSize well above MinSize',
  docs: 'https://docs.aws.amazon.com/eks/latest/userguide/managed-node-groups.html',
  alsoKnownAs: ['ResilienceHub:Amazon Elastic Kubernetes Service/Deployment maintenance'],
  resourceTypes: ['AWS::EKS::Nodegroup'],
  evaluate: (group) => {
    if (group.property('ScalingConfig').kind === 'absent') {
      return NOT_APPLICABLE;
    }
    const [least, most] = ['MinSize', 'MaxSize'].map((key) => group.property('ScalingConfig', key));
    const reason = reasonOf(least) ?? reasonOf(most);
    if (reason !== undefined) {
      return undecided(reason, 'Properties.ScalingConfig');
    }
    return (numberOf(most) ?? 0) > (numberOf(least) ?? 0)
      ? PASS
      : failed(`it has ${counted(numberOf(least) ?? 0, 'node')}, never more`, 'Properties.ScalingConfig');
  },
});
