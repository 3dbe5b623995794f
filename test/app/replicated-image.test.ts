import { App, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { ReplicatedImage } from '../../src';
import { clinicalAppIn, DIGEST } from '../support/app';

test.each(['us-east-1', 'us-gov-west-1', 'cn-north-1'])('is pulled from the registry of %s itself', (region) => {
  const stack = new Stack(new App(), 'Ehr', { env: { account: '111111111111', region } });
  const certificateArn = `arn:aws:acm:${region}:111111111111:certificate/abc`;
  clinicalAppIn(
    stack,
    { compute: { image: new ReplicatedImage({ repositoryName: 'ehr/app', digest: DIGEST }) } },
    certificateArn,
  );
  Template.fromStack(stack).hasResourceProperties('AWS::ECS::TaskDefinition', {
    ContainerDefinitions: [
      Match.objectLike({
        Image: {
          'Fn::Join': ['', [`111111111111.dkr.ecr.${region}.`, { Ref: 'AWS::URLSuffix' }, `/ehr/app@${DIGEST}`]],
        },
      }),
    ],
  });
  Annotations.fromStack(stack).hasNoWarning('*', Match.stringLikeRegexp('image'));
});

test('starting may pull it', () => {
  const stack = new Stack(new App(), 'Ehr', { env: { account: '111111111111', region: 'us-east-1' } });
  clinicalAppIn(stack, { compute: { image: new ReplicatedImage({ repositoryName: 'ehr/app', digest: DIGEST }) } });
  Template.fromStack(stack).hasResourceProperties('AWS::IAM::ManagedPolicy', {
    Roles: [{ Ref: Match.stringLikeRegexp('ExecutionRole') }],
    PolicyDocument: {
      Statement: Match.arrayWith([Match.objectLike({ Action: Match.arrayWith(['ecr:BatchGetImage']) })]),
    },
  });
});

test('fails for a tag', () => {
  expect(() => new ReplicatedImage({ repositoryName: 'ehr', digest: 'latest' })).toThrow(
    /digest must be "sha256:" and 64 hexadecimal digits, got "latest".*\[InvalidImageDigest\]/,
  );
});
