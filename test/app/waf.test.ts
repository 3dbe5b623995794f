import { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Waf } from '../../src';
import { ACCOUNT, clinicalApp } from '../support/app';

function templateWith(waf?: Waf): Template {
  return Template.fromStack(Stack.of(clinicalApp({ https: { waf } })));
}

const aclIn = (region: string) => `arn:aws:wafv2:${region}:${ACCOUNT}:regional/webacl/hospital/1`;
const managedGroup = (name: string, counted: string[]) =>
  Match.objectLike({
    Name: name,
    OverrideAction: { None: {} },
    Statement: {
      ManagedRuleGroupStatement: {
        VendorName: 'AWS',
        Name: name,
        RuleActionOverrides: counted.map((rule) => ({ Name: rule, ActionToUse: { Count: {} } })),
      },
    },
  });

describe('managed rules', () => {
  test('are the default, and let FHIR resources through', () => {
    const counted = ['SizeRestrictions_BODY', 'CrossSiteScripting_BODY', 'SQLi_BODY'];
    templateWith().hasResourceProperties('AWS::WAFv2::WebACL', {
      Scope: 'REGIONAL',
      DefaultAction: { Allow: {} },
      VisibilityConfig: Match.objectLike({ SampledRequestsEnabled: false }),
      Rules: [
        managedGroup('AWSManagedRulesAmazonIpReputationList', counted),
        managedGroup('AWSManagedRulesCommonRuleSet', counted),
        managedGroup('AWSManagedRulesKnownBadInputsRuleSet', counted),
        managedGroup('AWSManagedRulesSQLiRuleSet', counted),
      ],
    });
  });

  test('protect the load balancer', () => {
    templateWith().hasResourceProperties('AWS::WAFv2::WebACLAssociation', {
      ResourceArn: { Ref: Match.stringLikeRegexp('LoadBalancer') },
      WebACLArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('WebAcl'), 'Arn'] },
    });
  });

  test('count other rules where asked, and limit requests', () => {
    const template = templateWith(Waf.managedRules({ rateLimit: 5000, countedRules: ['NoUserAgent_HEADER'] }));
    template.hasResourceProperties('AWS::WAFv2::WebACL', {
      Rules: Match.arrayWith([
        managedGroup('AWSManagedRulesCommonRuleSet', ['NoUserAgent_HEADER']),
        Match.objectLike({
          Name: 'RateLimit',
          Priority: 4,
          Action: { Block: {} },
          Statement: { RateBasedStatement: { AggregateKeyType: 'IP', Limit: 5000, EvaluationWindowSec: 300 } },
        }),
      ]),
    });
  });

  test('log without what names a patient or a session, under a customer key', () => {
    const template = templateWith();
    template.hasResourceProperties('AWS::WAFv2::LoggingConfiguration', {
      RedactedFields: [
        { SingleHeader: { Name: 'authorization' } },
        { SingleHeader: { Name: 'cookie' } },
        { QueryString: {} },
      ],
    });
    template.hasResource('AWS::Logs::LogGroup', {
      DeletionPolicy: 'Retain',
      Properties: {
        LogGroupName: { 'Fn::Join': ['', Match.arrayWith([Match.stringLikeRegexp('^aws-waf-logs-ehr-')])] },
        KmsKeyId: Match.anyValue(),
      },
    });
  });

  test.each([99, 2_000_000_001])('fail with a rate limit of %d', (rateLimit) => {
    expect(() => Waf.managedRules({ rateLimit })).toThrow(/rateLimit must be 100 to 2000000000 .*\[InvalidWaf\]/);
  });
});

describe('existing web ACLs', () => {
  test('the one of the Region is used', () => {
    const template = templateWith(Waf.existing(aclIn('us-west-2'), aclIn('us-east-1')));
    template.resourceCountIs('AWS::WAFv2::WebACL', 0);
    template.hasResourceProperties('AWS::WAFv2::WebACLAssociation', { WebACLArn: aclIn('us-east-1') });
  });

  test('fail where none is of the Region', () => {
    expect(() => templateWith(Waf.existing(aclIn('us-west-2')))).toThrow(
      /exactly one of the web ACLs must be in us-east-1, got arn:aws:wafv2:us-west-2.*\[WafInOtherRegion/,
    );
  });

  test('fail where two are', () => {
    expect(() => templateWith(Waf.existing(aclIn('us-east-1'), `${aclIn('us-east-1')}0`))).toThrow(/WafInOtherRegion/);
  });

  test('fail where none is given', () => {
    expect(() => Waf.existing()).toThrow(/got none \[InvalidWaf\]/);
  });
});

describe('no web ACL', () => {
  test('makes none', () => {
    const template = templateWith(Waf.none({ reason: 'hospital network only' }));
    template.resourceCountIs('AWS::WAFv2::WebACLAssociation', 0);
  });

  test('fails without a reason', () => {
    expect(() => Waf.none({ reason: ' ' })).toThrow(/needs the reason .*\[InvalidWaf\]/);
  });
});
