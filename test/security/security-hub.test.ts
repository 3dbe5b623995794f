import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import type { CfnHub, CfnHubV2 } from 'aws-cdk-lib/aws-securityhub';
import { DataProtection } from '../../src/core';
import { SecurityHub, SecurityHubCspm, SecurityStandard } from '../../src/security';

function stackIn(region: string): Stack {
  return new Stack(new App(), 'S', { env: { account: '111122223333', region } });
}

describe('SecurityHubCspm', () => {
  test('owns each standard itself', () => {
    const stack = stackIn('us-east-1');
    new SecurityHubCspm(stack, 'Cspm');
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::SecurityHub::Hub', {
      EnableDefaultStandards: false,
      ControlFindingGenerator: 'SECURITY_CONTROL',
      AutoEnableControls: true,
    });
    template.resourceCountIs('AWS::SecurityHub::Standard', 3);
    template.resourceCountIs('AWS::SecurityHub::FindingAggregator', 0);
  });

  test('turns standards on one after the other, after the hub', () => {
    const stack = stackIn('us-east-1');
    const { hub, standards } = new SecurityHubCspm(stack, 'Cspm');
    const resources = Template.fromStack(stack).findResources('AWS::SecurityHub::Standard');
    const order = [hub as CfnHub, ...standards].map((resource) => stack.getLogicalId(resource));
    expect(standards.map((standard) => resources[stack.getLogicalId(standard)].DependsOn)).toEqual([
      [order[0]],
      [order[1]],
      [order[2]],
    ]);
  });

  test('checks against the standards it is given, and none if so told', () => {
    const stack = stackIn('us-east-1');
    new SecurityHubCspm(stack, 'Cspm', { standards: [SecurityStandard.PCI_DSS_4_0_1] });
    Template.fromStack(stack).hasResourceProperties('AWS::SecurityHub::Standard', {
      StandardsArn: {
        'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':securityhub:us-east-1::standards/pci-dss/v/4.0.1']],
      },
    });
    expect(new SecurityHubCspm(stackIn('us-east-1'), 'Cspm', { standards: [] }).standards).toEqual([]);
  });

  test('fails when a standard is listed twice', () => {
    const standards = [SecurityStandard.CIS_5_0_0, SecurityStandard.of('cis-aws-foundations-benchmark/v/5.0.0')];
    expect(() => new SecurityHubCspm(stackIn('us-east-1'), 'Cspm', { standards })).toThrow(
      /listed twice.*\[DuplicateStandard at S\/Cspm\]/,
    );
  });

  test('collects the findings of linked Regions', () => {
    const stack = stackIn('us-east-1');
    const cspm = new SecurityHubCspm(stack, 'Cspm', { linkedRegions: ['us-west-2', 'us-east-2'] });
    Template.fromStack(stack).hasResource('AWS::SecurityHub::FindingAggregator', {
      Properties: { RegionLinkingMode: 'SPECIFIED_REGIONS', Regions: ['us-west-2', 'us-east-2'] },
      DependsOn: [stack.getLogicalId(cspm.hub as CfnHub)],
    });
  });

  test.each(['Hub', 'Standard', 'FindingAggregator'])('keeps AWS::SecurityHub::%s, or not', (type) => {
    const kept = stackIn('us-east-1');
    new SecurityHubCspm(kept, 'Cspm', { linkedRegions: ['us-west-2'] });
    Template.fromStack(kept).allResources(`AWS::SecurityHub::${type}`, { DeletionPolicy: 'RetainExceptOnCreate' });
    const sandbox = stackIn('us-east-1');
    const dataProtection = DataProtection.destroyWithStack({ acknowledgeDataLoss: 'sandbox' });
    new SecurityHubCspm(sandbox, 'Cspm', { linkedRegions: ['us-west-2'], dataProtection });
    Template.fromStack(sandbox).allResources(`AWS::SecurityHub::${type}`, { DeletionPolicy: 'Delete' });
  });
});

describe('SecurityHub', () => {
  test('is a hub, and an aggregator where Regions are linked', () => {
    const stack = stackIn('us-east-1');
    const { hub } = new SecurityHub(stack, 'Hub', { linkedRegions: ['us-west-2'] });
    const template = Template.fromStack(stack);
    template.hasResource('AWS::SecurityHub::HubV2', { DeletionPolicy: 'RetainExceptOnCreate' });
    template.hasResource('AWS::SecurityHub::AggregatorV2', {
      Properties: { RegionLinkingMode: 'SPECIFIED_REGIONS', LinkedRegions: ['us-west-2'] },
      DependsOn: [stack.getLogicalId(hub as CfnHubV2)],
      DeletionPolicy: 'RetainExceptOnCreate',
    });
    expect(new SecurityHub(stackIn('us-east-1'), 'Hub').aggregator).toBeUndefined();
  });

  test.each(['us-gov-west-1', 'cn-north-1'])('fails in %s, where it is not documented', (region) => {
    expect(() => new SecurityHub(stackIn(region), 'Hub')).toThrow(/\[NotOfferedInPartition at S\/Hub\]/);
  });
});
