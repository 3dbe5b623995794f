import { FailureScope } from '../../../core/failure-scope';
import { booleanOf, reasonOf } from '../../model';
import { defineRule, failed, PASS, undecided } from '../rule';

export const instanceTermination = defineRule({
  id: 'RES-CMP-010',
  title: 'an instance outside a group is protected from termination',
  severity: 'warning',
  scope: FailureScope.DELETION,
  why: 'a terminated instance is gone with its addresses and its root volume',
  fix: 'set DisableApiTermination to true',
  docs: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_ChangingDisableAPITermination.html',
  alsoKnownAs: ['cdk-nag:AwsSolutions-EC29'],
  resourceTypes: ['AWS::EC2::Instance'],
  evaluate: (instance) => {
    const value = instance.property('DisableApiTermination');
    const reason = reasonOf(value);
    if (reason !== undefined) {
      return undecided(reason, 'Properties.DisableApiTermination');
    }
    return booleanOf(value) === true
      ? PASS
      : failed('DisableApiTermination is off', 'Properties.DisableApiTermination');
  },
});
