import { Size } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { Problems } from '../../core/private/fail';
import type { ComputeBindOptions } from '../compute-ref';
import type { InstanceApplicationProps } from '../ec2-fleet-compute';
import { requireOneMeaning, requirePorts } from './application-rules';
import { instanceRole } from './instance-role';
import { instanceStart } from './instance-start';
import { LogDestination } from './log-destination';
import { pinnedImage } from './machine-image';
import { volumeKey } from './volume-key';

/** What every instance of an application has, before anybody decides how many there are. */
export class InstanceApplication {
  public readonly image: ec2.MachineImageConfig;
  public readonly role: iam.Role;
  public readonly volumeKey: kms.Key;
  public readonly logGroup: logs.ILogGroup;
  public readonly securityGroup: ec2.SecurityGroup;
  public readonly userData: ec2.UserData;
  public readonly rootDevice: ec2.BlockDevice;
  public readonly metadataHopLimit: number;

  public constructor(scope: Construct, props: InstanceApplicationProps, options: ComputeBindOptions) {
    const { systemName, dataProtection, network } = options;
    this.image = pinnedImage(scope, props.machineImage);
    this.volumeKey = volumeKey(scope, 'VolumeKey', `Encrypts the disks of ${systemName}`, dataProtection);
    this.logGroup = new LogDestination(scope, 'Logs', {
      contents: `the application log of ${systemName}`,
      retention: props.logRetention ?? logs.RetentionDays.ONE_YEAR,
      dataProtection,
    }).logGroup;
    this.role = instanceRole(scope, { systemName, logGroup: this.logGroup });
    this.securityGroup = new ec2.SecurityGroup(scope, 'SecurityGroup', {
      vpc: network.vpc,
      description: `Instances of ${systemName}`,
    });
    this.userData = instanceStart(scope, { ...props, options, application: this });
    this.rootDevice = this.makeRootDevice(props);
    this.metadataHopLimit = props.metadataHopLimit ?? 1;
  }

  public get isWindows(): boolean {
    return this.image.osType === ec2.OperatingSystemType.WINDOWS;
  }

  private makeRootDevice({ rootDeviceName, rootVolumeSize }: InstanceApplicationProps): ec2.BlockDevice {
    const size = rootVolumeSize ?? Size.gibibytes(this.isWindows ? 50 : 30);
    return {
      deviceName: rootDeviceName ?? (this.isWindows ? '/dev/sda1' : '/dev/xvda'),
      volume: ec2.BlockDeviceVolume.ebs(size.toGibibytes(), {
        volumeType: ec2.EbsDeviceVolumeType.GP3,
        encrypted: true,
        kmsKey: this.volumeKey,
        deleteOnTermination: true, // nothing that must be kept is on it
      }),
    };
  }
}

/** Note every mistake in what an application on instances is made of. */
export function requireInstanceApplication(problems: Problems, props: InstanceApplicationProps): void {
  const { environment = {}, secrets = {}, metadataHopLimit = 1 } = props;
  requirePorts(problems, props.port, props.additionalPorts ?? []);
  problems.require(
    metadataHopLimit === 1 || metadataHopLimit === 2,
    `metadataHopLimit must be 1, or 2 for a container on the instance, got ${metadataHopLimit}`,
  );
  for (const name of [...Object.keys(environment), ...Object.keys(secrets)]) {
    problems.require(
      /^[A-Za-z_][A-Za-z0-9_]*$/.test(name),
      `the name of a setting must be letters, digits and underscores, got "${name}"`,
    );
  }
  const written = Object.keys(secrets).map((name) => `${name}_FROM`);
  requireOneMeaning(problems, environment, secrets);
  requireOneMeaning(problems, environment, Object.fromEntries(['LOG_GROUP_NAME', ...written].map((n) => [n, n])));
}
