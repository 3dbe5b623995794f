import { Size } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct, IDependable } from 'constructs';
import { Problems } from '../../core/private/fail';
import type { ComputeBindOptions } from '../compute-ref';
import type { InstanceApplicationProps } from '../ec2-fleet-compute';
import { requireOneMeaning, requirePorts } from './application-rules';
import { grantMount } from './file-access';
import { instanceRole } from './instance-role';
import { instanceStart } from './instance-start';
import { LogDestination } from './log-destination';
import { pinnedImage } from './machine-image';
import { volumeKey } from './volume-key';

/** A root volume: an encrypted gp3 that goes with its instance. */
export interface RootVolume {
  readonly deviceName: string;
  readonly gibibytes: number;
}

/** What every instance of an application has, before anybody decides how many there are. */
export class InstanceApplication {
  public readonly image: ec2.MachineImageConfig;
  public readonly role: iam.Role;
  public readonly volumeKey: kms.Key;
  public readonly logGroup: logs.ILogGroup;
  public readonly securityGroup: ec2.SecurityGroup;
  public readonly rootVolume: RootVolume;
  public readonly metadataHopLimit: number;
  /** What must exist before an instance starts: what it may do, and the file shares it mounts. */
  public readonly available: IDependable[];
  private readonly settings: Record<string, string>;

  public constructor(
    scope: Construct,
    private readonly props: InstanceApplicationProps,
    private readonly options: ComputeBindOptions,
  ) {
    const { systemName, dataProtection, network } = options;
    this.image = pinnedImage(scope, props.machineImage);
    this.volumeKey = volumeKey(scope, 'VolumeKey', `Encrypts the disks of ${systemName}`, dataProtection);
    this.logGroup = new LogDestination(scope, 'Logs', {
      contents: `the application log of ${systemName}`,
      retention: props.logRetention ?? logs.RetentionDays.ONE_YEAR,
      dataProtection,
    }).logGroup;
    this.role = instanceRole(scope, { systemName, logGroup: this.logGroup });
    this.available = [this.role];
    this.securityGroup = new ec2.SecurityGroup(scope, 'SecurityGroup', {
      vpc: network.vpc,
      description: `Instances of ${systemName}`,
    });
    for (const { efs, available } of Object.values(options.files ?? {})) {
      this.available.push(available);
      if (efs) {
        grantMount(efs, this.role, false);
      }
    }
    this.rootVolume = rootVolumeOf(this.image, props);
    this.metadataHopLimit = props.metadataHopLimit ?? 1;
    this.settings = this.renderSettings(scope);
  }

  public get isWindows(): boolean {
    return isWindows(this.image);
  }

  /** What an instance does at its first boot, with more settings of its own. */
  public userData(more: Record<string, string> = {}): ec2.UserData {
    const { systemName } = this.options;
    const { startCommands } = this.props;
    return instanceStart({ systemName, image: this.image, settings: { ...this.settings, ...more }, startCommands });
  }

  /** Names, and never the value of a secret. */
  private renderSettings(scope: Construct): Record<string, string> {
    const { environment = {}, secrets = {} } = this.props;
    const settings: Record<string, string> = { LOG_GROUP_NAME: this.logGroup.logGroupName };
    for (const [name, setting] of Object.entries(environment)) {
      settings[name] = setting._render(scope, name, this.options);
    }
    refuseUnquotable(scope, settings);
    for (const [name, secret] of Object.entries(secrets)) {
      const { arn, grantRead } = secret._render(scope, name, this.options);
      grantRead(this.role);
      settings[`${name}_FROM`] = arn;
    }
    return settings;
  }
}

export function isWindows({ osType }: ec2.MachineImageConfig): boolean {
  return osType === ec2.OperatingSystemType.WINDOWS;
}

/** The root volume that an image needs. */
export function rootVolumeOf(
  image: ec2.MachineImageConfig,
  { rootDeviceName, rootVolumeSize }: Pick<InstanceApplicationProps, 'rootDeviceName' | 'rootVolumeSize'>,
): RootVolume {
  const windows = isWindows(image);
  return {
    deviceName: rootDeviceName ?? (windows ? '/dev/sda1' : '/dev/xvda'),
    gibibytes: (rootVolumeSize ?? Size.gibibytes(windows ? 50 : 30)).toGibibytes(),
  };
}

/** In single quotes everything stands for itself, but for these. What is only known at deployment is a name or an address. */
function refuseUnquotable(scope: Construct, settings: Record<string, string>): void {
  const problems = new Problems(scope, 'InvalidAppSetting');
  for (const [name, value] of Object.entries(settings)) {
    problems.require(
      !/['\r\n]/.test(value),
      `the setting "${name}" has a single quote or a line break, which a settings file cannot hold; leave it out, or keep the value in a parameter that the application reads`,
    );
  }
  problems.throwIfAny();
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
  requireOneMeaning(problems, environment, secrets);
  const taken = ['LOG_GROUP_NAME', ...Object.keys(secrets).map((name) => `${name}_FROM`)];
  requireOneMeaning(problems, environment, Object.fromEntries(taken.map((name) => [name, name])));
}
