import { dependencyOutage } from '../../../src/assessment/scenarios/dependency-outage';
import { hospital, hospitalWith, resource, testScenario } from './play';

const FETCHES = 'no start-up command fetches anything from the internet';
const IMAGES = 'images come by digest from the registry of their own Region';
const DIGEST = `@sha256:${'a'.repeat(64)}`;

const withTask = (container: Record<string, unknown>) =>
  hospitalWith(
    { TaskDefinition: { Ref: 'Task' } },
    { Task: resource('AWS::ECS::TaskDefinition', { ContainerDefinitions: [{ Image: 'x', ...container }] }) },
  );

const withUserData = (script: unknown) =>
  hospital({
    Group: resource('AWS::AutoScaling::AutoScalingGroup', {
      MinSize: 2,
      LaunchTemplate: { LaunchTemplateId: { Ref: 'Launch' } },
    }),
    Launch: resource('AWS::EC2::LaunchTemplate', { LaunchTemplateData: { UserData: { 'Fn::Base64': script } } }),
  });

const INSIDE = 'calls to AWS stay inside the network where it has an endpoint for them';
const endpoint = (properties: Record<string, unknown>) =>
  hospital({
    Endpoint: resource('AWS::EC2::VPCEndpoint', {
      VpcEndpointType: 'Interface',
      ServiceName: 'com.amazonaws.us-east-1.ecr.api',
      ...properties,
    }),
  });

testScenario(dependencyOutage, [
  { assertion: INSIDE, answer: 'holds', when: 'private DNS', stacks: endpoint({ PrivateDnsEnabled: true }) },
  {
    assertion: INSIDE,
    answer: 'unknown',
    when: 'an endpoint that no name leads to',
    stacks: endpoint({}),
    about: 'Test/Endpoint',
  },
  {
    assertion: FETCHES,
    answer: 'holds',
    when: 'a command that starts a server',
    stacks: withTask({ Command: ['java', '-jar', 'server.jar'] }),
  },
  {
    assertion: FETCHES,
    answer: 'holds',
    when: 'an address of AWS',
    stacks: withTask({ Command: ['curl', 'https://s3.us-east-1.amazonaws.com/a'] }),
  },
  {
    assertion: FETCHES,
    answer: 'broken',
    when: 'a download',
    stacks: withTask({ Command: ['sh', '-c', 'curl -o ca.pem https://truststore.example.org/ca.pem'] }),
    about: 'Test/Task',
  },
  {
    assertion: FETCHES,
    answer: 'broken',
    when: 'a package manager',
    stacks: withUserData('#!/bin/sh\ndnf install -y nginx'),
    about: 'Test/Launch',
  },
  {
    assertion: FETCHES,
    answer: 'unknown',
    when: 'a command that an import decides',
    stacks: withTask({ Command: { 'Fn::ImportValue': 'command' } }),
  },
  {
    assertion: IMAGES,
    answer: 'holds',
    when: 'a digest in the own Region',
    stacks: withTask({ Image: `111122223333.dkr.ecr.us-east-1.amazonaws.com/ehr${DIGEST}` }),
  },
  {
    assertion: IMAGES,
    answer: 'broken',
    when: 'a public registry',
    stacks: withTask({ Image: 'openemr/openemr:7.0.3' }),
    about: 'Test/Service',
  },
  {
    assertion: IMAGES,
    answer: 'broken',
    when: 'a tag',
    stacks: withTask({ Image: '111122223333.dkr.ecr.us-east-1.amazonaws.com/ehr:latest' }),
  },
  {
    assertion: IMAGES,
    answer: 'broken',
    when: 'another Region',
    stacks: withTask({ Image: `111122223333.dkr.ecr.us-west-2.amazonaws.com/ehr${DIGEST}` }),
  },
  {
    assertion: IMAGES,
    answer: 'unknown',
    when: 'an image that an import decides',
    stacks: withTask({ Image: { 'Fn::ImportValue': 'image' } }),
  },
  {
    assertion: 'there is another way to each partner, or a manual procedure',
    answer: 'unknown',
    when: 'anything',
    stacks: hospital(),
  },
]);
