import { numberOf, reasonOf } from '../../model';
import { defineRule, failed, PASS, undecided } from '../rule';

interface Counts {
  readonly minimum?: string;
  readonly maximum?: string;
  readonly desired?: string;
}

const COUNTS: Record<string, Counts> = {
  'AWS::ECS::Service': { desired: 'DesiredCount' },
  'AWS::AutoScaling::AutoScalingGroup': { minimum: 'MinSize', maximum: 'MaxSize', desired: 'DesiredCapacity' },
  'AWS::ApplicationAutoScaling::ScalableTarget': { minimum: 'MinCapacity', maximum: 'MaxCapacity' },
};

export const countsArePossible = defineRule({
  id: 'VAL-SCALING-001',
  title: 'counts are not negative, and the desired one is between minimum and maximum',
  severity: 'error',
  scope: 'DEPLOYMENT',
  why: 'a service or group with an impossible count is refused',
  fix: 'correct the counts: 0 <= minimum <= desired <= maximum',
  docs: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-autoscaling-autoscalinggroup.html',
  resourceTypes: Object.keys(COUNTS),
  evaluate: (resource) => {
    const counts = COUNTS[resource.type] ?? {};
    const keys = Object.values(counts) as string[];
    for (const key of keys) {
      const count = numberOf(resource.property(key));
      if (count !== undefined && (count < 0 || !Number.isInteger(count))) {
        return failed(`${key} is ${count}`, `Properties.${key}`);
      }
    }
    const read = (key?: string) => (key === undefined ? undefined : numberOf(resource.property(key)));
    const [minimum, desired, maximum] = [read(counts.minimum), read(counts.desired), read(counts.maximum)];
    const ordered = [minimum, desired, maximum].filter((count) => count !== undefined);
    if (ordered.some((count, index) => index > 0 && count < ordered[index - 1])) {
      return failed(`counts ${ordered.join(', ')} are not in order`, 'Properties');
    }
    const open = keys
      .map((key) => resource.property(key))
      .find((v) => v.kind !== 'absent' && numberOf(v) === undefined);
    return open ? undecided(reasonOf(open) ?? 'a count is set at deployment', 'Properties') : PASS;
  },
});
