import { Duration, Lazy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AccessAnalysis } from '../../src/security';

test('analyses external access, which is free, and nothing else', () => {
  const stack = new Stack();
  new AccessAnalysis(stack, 'Access');
  const template = Template.fromStack(stack);
  template.resourceCountIs('AWS::AccessAnalyzer::Analyzer', 1);
  template.hasResource('AWS::AccessAnalyzer::Analyzer', {
    Properties: { Type: 'ACCOUNT' },
    DeletionPolicy: 'RetainExceptOnCreate',
  });
});

test('analyses unused access where asked', () => {
  const stack = new Stack();
  new AccessAnalysis(stack, 'Access', { unusedAfter: Duration.days(90) });
  Template.fromStack(stack).hasResourceProperties('AWS::AccessAnalyzer::Analyzer', {
    Type: 'ACCOUNT_UNUSED_ACCESS',
    AnalyzerConfiguration: { UnusedAccessConfiguration: { UnusedAccessAge: 90 } },
  });
});

test.each([
  ['none', Duration.days(0)],
  ['part of a day', Duration.hours(30)],
  ['more than a year', Duration.days(366)],
  ['a token', Duration.days(Lazy.number({ produce: () => 90 }))],
])('fails when unused after %s', (_name, unusedAfter) => {
  expect(() => new AccessAnalysis(new Stack(), 'Access', { unusedAfter })).toThrow(
    /1 to 365 whole days.*\[InvalidUnusedAfter at Default\/Access\]/,
  );
});
