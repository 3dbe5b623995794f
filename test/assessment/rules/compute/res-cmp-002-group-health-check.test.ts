import { groupHealthCheck } from '../../../../src/assessment/rules/compute/res-cmp-002-group-health-check';
import { testRule } from '../../../support/rules';
import { ref, resource, templateOf } from '../network/subnets';

const it = (properties: Record<string, unknown>) =>
  templateOf({ It: resource('AWS::AutoScaling::AutoScalingGroup', properties) });

testRule(groupHealthCheck, [
  {
    name: 'the load balancer decides',
    verdict: 'pass',
    template: it({ TargetGroupARNs: ['arn'], HealthCheckType: 'ELB' }),
  },
  { name: 'both decide', verdict: 'pass', template: it({ TargetGroupARNs: ['arn'], HealthCheckType: 'EBS,ELB' }) },
  { name: 'ec2 decides by default', verdict: 'fail', template: it({ TargetGroupARNs: ['arn'] }) },
  { name: 'ec2 decides', verdict: 'fail', template: it({ LoadBalancerNames: ['classic'], HealthCheckType: 'EC2' }) },
  {
    name: 'a parameter decides',
    verdict: 'unknown',
    template: it({ TargetGroupARNs: ['arn'], HealthCheckType: ref('P') }),
  },
  { name: 'a parameter decides what is attached', verdict: 'unknown', template: it({ TargetGroupARNs: ref('Ps') }) },
  { name: 'no load balancer', verdict: 'not-applicable', template: it({}) },
]);
