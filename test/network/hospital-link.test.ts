import { App, Duration, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as sns from 'aws-cdk-lib/aws-sns';
import {
  ClinicalNetwork,
  ClinicalTier,
  DataProtection,
  type DirectConnectLinkOptions,
  HospitalLink,
  type HospitalLinkProps,
  HospitalSite,
  type HospitalSiteOptions,
  SiteLink,
  type VpnLinkOptions,
} from '../../src';

function vpn(name: string, last: number, options: Partial<VpnLinkOptions> = {}): SiteLink {
  return SiteLink.vpn({ name, address: `198.51.100.${last}`, bgpAsn: 65010, mbps: 500, ...options });
}

function cable(name: string, options: Partial<DirectConnectLinkOptions> = {}): SiteLink {
  return SiteLink.directConnect({ name, location: 'EqDC2', mbps: 1000, ...options });
}

function site(options: Partial<HospitalSiteOptions> = {}): HospitalSite {
  return HospitalSite.of({
    name: 'main-campus',
    ranges: ['10.100.0.0/16'],
    peakMbps: 400,
    links: [vpn('router-a', 10), vpn('router-b', 20)],
    ...options,
  });
}

function linked(options: Partial<HospitalLinkProps> = {}, zoneCount = 3) {
  const stack = new Stack(new App(), 'Hospital', { env: { region: 'us-east-1' } });
  const campus = new ClinicalNetwork(stack, 'Network', {
    zoneCount,
    cidr: '10.20.0.0/16',
    interfaceEndpoints: [],
    availabilityZones: ['us-east-1a', 'us-east-1b', 'us-east-1c', 'us-east-1d'].slice(0, zoneCount),
  });
  const link = new HospitalLink(stack, 'Link', {
    network: campus.networkConfig,
    sites: [site()],
    tier: ClinicalTier.LIFE_CRITICAL,
    notifications: sns.Topic.fromTopicArn(stack, 'Topic', 'arn:aws:sns:us-east-1:111111111111:operations'),
    ...options,
  });
  return { stack, link, template: () => Template.fromStack(stack) };
}

describe('what AWS can build', () => {
  const { link, template } = linked();

  test.each([2, 3, 4])('a transit gateway is attached in each of %s zones', (zones) => {
    const [attachment] = Object.values(
      linked({}, zones).template().findResources('AWS::EC2::TransitGatewayAttachment'),
    );
    expect(attachment.Properties.SubnetIds).toHaveLength(zones);
    expect(new Set(attachment.Properties.SubnetIds.map(({ Ref }: { Ref: string }) => Ref)).size).toBe(zones);
  });

  test('each router has a connection of two tunnels, which BGP chooses from', () => {
    template().resourceCountIs('AWS::EC2::CustomerGateway', 2);
    template().resourceCountIs('AWS::EC2::VPNConnection', 2);
    template().allResourcesProperties('AWS::EC2::VPNConnection', {
      StaticRoutesOnly: false,
      TransitGatewayId: { Ref: Match.stringLikeRegexp('TransitGateway') },
      PreSharedKeyStorage: 'SecretsManager',
    });
    const connections = Object.values(template().findResources('AWS::EC2::VPNConnection'));
    for (const { Properties } of connections) {
      expect(Properties.VpnTunnelOptionsSpecifications).toHaveLength(2);
      for (const tunnel of Properties.VpnTunnelOptionsSpecifications) {
        expect(tunnel).toMatchObject({
          IKEVersions: [{ Value: 'ikev2' }],
          Phase1EncryptionAlgorithms: [{ Value: 'AES256-GCM-16' }],
          Phase1DHGroupNumbers: [{ Value: 19 }, { Value: 20 }, { Value: 21 }],
          DPDTimeoutSeconds: 30,
          DPDTimeoutAction: 'restart',
          StartupAction: 'start',
          LogOptions: { CloudwatchLogOptions: { LogEnabled: true, BgpLogEnabled: true } },
        });
        expect(tunnel).not.toHaveProperty('PreSharedKey');
      }
    }
    expect(Object.keys(link.vpnConnections)).toEqual(['main-campus/router-a', 'main-campus/router-b']);
  });

  test('the application subnets of every zone are routed to each range, once the gateway is attached', () => {
    const two = linked({ sites: [site({ ranges: ['10.100.0.0/16', '10.101.0.0/16'] })] }).template();
    const routes = two.findResources('AWS::EC2::Route', { Properties: { TransitGatewayId: Match.anyValue() } });
    expect(Object.keys(routes)).toHaveLength(6);
    for (const { DependsOn } of Object.values(routes)) {
      expect([DependsOn].flat()).toContainEqual(expect.stringContaining('LinkAttachment'));
    }
  });

  test('a range that is given up leaves the routes of the others alone', () => {
    const routesTo = (...ranges: string[]) =>
      linked({ sites: [site({ ranges })] })
        .template()
        .findResources('AWS::EC2::Route', { Properties: { DestinationCidrBlock: '10.101.0.0/16' } });
    expect(Object.keys(routesTo('10.101.0.0/16'))).toEqual(Object.keys(routesTo('10.100.0.0/16', '10.101.0.0/16')));
  });

  test('logs of the tunnels are encrypted and kept for a year', () => {
    template().hasResourceProperties('AWS::Logs::LogGroup', {
      KmsKeyId: { 'Fn::GetAtt': [Match.stringLikeRegexp('LinkKey'), 'Arn'] },
      RetentionInDays: 365,
    });
  });

  test('logs of the tunnels go with a sandbox, and so does their key', () => {
    const dataProtection = DataProtection.destroyWithStack({ acknowledgeDataLoss: 'sandbox' });
    const policies = (options: Partial<HospitalLinkProps>) => {
      const { Resources } = linked(options).template().toJSON();
      return Object.entries<{ Type: string; DeletionPolicy?: string }>(Resources)
        .filter(([id, { Type }]) => id.startsWith('Link') && /Logs::LogGroup|KMS::Key/.test(Type))
        .map(([, { DeletionPolicy }]) => DeletionPolicy);
    };
    expect(policies({ dataProtection })).toEqual(['Delete', 'Delete']);
    expect(policies({})).toEqual(['Retain', 'Retain']);
  });

  test('a router with a long number keeps it', () => {
    const links = [vpn('router-a', 10, { bgpAsn: 4_200_000_001 }), vpn('router-b', 20)];
    linked({ sites: [site({ links })] })
      .template()
      .hasResourceProperties('AWS::EC2::CustomerGateway', { BgpAsnExtended: 4_200_000_001, BgpAsn: Match.absent() });
  });

  test('a Direct Connect gateway is associated where it is given, for the range of the VPC', () => {
    linked({ directConnectGatewayId: 'dxgw-1' })
      .template()
      .hasResourceProperties('AWS::DirectConnect::DirectConnectGatewayAssociation', {
        DirectConnectGatewayId: 'dxgw-1',
        AllowedPrefixesToDirectConnectGateway: ['10.20.0.0/16'],
      });
  });

  test('takes the number of the AWS side', () => {
    linked({ amazonSideAsn: 65001 })
      .template()
      .hasResourceProperties('AWS::EC2::TransitGateway', { AmazonSideAsn: 65001 });
  });
});

describe('alarms', () => {
  test('tell a lost tunnel from a cut connection, and a cut connection from a site that is cut off', () => {
    const { link, template } = linked();
    expect(link.alarms).toHaveLength(4);
    const lost = { Statistic: 'Minimum', Threshold: 1, ComparisonOperator: 'LessThanThreshold' };
    // the metric of a connection is a fraction while one of its tunnels is up
    const cut = { Statistic: 'Maximum', Threshold: 0, ComparisonOperator: 'LessThanOrEqualToThreshold' };
    for (const asked of [lost, cut]) {
      template().hasResourceProperties('AWS::CloudWatch::Alarm', {
        ...asked,
        MetricName: 'TunnelState',
        TreatMissingData: 'breaching',
        AlarmActions: ['arn:aws:sns:us-east-1:111111111111:operations'],
      });
    }
    template().hasResourceProperties('AWS::CloudWatch::CompositeAlarm', {
      AlarmDescription: 'main-campus is cut off: every link of it is down',
      AlarmRule: { 'Fn::Join': ['', Match.arrayWith([Match.stringLikeRegexp('AND')])] },
    });
  });

  test('watch a Direct Connect connection whose id is known', () => {
    const links = [cable('cable', { connectionId: 'dxcon-1' }), vpn('router-a', 10)];
    const { link, template } = linked({ sites: [site({ links })] });
    template().hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: 'ConnectionState',
      Dimensions: [{ Name: 'ConnectionId', Value: 'dxcon-1' }],
    });
    expect(link.cutOffAlarms).toEqual([]); // not every link of the site is a VPN
  });
});

describe('what AWS cannot build', () => {
  test('is declared in the template, with what is left when the worst thing fails', () => {
    const links = [cable('cable-a'), cable('cable-b'), vpn('router-a', 10, { carrier: 'north' })];
    const { template } = linked({ sites: [site({ links })] });
    const { hospitalLinks } = template().toJSON().Metadata['cdk-resilient-ehr'];
    expect(hospitalLinks['Hospital/Link'].sites).toEqual([
      {
        name: 'main-campus',
        peakMbps: 400,
        worstLoss: 'location EqDC2',
        leftMbps: 500,
        links: [
          { kind: 'DIRECT_CONNECT', name: 'cable-a', mbps: 1000, failsWith: 'location EqDC2' },
          { kind: 'DIRECT_CONNECT', name: 'cable-b', mbps: 1000, failsWith: 'location EqDC2' },
          { kind: 'VPN', name: 'router-a', mbps: 500, failsWith: 'carrier north' },
        ],
      },
    ]);
    expect(hospitalLinks['Hospital/Link'].recoveryThresholds).toContainEqual(
      expect.objectContaining({ scope: 'CONNECTIVITY', automation: 'AUTOMATIC', expectedSeconds: 30 }),
    );
  });

  test('makes no VPN, key or log where every link is a cable', () => {
    const links = [cable('cable-a'), cable('cable-b', { location: 'CSVA1' })];
    const { template } = linked({ sites: [site({ links })] });
    template().resourceCountIs('AWS::EC2::VPNConnection', 0);
    expect(Object.keys(template().findResources('AWS::KMS::Key'))).toHaveLength(1); // that of the network
  });
});

describe('N-1', () => {
  test.each([
    ['one router', [vpn('router-a', 10)], /when router-a fails, main-campus has 0 Mbit\/s left for a peak of 400/],
    [
      'two routers of one carrier',
      [vpn('router-a', 10, { carrier: 'north' }), vpn('router-b', 20, { carrier: 'north' })],
      /when carrier north fails/,
    ],
    [
      'two cables at one location',
      [cable('cable-a'), cable('cable-b')],
      /when location EqDC2 fails, main-campus has 0/,
    ],
    [
      'a VPN too small for the peak',
      [cable('cable-a'), vpn('router-a', 10, { mbps: 100 })],
      /has 100 Mbit\/s left for a peak of 400/,
    ],
  ])('fails for a LIFE_CRITICAL tier: %s', (_, links, message) => {
    expect(() => linked({ sites: [site({ links })] })).toThrow(message);
    expect(() => linked({ sites: [site({ links })], tier: ClinicalTier.FOUNDATION })).toThrow(
      /InvalidHospitalLink at Hospital\/Link/,
    );
  });

  test('holds for a cable and a VPN that carries the peak, and for two locations', () => {
    expect(() => linked({ sites: [site({ links: [cable('cable'), vpn('router-a', 10)] })] })).not.toThrow();
    const links = [cable('cable-a'), cable('cable-b', { location: 'CSVA1' })];
    expect(() => linked({ sites: [site({ links })] })).not.toThrow();
  });

  test('is a warning for other tiers, and where somebody said why', () => {
    const links = [vpn('router-a', 10)];
    for (const options of [
      { sites: [site({ links })], tier: ClinicalTier.OPERATIONAL },
      { sites: [site({ links, acknowledgeSingleFailure: 'a kiosk, with paper beside it' })] },
    ]) {
      const { stack } = linked(options);
      Annotations.fromStack(stack).hasWarning('/Hospital/Link', Match.stringLikeRegexp('siteDependsOnOneLink'));
    }
  });

  test('gives no warning where it holds', () => {
    Annotations.fromStack(linked().stack).hasNoWarning('/Hospital/Link', Match.anyValue());
  });
});

describe('fails', () => {
  test('for a link to nowhere, and for a number that the AWS side cannot have', () => {
    expect(() => linked({ sites: [], amazonSideAsn: 1 })).toThrow(/sites is empty.*amazonSideAsn must be .*got 1/);
  });

  test('for ranges that a router could not tell apart', () => {
    expect(() => linked({ sites: [site({ ranges: ['10.20.128.0/24'] })] })).toThrow(
      /10.20.128.0\/24 of main-campus and 10.20.0.0\/16 of the VPC overlap/,
    );
    const clinic = site({
      name: 'clinic',
      ranges: ['10.100.7.0/24'],
      links: [vpn('router-c', 30), vpn('router-d', 40)],
    });
    expect(() => linked({ sites: [site(), clinic] })).toThrow(
      /10.100.0.0\/16 of main-campus and 10.100.7.0\/24 of clinic overlap/,
    );
  });

  test('for two sites of a name, and for a router with the number of the AWS side', () => {
    const links = [vpn('router-a', 10, { bgpAsn: 64512 }), vpn('router-b', 20)];
    expect(() => linked({ sites: [site({ links }), site({ ranges: ['10.101.0.0/16'] })] })).toThrow(
      /each site needs a name of its own.*router-a of main-campus has the BGP number of the AWS side, 64512/,
    );
  });

  test.each<[Partial<HospitalSiteOptions>, RegExp]>([
    [{ name: 'Main Campus' }, /name of a site must be .*got "Main Campus"/],
    [{ links: [] }, /has no link/],
    [{ links: [vpn('same', 10), vpn('same', 20)] }, /two links of main-campus are called same/],
    [{ ranges: [] }, /has no range/],
    [{ ranges: ['10.1.1.1/16'] }, /must be like 10.100.0.0\/16, got "10.1.1.1\/16"/],
    [{ ranges: ['10.100.0.0/16', '10.100.1.0/24'] }, /ranges 10.100.0.0\/16 and 10.100.1.0\/24 of main-campus overlap/],
    [{ peakMbps: 0 }, /peakMbps of main-campus must be above 0, got 0/],
    [{ acknowledgeSingleFailure: ' ' }, /needs a reason/],
  ])('for a site with %j', (options, message) => {
    expect(() => site(options)).toThrow(message);
  });

  test.each<[Partial<VpnLinkOptions>, RegExp]>([
    [{ name: 'Router A' }, /name of a link must be/],
    [{ address: '10.0.0.1' }, /must be a public IPv4 address, got "10.0.0.1"/],
    [{ address: 'router.example.org' }, /public IPv4 address/],
    [{ address: '198.51.100.300' }, /public IPv4 address/],
    [{ bgpAsn: 0 }, /bgpAsn of router must be/],
    [{ mbps: 2000 }, /at most 1250, which is one tunnel, got 2000/],
  ])('for a VPN with %j', (options, message) => {
    expect(() => vpn('router', 10, options)).toThrow(message);
  });

  test('for a cable to nowhere', () => {
    expect(() => cable('cable', { location: '', mbps: 0 })).toThrow(
      /location of cable is empty.*mbps of cable must be above 0/,
    );
  });

  test('for a retention that CloudWatch Logs does not offer', () => {
    expect(() => linked({ logRetention: Duration.days(42) })).toThrow(/must be one of .*got 42/);
  });
});

describe('one router with two links', () => {
  test('has a customer gateway for each: Amazon EC2 would give the second the first, which goes with either', () => {
    const { stack } = linked();
    const other = new Stack(stack.node.root as App, 'Training', { env: { region: 'us-east-1' } });
    const campus = new ClinicalNetwork(other, 'Network', {
      cidr: '10.40.0.0/16',
      interfaceEndpoints: [],
      availabilityZones: ['us-east-1a', 'us-east-1b', 'us-east-1c'],
    });
    new HospitalLink(other, 'Link', {
      network: campus.networkConfig,
      sites: [site()],
      tier: ClinicalTier.LIFE_CRITICAL,
      notifications: new sns.Topic(other, 'Topic'),
    });
    const names = [stack, other].flatMap((each) =>
      Object.values(Template.fromStack(each).findResources('AWS::EC2::CustomerGateway')).map(
        ({ Properties }): string => Properties.DeviceName,
      ),
    );
    expect(new Set(names).size).toBe(4);
    for (const name of names) {
      expect(name).toMatch(/^main-campus-router-[ab]-/);
      expect(name.length).toBeLessThanOrEqual(255);
    }
  });
});
