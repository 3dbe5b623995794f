import { FailureScope } from '../../../core/failure-scope';
import { itemsOf, reasonOf, textOf } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';

export const groupHealthCheck = defineRule({
  id: 'RES-CMP-002',
  title: 'a group behind a load balancer replaces instances that the load balancer finds unhealthy',
  severity: 'error',
  scope: FailureScope.COMPONENT,
  why: 'an instance whose application hangs looks well to ec2, gets no traffic and is never replaced',
  fix: 'set HealthCheckType to ELB',
  docs: 'https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-add-elb-healthcheck.html',
  alsoKnownAs: [
    'SecurityHub:AutoScaling.1',
    'Config:AUTOSCALING_GROUP_ELB_HEALTHCHECK_REQUIRED',
    'Prowler:autoscaling_group_elb_health_check_enabled',
    'GuardRegistry:AUTOSCALING_GROUP_ELB_HEALTHCHECK_REQUIRED',
    'cdk-nag:HIPAA.Security-AutoScalingGroupELBHealthCheckRequired',
    'cdk-nag:AwsSolutions-AS2',
    'TrustedAdvisor:Amazon EC2 Auto Scaling does not have ELB Health Check Enabled',
    'TrustedAdvisor:Auto Scaling Group Health Check',
    'ControlTower:CT.AUTOSCALING.PR.4',
  ],
  resourceTypes: ['AWS::AutoScaling::AutoScalingGroup'],
  evaluate: (group) => {
    const attached = ['TargetGroupARNs', 'LoadBalancerNames', 'TrafficSources'].flatMap((name) =>
      itemsOf(group.property(name)),
    );
    if (attached.length === 0) {
      return NOT_APPLICABLE;
    }
    const type = group.property('HealthCheckType');
    const open = attached.every(({ kind }) => kind === 'unknown') ? reasonOf(attached[0]) : undefined;
    if (open !== undefined && !textOf(type)?.includes('ELB')) {
      return undecided(open);
    }
    if (type.kind === 'absent') {
      return failed('HealthCheckType is EC2, the default', 'Properties.HealthCheckType');
    }
    const text = textOf(type);
    if (text === undefined) {
      return undecided(reasonOf(type) ?? 'its health check is not decided', 'Properties.HealthCheckType');
    }
    return text.split(',').some((one) => ['ELB', 'VPC_LATTICE'].includes(one.trim()))
      ? PASS
      : failed(`HealthCheckType is ${text}`, 'Properties.HealthCheckType');
  },
});
