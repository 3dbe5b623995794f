import { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { INetworkTargets, MultiAzClinicalApp } from '../../../src';
import { clinicalApp } from '../../support/app';

function networkTargets({ compute }: MultiAzClinicalApp): INetworkTargets {
  if (!compute.networkTargets) throw new Error('no network targets');
  return compute.networkTargets;
}

function listen(app: MultiAzClinicalApp, port: number): void {
  const stack = Stack.of(app);
  new elbv2.NetworkTargetGroup(stack, `Feed${port}`, {
    vpc: app.network.vpc,
    port,
    targets: [networkTargets(app).forPort(port)],
  });
}

test('every port that is named can be the target of a target group', () => {
  const app = clinicalApp({ compute: { additionalPorts: [2575, 2576] } });
  listen(app, 2575);
  listen(app, 2576);
  listen(app, 8080);
  const template = Template.fromStack(Stack.of(app));
  template.hasResourceProperties('AWS::ECS::TaskDefinition', {
    ContainerDefinitions: [
      Match.objectLike({
        PortMappings: [8080, 2575, 2576].map((ContainerPort) => ({ ContainerPort, Protocol: 'tcp' })),
      }),
    ],
  });
  template.hasResourceProperties('AWS::ECS::Service', {
    LoadBalancers: [8080, 2575, 2576, 8080].map((ContainerPort) => ({
      ContainerName: 'App',
      ContainerPort,
      TargetGroupArn: Match.anyValue(),
    })),
  });
});

test('fails for a port the application does not listen on', () => {
  const app = clinicalApp({ compute: { additionalPorts: [2575] } });
  expect(() => networkTargets(app).forPort(6661)).toThrow(
    'does not listen on port 6661, only on 8080, 2575; add it to additionalPorts of Compute.fargate [PortNotListened at Ehr/App/Compute/Service]',
  );
});

test('fails for the sixth target group, the one of the HTTPS ingress included', () => {
  const feeds = [2575, 2576, 2577, 2578, 2579];
  const app = clinicalApp({ compute: { additionalPorts: feeds } });
  expect(() => {
    for (const port of feeds) listen(app, port);
  }).toThrow(/registers a service with 5 target groups.*Ehr\/App\/Ingress\/Targets.*TooManyTargetGroups/);
});
