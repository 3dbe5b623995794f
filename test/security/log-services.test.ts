import { App, Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import { DataProtection } from '../../src/core';
import {
  DnsFirewallAction,
  DnsProtection,
  type DnsProtectionProps,
  LogDataProtection,
  type LogDataProtectionProps,
  SessionLogging,
  type SessionLoggingProps,
} from '../../src/security';

const stackIn = (region = 'us-east-1') => new Stack(new App(), 'S', { env: { account: '111122223333', region } });
const sandbox = DataProtection.destroyWithStack({ acknowledgeDataLoss: 'sandbox' });

describe('DnsProtection', () => {
  function dns(props: Partial<DnsProtectionProps> = {}): Template {
    const stack = stackIn();
    new DnsProtection(stack, 'Dns', {
      vpc: ec2.Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['us-east-1a'] }),
      encryptionKey: new kms.Key(stack, 'Key'),
      ...props,
    });
    return Template.fromStack(stack);
  }

  test('logs the queries of a VPC, encrypted, once they may be delivered', () => {
    const template = dns();
    template.hasResource('AWS::Route53Resolver::ResolverQueryLoggingConfig', {
      Properties: { DestinationArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('DnsLogGroup'), 'Arn'] } },
      DependsOn: [Match.stringLikeRegexp('DnsDeliveryPolicy')],
    });
    template.hasResourceProperties('AWS::Route53Resolver::ResolverQueryLoggingConfigAssociation', {
      ResourceId: 'vpc-1',
      ResolverQueryLogConfigId: { 'Fn::GetAtt': [Match.stringLikeRegexp('DnsQueryLogging'), 'Id'] },
    });
    template.hasResource('AWS::Logs::LogGroup', {
      Properties: { KmsKeyId: Match.anyValue(), RetentionInDays: 365 },
      DeletionPolicy: 'Retain',
    });
  });

  test('lets the log delivery of this account write, and nobody else', () => {
    const [policy] = Object.values(dns().findResources('AWS::Logs::ResourcePolicy'));
    const text = JSON.stringify(policy.Properties.PolicyDocument);
    expect(text).toContain('delivery.logs.amazonaws.com');
    expect(text).toContain('aws:SourceAccount');
    expect(text).toContain('111122223333');
  });

  test('has no firewall unless asked, because an impaired one answers no query', () => {
    dns().resourceCountIs('AWS::Route53Resolver::FirewallRuleGroup', 0);
  });

  test.each([
    [DnsFirewallAction.ALERT, Match.absent()],
    [DnsFirewallAction.BLOCK, 'NODATA'],
  ])('may %s on queries that look like an attack', (firewall, BlockResponse) => {
    const template = dns({ firewall });
    template.hasResourceProperties('AWS::Route53Resolver::FirewallRuleGroup', {
      FirewallRules: ['DGA', 'DNS_TUNNELING'].map((DnsThreatProtection, index) =>
        Match.objectLike({
          Action: firewall,
          BlockResponse,
          ConfidenceThreshold: 'HIGH',
          DnsThreatProtection,
          Priority: index + 1,
        }),
      ),
    });
    template.hasResourceProperties('AWS::Route53Resolver::FirewallRuleGroupAssociation', {
      VpcId: 'vpc-1',
      Priority: 101,
    });
  });
});

describe('LogDataProtection', () => {
  function masked(props: LogDataProtectionProps = {}): Template {
    const stack = stackIn();
    new LogDataProtection(stack, 'Mask', props);
    return Template.fromStack(stack);
  }

  interface Statement {
    readonly DataIdentifier: string[];
    readonly Operation: Record<string, unknown>;
  }

  function statements(template: Template): Statement[] {
    const [policy] = Object.values(template.findResources('AWS::Logs::AccountPolicy'));
    const document = policy.Properties.PolicyDocument;
    const text = typeof document === 'string' ? document : document['Fn::Join'][1].map(String).join('');
    return JSON.parse(text.replace(/\[object Object\]/g, 'aws')).Statement;
  }

  test('audits and masks the same identifiers, as AWS demands, in every log group', () => {
    const template = masked();
    template.hasResource('AWS::Logs::AccountPolicy', {
      Properties: { PolicyType: 'DATA_PROTECTION_POLICY', Scope: 'ALL' },
      DeletionPolicy: 'RetainExceptOnCreate',
    });
    const [audit, mask] = statements(template);
    expect(audit.Operation).toEqual({ Audit: { FindingsDestination: {} } });
    expect(mask.Operation).toEqual({ Deidentify: { MaskConfig: {} } });
    expect(mask.DataIdentifier).toEqual(audit.DataIdentifier);
    expect(mask.DataIdentifier).toContain('arn:aws:dataprotection::aws:data-identifier/MedicareBeneficiaryNumber-US');
    expect(mask.DataIdentifier).toHaveLength(7);
  });

  test('masks what it is told', () => {
    const [, mask] = statements(masked({ identifiers: [logs.DataIdentifier.EMAILADDRESS] }));
    expect(mask.DataIdentifier).toEqual(['arn:aws:dataprotection::aws:data-identifier/EmailAddress']);
  });

  test('goes with a sandbox', () => {
    masked({ dataProtection: sandbox }).hasResource('AWS::Logs::AccountPolicy', { DeletionPolicy: 'Delete' });
  });

  test('fails to mask nothing', () => {
    expect(() => masked({ identifiers: [] })).toThrow(/\[NothingToMask at S\/Mask\]/);
  });
});

describe('SessionLogging', () => {
  function sessions(props: Partial<SessionLoggingProps> = {}): Template {
    const stack = stackIn();
    new SessionLogging(stack, 'Sessions', { encryptionKey: new kms.Key(stack, 'Key'), ...props });
    return Template.fromStack(stack);
  }

  test('keeps transcripts in an encrypted log group, and ends idle sessions', () => {
    sessions().hasResource('AWS::SSM::Document', {
      Properties: {
        Name: 'SSM-SessionManagerRunShell',
        DocumentType: 'Session',
        UpdateMethod: 'NewVersion',
        Content: {
          sessionType: 'Standard_Stream',
          inputs: {
            cloudWatchLogGroupName: { Ref: Match.stringLikeRegexp('SessionsLogGroup') },
            cloudWatchEncryptionEnabled: true,
            idleSessionTimeout: '15',
            maxSessionDuration: '480',
          },
        },
      },
      DeletionPolicy: 'RetainExceptOnCreate',
    });
  });

  test.each([
    [{ idleTimeout: Duration.minutes(61) }, /idleTimeout must be 1 to 60 whole minutes.*got 61/],
    [{ idleTimeout: Duration.seconds(90) }, /idleTimeout must be 1 to 60 whole minutes.*got 1.5/],
    [{ maxDuration: Duration.days(2) }, /maxDuration must be 1 to 1440 whole minutes.*got 2880/],
  ])('fails for %j', (props, message) => {
    expect(() => sessions(props)).toThrow(message);
    expect(() => sessions(props)).toThrow('InvalidSession at S/Sessions');
  });
});
