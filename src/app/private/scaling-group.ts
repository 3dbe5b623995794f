import type { Duration } from 'aws-cdk-lib';
import * as autoscaling from 'aws-cdk-lib/aws-autoscaling';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import { acknowledge } from '../../core/private/acknowledgements';
import { fail } from '../../core/private/fail';
import type { ComputeBindOptions, IDeploymentRollback } from '../compute-ref';
import type { Ec2FleetComputeProps } from '../ec2-fleet-compute';
import { physicalName } from './alarmed-deployments';
import type { InstanceApplication } from './instance-application';
import type { Replacement } from './restart-on-rotation';
import { LAUNCH } from './startup-budget';
import type { StableCapacity } from './static-stability';

/** New instances before old ones go, a third of the group at a time. */
const REPLACEMENT = { minHealthyPercentage: 100, maxHealthyPercentage: 133 };
/** https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_AlarmSpecification.html */
const MOST_ALARMS = 10;

/** What a group is made of. */
export interface ScalingGroupProps extends Ec2FleetComputeProps {
  readonly options: ComputeBindOptions;
  readonly application: InstanceApplication;
  readonly startup: Duration;
  readonly capacity: StableCapacity;
  /** What runs all the time where this Region carries everything. */
  readonly full: StableCapacity;
  readonly maxInstances: number;
}

/** A group that carries the peak without one zone, and leaves an impaired zone alone. */
export function scalingGroup(scope: Construct, props: ScalingGroupProps): autoscaling.AutoScalingGroup {
  const { options, startup, capacity, application } = props;
  const { vpc, applicationSubnets } = options.network;
  const group = new autoscaling.AutoScalingGroup(scope, 'Group', {
    autoScalingGroupName: options.systemName, // explicit: the other Region names it without a reference
    vpc,
    vpcSubnets: applicationSubnets,
    ...whatIsLaunched(scope, props),
    minCapacity: capacity.running,
    maxCapacity: Math.max(props.maxInstances, capacity.running),
    healthChecks: autoscaling.HealthChecks.withAdditionalChecks({
      additionalTypes: [autoscaling.AdditionalHealthCheckType.ELB],
      gracePeriod: startup.plus(LAUNCH), // it runs from the launch: what still boots answers no probe, and would be replaced for ever
    }),
    defaultInstanceWarmup: startup,
    maxInstanceLifetime: props.maxInstanceLifetime,
    azCapacityDistributionStrategy: autoscaling.CapacityDistributionStrategy.BALANCED_BEST_EFFORT,
    groupMetrics: [autoscaling.GroupMetrics.all()],
    deletionProtection: options.dataProtection.retained
      ? autoscaling.DeletionProtection.PREVENT_FORCE_DELETION
      : autoscaling.DeletionProtection.NONE,
    ...REPLACEMENT,
    // an instance refresh and not a rolling update, which knows an instance is healthy only if its image sends a signal
    updatePolicy: autoscaling.UpdatePolicy.instanceRefresh({
      strategy: autoscaling.InstanceRefreshStrategy.ROLLING,
      ...REPLACEMENT,
      instanceWarmup: startup,
    }),
  });
  const cfnGroup = group.node.defaultChild as autoscaling.CfnAutoScalingGroup;
  // what runs elsewhere carries the load already: replacing what an impaired zone seems to have lost would only ask Amazon EC2
  // for capacity at the worst time: https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-zonal-shift.html
  cfnGroup.availabilityZoneImpairmentPolicy = {
    zonalShiftEnabled: true,
    impairedZoneHealthCheckBehavior: 'IgnoreUnhealthy',
  };
  cfnGroup.skipZonalShiftValidation = true; // it refuses load balancers that keep traffic in its zone
  reserve(scope, cfnGroup, props);
  group.node.addDependency(...application.available); // a role with its policy: instances that start before it cannot read secrets
  acknowledge(group, 'scalingNotifications');
  if (props.alternativeInstanceTypes) {
    acknowledge(group, 'mixedInstanceTypes');
  }
  return group;
}

/** One type, or several in the order to try them. */
function whatIsLaunched(
  scope: Construct,
  props: ScalingGroupProps,
): Pick<autoscaling.AutoScalingGroupProps, 'launchTemplate' | 'mixedInstancesPolicy'> {
  const { instanceType, alternativeInstanceTypes = [] } = props;
  const template = launchTemplate(scope, props);
  if (alternativeInstanceTypes.length === 0) {
    return { launchTemplate: template };
  }
  return {
    mixedInstancesPolicy: {
      launchTemplate: template,
      launchTemplateOverrides: [instanceType, ...alternativeInstanceTypes].map((type) => ({ instanceType: type })),
      instancesDistribution: {
        onDemandAllocationStrategy: autoscaling.OnDemandAllocationStrategy.PRIORITIZED,
        onDemandPercentageAboveBaseCapacity: 100, // spot instances are taken back when they are needed most
      },
    },
  };
}

function launchTemplate(scope: Construct, { application, instanceType }: ScalingGroupProps): ec2.LaunchTemplate {
  return new ec2.LaunchTemplate(scope, 'LaunchTemplate', {
    instanceType,
    machineImage: { getImage: () => application.image },
    userData: application.userData(),
    role: application.role,
    securityGroup: application.securityGroup,
    associatePublicIpAddress: false,
    blockDevices: [
      {
        deviceName: application.rootVolume.deviceName,
        volume: ec2.BlockDeviceVolume.ebs(application.rootVolume.gibibytes, {
          volumeType: ec2.EbsDeviceVolumeType.GP3,
          encrypted: true,
          kmsKey: application.volumeKey,
          deleteOnTermination: true, // nothing that must be kept is on it
        }),
      },
    ],
    ebsOptimized: true,
    detailedMonitoring: true,
    requireImdsv2: true,
    httpPutResponseHopLimit: application.metadataHopLimit,
  });
}

/** Held for this group alone, and launched into first; what Amazon EC2 has beside it after that. */
function reserve(scope: Construct, group: autoscaling.CfnAutoScalingGroup, props: ScalingGroupProps): void {
  const { reservedCapacity, options, full, application } = props;
  if (!reservedCapacity) {
    return;
  }
  const { availabilityZones } = options.network.vpc.selectSubnets(options.network.applicationSubnets);
  const zones = [...new Set(availabilityZones)];
  const reservations = zones.map(
    (availabilityZone, index) =>
      new ec2.CfnCapacityReservation(scope, `Reservation${index + 1}`, {
        availabilityZone,
        instanceCount: Math.ceil(full.running / zones.length),
        instanceType: props.instanceType.toString(),
        instancePlatform: reservedCapacity.instancePlatform ?? (application.isWindows ? 'Windows' : 'Linux/UNIX'),
        instanceMatchCriteria: 'targeted',
        ebsOptimized: true,
        endDateType: 'unlimited',
      }),
  );
  group.capacityReservationSpecification = {
    capacityReservationPreference: 'capacity-reservations-first',
    capacityReservationTarget: { capacityReservationIds: reservations.map(({ attrId }) => attrId) },
  };
}

/** Stops an instance refresh when an alarm goes off while it runs, upon which CloudFormation goes back to the former template. */
export class AlarmedRefresh implements IDeploymentRollback {
  public constructor(private readonly group: autoscaling.AutoScalingGroup) {}

  /** By name and not by reference: the alarms watch what the group is registered with. */
  public rollBackOn(alarms: cloudwatch.Alarm[]): void {
    if (alarms.length === 0) {
      return;
    }
    if (alarms.length > MOST_ALARMS) {
      fail(
        this.group,
        'TooManyDeploymentAlarms',
        `an instance refresh watches at most ${MOST_ALARMS} alarms, got ${alarms.length}; run part of the ingress as a system of its own`,
      );
    }
    const cfnGroup = this.group.node.defaultChild as autoscaling.CfnAutoScalingGroup;
    const policy = cfnGroup.cfnOptions.updatePolicy;
    cfnGroup.cfnOptions.updatePolicy = {
      ...policy,
      autoScalingInstanceRefresh: {
        strategy: 'Rolling',
        ...policy?.autoScalingInstanceRefresh,
        preferences: {
          ...policy?.autoScalingInstanceRefresh?.preferences,
          alarmSpecification: { alarms: alarms.map(physicalName) },
        },
      },
    };
    cfnGroup.node.addDependency(...alarms); // they must exist when the refresh is told to watch them
  }
}

/** Replaces the instances of a group, as many at a time as its deployments do. */
export function instanceRefresh(group: autoscaling.AutoScalingGroup): Replacement {
  return {
    units: 'instances',
    request: {
      Service: 'autoscaling',
      Api: 'StartInstanceRefresh',
      AutoScalingGroupName: group.autoScalingGroupName,
      Preferences: {
        MinHealthyPercentage: REPLACEMENT.minHealthyPercentage,
        MaxHealthyPercentage: REPLACEMENT.maxHealthyPercentage,
        SkipMatching: false, // the launch template has not changed, the secret has
      },
    },
    action: 'autoscaling:StartInstanceRefresh',
    resource: (group.node.defaultChild as autoscaling.CfnAutoScalingGroup).attrAutoScalingGroupArn,
  };
}
