import { FailureScope } from '../../../core/failure-scope';
import { entryOf, numberOf, type Resource, reasonOf, textOf } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, type RuleOutcome, undecided } from '../rule';

export const notSpotOnly = defineRule({
  id: 'RES-CMP-005',
  title: 'a group or fleet runs some instances on demand',
  severity: 'error',
  scope: FailureScope.COMPONENT,
  why: 'spot capacity is taken back at two minutes notice, from all instances of a type at once if need be',
  fix: 'set a base of on-demand capacity that carries the load',
  docs: 'https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-mixed-instances-groups.html',
  alsoKnownAs: [
    'ResilienceHub:Amazon Elastic Compute Cloud/Auto Scaling groups',
    'ResilienceHub:Amazon Elastic Compute Cloud/Amazon EC2 Fleet',
  ],
  resourceTypes: ['AWS::AutoScaling::AutoScalingGroup', 'AWS::EC2::EC2Fleet'],
  evaluate: (group) => (group.type === 'AWS::EC2::EC2Fleet' ? ofFleet(group) : ofGroup(group)),
});

function ofGroup(group: Resource): RuleOutcome {
  if (group.property('MixedInstancesPolicy').kind === 'absent') {
    return startsSpot(group) ? failed('its launch template asks for spot instances') : NOT_APPLICABLE;
  }
  const distribution = group.property('MixedInstancesPolicy', 'InstancesDistribution');
  const base = entryOf(distribution, 'OnDemandBaseCapacity');
  const above = entryOf(distribution, 'OnDemandPercentageAboveBaseCapacity');
  // left out, the base is 0 and all above it is on demand
  const onDemand = (numberOf(base) ?? 0) > 0 || above.kind === 'absent' || (numberOf(above) ?? 0) > 0;
  const reason = reasonOf(base) ?? reasonOf(above);
  return onDemand && distribution.kind !== 'unknown'
    ? PASS
    : reason === undefined
      ? failed('all its instances are spot instances', 'Properties.MixedInstancesPolicy.InstancesDistribution')
      : undecided(reason, 'Properties.MixedInstancesPolicy.InstancesDistribution');
}

function startsSpot(group: Resource): boolean {
  const template = group.property('LaunchTemplate', 'LaunchTemplateId');
  const configuration = group.property('LaunchConfigurationName');
  return (
    (template.kind === 'reference' &&
      textOf(template.resource.property('LaunchTemplateData', 'InstanceMarketOptions', 'MarketType')) === 'spot') ||
    (configuration.kind === 'reference' && configuration.resource.property('SpotPrice').kind !== 'absent')
  );
}

function ofFleet(fleet: Resource): RuleOutcome {
  const capacity = fleet.property('TargetCapacitySpecification');
  const [type, onDemand] = ['DefaultTargetCapacityType', 'OnDemandTargetCapacity'].map((key) => entryOf(capacity, key));
  const reason = reasonOf(type) ?? reasonOf(onDemand);
  if ((numberOf(onDemand) ?? 0) > 0 || (reason === undefined && textOf(type) !== 'spot')) {
    return PASS;
  }
  return reason === undefined
    ? failed('all its instances are spot instances', 'Properties.TargetCapacitySpecification')
    : undecided(reason, 'Properties.TargetCapacitySpecification');
}
