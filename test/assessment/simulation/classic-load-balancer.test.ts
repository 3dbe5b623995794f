import { FailureScope } from '../../../src/core/failure-scope';
import { judged, network, ref, resource, subnets } from '../../support/assessment';

const { COMPONENT, AVAILABILITY_ZONE, CONTROL_PLANE } = FailureScope;

function site(...slots: number[]): Record<string, unknown> {
  const names = slots.map((_slot, index) => `Instance${index}`);
  return {
    ...network(2),
    Elb: resource('AWS::ElasticLoadBalancing::LoadBalancer', {
      Subnets: subnets(2),
      Instances: names.map(ref),
      HealthCheck: { Interval: 10, UnhealthyThreshold: 2, Timeout: 5, HealthyThreshold: 2, Target: 'HTTP:80/' },
    }),
    ...Object.fromEntries(
      slots.map((slot, index) => [names[index], resource('AWS::EC2::Instance', { SubnetId: ref(`Subnet${slot}`) })]),
    ),
  };
}

describe('instances behind a classic load balancer', () => {
  test('stand in for each other: one that fails is found by the health check', () => {
    expect(judged(site(0, 1), COMPONENT)).toBe('MEETS');
    expect(judged(site(0, 1), AVAILABILITY_ZONE)).toBe('MEETS');
  });

  test('are of no use to each other in one zone', () => {
    expect(judged(site(0, 0), AVAILABILITY_ZONE)).toBe('MISSES Instance0 Instance1');
  });

  test('have nobody to stand in where there is one', () => {
    expect(judged(site(1), COMPONENT)).toBe('MISSES Instance0');
  });

  test('take as long to be missed as the health check takes', () => {
    const slow = { ...site(0, 1) };
    slow.Elb = resource('AWS::ElasticLoadBalancing::LoadBalancer', {
      Subnets: subnets(2),
      Instances: [ref('Instance0'), ref('Instance1')],
      HealthCheck: { Interval: '300', UnhealthyThreshold: '10', Timeout: '60' },
    });
    expect(judged(slow, COMPONENT)).toBe('MISSES Elb');
  });

  test('may be tasks', () => {
    const tasks = {
      ...network(2),
      Elb: resource('AWS::ElasticLoadBalancing::LoadBalancer', { Subnets: subnets(2) }),
      Service: resource('AWS::ECS::Service', {
        DesiredCount: 1,
        LoadBalancers: [{ LoadBalancerName: ref('Elb') }],
        NetworkConfiguration: { AwsvpcConfiguration: { Subnets: subnets(2) } },
      }),
    };
    expect(judged(tasks, CONTROL_PLANE)).toBe('MISSES Service');
  });
});
