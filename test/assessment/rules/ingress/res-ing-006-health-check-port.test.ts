import { healthCheckPort } from '../../../../src/assessment/rules/ingress/res-ing-006-health-check-port';
import { testRule } from '../../../support/rules';
import { ref, resource, templateOf } from '../network/subnets';

const behind = (group: Record<string, unknown>, HostPort: number | undefined, NetworkMode = 'bridge') =>
  templateOf({
    It: resource('AWS::ElasticLoadBalancingV2::TargetGroup', group),
    Task: resource('AWS::ECS::TaskDefinition', {
      NetworkMode,
      ContainerDefinitions: [{ Name: 'app', PortMappings: [{ ContainerPort: 8080, HostPort }] }],
    }),
    Service: resource('AWS::ECS::Service', {
      TaskDefinition: ref('Task'),
      LoadBalancers: [{ TargetGroupArn: ref('It'), ContainerName: 'app', ContainerPort: 8080 }],
    }),
  });

testRule(healthCheckPort, [
  { name: 'the port of the traffic', verdict: 'pass', template: behind({ HealthCheckPort: 'traffic-port' }, 0) },
  { name: 'left out', verdict: 'pass', template: behind({}, 0) },
  { name: 'a fixed port', verdict: 'fail', template: behind({ HealthCheckPort: '8080' }, 0) },
  {
    name: 'a fixed port, and a host port that is left out',
    verdict: 'fail',
    template: behind({ HealthCheckPort: '8080' }, undefined),
  },
  { name: 'a parameter decides', verdict: 'unknown', template: behind({ HealthCheckPort: ref('P') }, 0) },
  { name: 'a fixed host port', verdict: 'not-applicable', template: behind({ HealthCheckPort: '8080' }, 8080) },
  {
    name: 'a network of its own',
    verdict: 'not-applicable',
    template: behind({ HealthCheckPort: '8080' }, undefined, 'awsvpc'),
  },
]);
