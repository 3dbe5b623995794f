import { idOf, type Placed, type Trap, text } from './templates';

const RECORD = 'AWS::Route53::RecordSet';
const CHECK = 'AWS::Route53::HealthCheck';
const BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
const GROUP = 'AWS::AutoScaling::AutoScalingGroup';
const SERVICE = 'AWS::ECS::Service';
const AUTOSHIFT = 'AWS::ARCZonalShift::ZonalAutoshiftConfiguration';
const HUB = 'AWS::ResilienceHubV2::Policy';

const followsAlarm = ({ p }: Placed) => p.HealthCheckConfig.Type === 'CLOUDWATCH_METRIC';

export const TRAFFIC: Trap[] = [
  {
    number: '0.7',
    holds: 'no template sets a count that a failover changes: the next deployment would take it back',
    offenders: (templates) => [
      ...templates.not(SERVICE, ({ p }) => p.DesiredCount === undefined),
      ...templates.not(GROUP, ({ p }) => p.DesiredCapacity === undefined),
    ],
    fault: [SERVICE, 'Properties.DesiredCount', 2],
  },
  {
    number: '0.8',
    holds: 'no custom resource carries a value from one Region to another',
    offenders: (templates) => templates.some(/^Custom::CrossRegionExport/).map(({ at }) => at),
    fault: [SERVICE, 'Type', 'Custom::CrossRegionExportReader'],
  },
  {
    number: '0.11',
    holds: 'tasks are spread anew, which a service without a word about it need not be, and have room for that',
    offenders: (templates) =>
      templates.not(
        SERVICE,
        ({ p }) => p.AvailabilityZoneRebalancing === 'ENABLED' && p.DeploymentConfiguration.MaximumPercent > 100,
      ),
    fault: [SERVICE, 'Properties.AvailabilityZoneRebalancing', undefined],
  },
  {
    number: '3.7a',
    holds: 'an address is an alias that looks at its target, or lives for two minutes at most, not for half an hour',
    offenders: (templates) =>
      templates.not(RECORD, ({ p }) =>
        p.AliasTarget ? p.AliasTarget.EvaluateTargetHealth === true : Number(p.TTL) <= 120,
      ),
    fault: [RECORD, 'Properties.AliasTarget.EvaluateTargetHealth', false],
  },
  {
    number: '3.7b',
    holds: 'records that users are moved between are there before, and called by their Region',
    offenders: (templates) =>
      templates.not(
        RECORD,
        ({ p, region }) => p.SetIdentifier === region,
        ({ p }) => (p.Failover ?? p.Region) !== undefined,
      ),
    fault: [RECORD, 'Properties.SetIdentifier', 'primary'],
  },
  {
    number: '3.7c',
    holds: 'a failure is noticed within a minute',
    offenders: (templates) =>
      templates.not(
        CHECK,
        ({ p: { HealthCheckConfig: check } }) => check.RequestInterval * check.FailureThreshold <= 60,
        ({ p }) => p.HealthCheckConfig.FullyQualifiedDomainName !== undefined,
      ),
    fault: [CHECK, 'Properties.HealthCheckConfig.RequestInterval', 30],
  },
  {
    number: '3.7d',
    holds: 'a health check that follows an alarm remembers the last word of one that is silent',
    offenders: (templates) =>
      templates.not(
        CHECK,
        ({ p }) => p.HealthCheckConfig.InsufficientDataHealthStatus === 'LastKnownStatus',
        followsAlarm,
      ),
    fault: [CHECK, 'Properties.HealthCheckConfig.InsufficientDataHealthStatus', 'Healthy'],
  },
  {
    number: '3.7e',
    holds: 'it follows an alarm on one metric, in the Region that it names: others are not followed',
    offenders: (templates) =>
      templates.not(
        CHECK,
        ({
          app,
          p: {
            HealthCheckConfig: { AlarmIdentifier: followed },
          },
        }) => {
          const alarms = templates.some(
            /^AWS::CloudWatch::(Composite)?Alarm$/,
            (each) => each.app === app && each.region === followed.Region && each.p.AlarmName === followed.Name,
          );
          const [alarm] = alarms;
          return alarms.length === 1 && alarm.type === 'AWS::CloudWatch::Alarm' && alarm.p.MetricName !== undefined;
        },
        followsAlarm,
      ),
    fault: ['AWS::CloudWatch::Alarm', 'Properties.MetricName', undefined],
  },
  {
    number: '3.10a',
    holds: 'load balancers take zonal shifts, which they have to be told',
    offenders: (templates) =>
      templates.not(BALANCER, (each) => attributeOf(each, 'zonal_shift.config.enabled') === 'true'),
    fault: [BALANCER, 'Properties.LoadBalancerAttributes', []],
  },
  {
    number: '3.10b',
    holds: 'and do not keep clients in the zone for an hour',
    offenders: (templates) =>
      templates.not(
        BALANCER,
        (each) => Number(attributeOf(each, 'client_keep_alive.seconds')) <= 300,
        ({ p }) => p.Type === 'application',
      ),
    fault: [BALANCER, 'Properties.LoadBalancerAttributes', [{ Key: 'client_keep_alive.seconds', Value: '3600' }]],
  },
  {
    number: '3.10c',
    holds: 'a fleet that is large enough keeps what looks ill in a zone that is shifted away from',
    offenders: (templates) =>
      templates.not(
        GROUP,
        ({ p: { AvailabilityZoneImpairmentPolicy: policy, InstanceMaintenancePolicy: maintenance } }) =>
          policy?.ZonalShiftEnabled === true &&
          policy.ImpairedZoneHealthCheckBehavior === 'IgnoreUnhealthy' &&
          maintenance?.MinHealthyPercentage === 100,
      ),
    fault: [GROUP, 'Properties.AvailabilityZoneImpairmentPolicy.ImpairedZoneHealthCheckBehavior', 'ReplaceUnhealthy'],
  },
  {
    number: '3.10d',
    holds: 'autoshift is enabled by the only word there is, and practised under one alarm, which is a composite one',
    offenders: (templates) =>
      templates.not(AUTOSHIFT, ({ p: { PracticeRunConfiguration: practice, ZonalAutoshiftStatus }, template }) => {
        const alarms = [...practice.OutcomeAlarms, ...(practice.BlockingAlarms ?? [])];
        const types = alarms.map(({ AlarmIdentifier }) => template.Resources[idOf(AlarmIdentifier)]?.Type);
        return (
          ZonalAutoshiftStatus === 'ENABLED' &&
          practice.OutcomeAlarms.length === 1 &&
          (practice.BlockingAlarms ?? []).length <= 1 &&
          types.every((type) => type === 'AWS::CloudWatch::CompositeAlarm')
        );
      }),
    fault: [AUTOSHIFT, 'Properties.ZonalAutoshiftStatus', 'DISABLED'],
  },
  {
    number: '0.3',
    holds: 'windows without practice are days in title case, and end on the day on which they begin',
    offenders: (templates) =>
      templates.not(AUTOSHIFT, ({ p }) =>
        ((p.PracticeRunConfiguration.BlockedWindows ?? []) as string[]).every((window) =>
          /^([A-Z][a-z]{2}):\d\d:\d\d-\1:\d\d:\d\d$/.test(window),
        ),
      ),
    fault: [AUTOSHIFT, 'Properties.PracticeRunConfiguration.BlockedWindows', ['MON-18:30-19:30']],
  },
  {
    number: '3.12c',
    holds: 'instances recover by themselves, which is the default',
    offenders: (templates) =>
      templates.not('AWS::EC2::LaunchTemplate', ({ p }) => !/"AutoRecovery":"disabled"/.test(text(p))),
    fault: [
      'AWS::EC2::LaunchTemplate',
      'Properties.LaunchTemplateData.MaintenanceOptions',
      { AutoRecovery: 'disabled' },
    ],
  },
  {
    number: '7.8',
    holds: 'targets of AWS Resilience Hub are whole minutes above zero, which it always finds missed',
    offenders: (templates) =>
      templates.not(HUB, ({ p }) => {
        const minutes = [...text(p).matchAll(/InMinutes":([\d.]+)/g)].map(([, value]) => value);
        return minutes.length >= 4 && minutes.every((value) => /^[1-9]\d*$/.test(value));
      }),
    fault: [HUB, 'Properties.MultiAz.RpoInMinutes', 0],
  },
];

function attributeOf({ p }: Placed, key: string): string | undefined {
  const attributes: { Key: string; Value: string }[] = p.LoadBalancerAttributes ?? [];
  return attributes.find(({ Key }) => Key === key)?.Value;
}
