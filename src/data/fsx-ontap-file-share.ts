import { Duration, Stack, Tags } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as fsx from 'aws-cdk-lib/aws-fsx';
import type { Construct } from 'constructs';
import { Problems } from '../core/private/fail';
import { FileProtocol, type FileShareBindOptions, type FileShareConfig, type IFileShare } from './file-share-ref';
import { type FsxOntapFileShareProps, OntapGeneration } from './fsx-ontap-file-share-props';
import { clientRouteTables } from './private/client-route-tables';
import { FsxFoundation } from './private/fsx-foundation';
import { failover, MAINTENANCE_WINDOW, requireCapacity, requireThroughput, requireWindow } from './private/fsx-options';
import { requireOntap } from './private/ontap-checks';
import { ontapVolumeName } from './private/physical-names';
import { fsxBackupId, requireRecoveryPoint } from './private/recovery-point';
import { FsxMonitoring } from './private/share-monitoring';
import { shareSubnets } from './private/share-subnets';
import { SnapLock } from './snap-lock';

const SIZES: Record<OntapGeneration, { throughputs: number[]; mostGibibytes: number }> = {
  [OntapGeneration.FIRST]: { throughputs: [128, 256, 512, 1024, 2048, 4096], mostGibibytes: 196_608 },
  [OntapGeneration.SECOND]: { throughputs: [384, 768, 1536, 3072, 6144], mostGibibytes: 524_288 },
};
const HIGH_AVAILABILITY = 'https://docs.aws.amazon.com/fsx/latest/ONTAPGuide/high-availability-AZ.html';

/**
 * A volume on Amazon FSx for NetApp ONTAP over two zones, with a storage virtual machine of its own, for NFS or for SMB. Made
 * by `FileShare.fsxOntap`. Everything is made in the scope given to `bind`.
 *
 * The SMB share itself is not: CloudFormation cannot make one. Make it on the volume with ONTAP's command line, as the user
 * `fsxadmin`.
 */
export class FsxOntapFileShare implements IFileShare {
  private readonly generation: OntapGeneration;

  /** @throws InvalidFileShare naming everything that is wrong */
  public constructor(private readonly props: FsxOntapFileShareProps) {
    this.generation = props.generation ?? OntapGeneration.FIRST;
    const problems = new Problems(undefined, 'InvalidFileShare');
    requireCapacity(problems, props.storageCapacity, 1024, SIZES[this.generation].mostGibibytes);
    requireThroughput(problems, this.throughput, SIZES[this.generation].throughputs);
    requireWindow(problems, props.maintenanceWindow);
    requireOntap(problems, props);
    problems.throwIfAny();
  }

  /**
   * Called by the system; do not call this yourself.
   *
   * @throws TooFewZones when the subnets are in one zone
   * @throws FileShareInPublicSubnet when a subnet is public
   * @throws UnknownRouteTables when the clients' route tables are not known and not given
   */
  public bind(scope: Construct, options: FileShareBindOptions): FileShareConfig {
    const { shareName, receives } = options;
    const foundation = new FsxFoundation(scope, this.props.encryptionKey, options);
    const fileSystem = this.fileSystem(scope, options, foundation);
    const machine = this.storageVirtualMachine(scope, options, fileSystem);
    const volume = this.volume(scope, options, machine);
    const capacity = { StorageTier: 'SSD', DataType: 'All' };
    const monitoring = new FsxMonitoring(scope, shareName, fileSystem.attrId, capacity);
    const port = this.protocol === FileProtocol.SMB ? 445 : 2049;
    const dnsName = this.dnsName(scope, options, fileSystem, machine);
    return {
      protocol: this.protocol,
      dnsName,
      path: this.protocol === FileProtocol.SMB ? `\\\\${dnsName}\\${shareName}` : `${dnsName}:/${shareName}`,
      connections: foundation.connections(port),
      encryptionKey: foundation.encryptionKey,
      // AWS Backup backs ONTAP up by volume, but none that is the end of a mirror:
      // https://docs.aws.amazon.com/fsx/latest/ONTAPGuide/using-backups.html
      backupResources:
        receives?.mirror && !receives.serving ? [] : [backup.BackupResource.fromArn(volume.attrResourceArn)],
      alarms: monitoring.alarms(),
      widgets: monitoring.widgets(),
      available: volume,
      recovery: failover('NetApp ONTAP', 60, HIGH_AVAILABILITY),
      restoration: { resourceType: 'FSx', path: volume.node.path },
      fsx: fileSystem,
      storageVirtualMachine: machine,
      volume,
    };
  }

  private get protocol(): FileProtocol {
    return this.props.activeDirectory ? FileProtocol.SMB : FileProtocol.NFS;
  }

  private get throughput(): number {
    return this.props.throughputCapacity ?? SIZES[this.generation].throughputs[0];
  }

  private fileSystem(
    scope: Construct,
    options: FileShareBindOptions,
    { encryptionKey, securityGroup }: FsxFoundation,
  ): fsx.CfnFileSystem {
    const subnets = shareSubnets(scope, options, this.props.subnets ?? options.subnets).slice(0, 2);
    const fileSystem = new fsx.CfnFileSystem(scope, 'FileSystem', {
      fileSystemType: 'ONTAP',
      kmsKeyId: encryptionKey.keyArn,
      storageCapacity: this.props.storageCapacity.toGibibytes(),
      storageType: 'SSD',
      subnetIds: subnets.map(({ subnetId }) => subnetId),
      securityGroupIds: [securityGroup.securityGroupId],
      ontapConfiguration: {
        deploymentType: this.generation,
        preferredSubnetId: subnets[0].subnetId,
        throughputCapacityPerHaPair: this.throughput,
        haPairs: 1,
        routeTableIds: this.props.routeTableIds ?? clientRouteTables(scope, options, subnets),
        endpointIpAddressRange: this.props.endpointIpAddressRange,
        fsxAdminPassword: this.props.adminPassword?.unsafeUnwrap(), // a reference, resolved at deployment
        automaticBackupRetentionDays: 0, // AWS Backup's are in a locked vault and copied; both would pay twice
        weeklyMaintenanceStartTime: this.props.maintenanceWindow ?? MAINTENANCE_WINDOW,
      },
    });
    Tags.of(fileSystem).add('Name', `${options.systemName}-${options.shareName}`);
    fileSystem.applyRemovalPolicy(options.dataProtection.removalPolicy);
    return fileSystem;
  }

  private storageVirtualMachine(
    scope: Construct,
    { systemName, shareName, dataProtection }: FileShareBindOptions,
    fileSystem: fsx.CfnFileSystem,
  ): fsx.CfnStorageVirtualMachine {
    const { activeDirectory } = this.props;
    const machine = new fsx.CfnStorageVirtualMachine(scope, 'StorageVirtualMachine', {
      fileSystemId: fileSystem.attrId,
      name: `${systemName}-${shareName}`,
      rootVolumeSecurityStyle: this.securityStyle,
      activeDirectoryConfiguration: activeDirectory && {
        netBiosName: this.netBiosName(shareName),
        selfManagedActiveDirectoryConfiguration: activeDirectory._join(scope),
      },
    });
    machine.applyRemovalPolicy(dataProtection.removalPolicy);
    if (activeDirectory?.selfManagedDirectory) {
      machine.node.addDependency(activeDirectory.selfManagedDirectory.credentials); // and its policy
    }
    return machine;
  }

  private volume(
    scope: Construct,
    { systemName, shareName, dataProtection, restoredFrom, receives }: FileShareBindOptions,
    machine: fsx.CfnStorageVirtualMachine,
  ): fsx.CfnVolume {
    const snapLock = this.props.snapLock ?? SnapLock.none();
    const size = this.props.volumeSize ?? this.props.storageCapacity;
    const configuration: fsx.CfnVolume.OntapConfigurationProperty = {
      storageVirtualMachineId: machine.attrStorageVirtualMachineId,
      junctionPath: `/${shareName}`,
      ontapVolumeType: 'RW',
      sizeInBytes: String(size.toBytes()),
      securityStyle: this.securityStyle,
      storageEfficiencyEnabled: 'true',
      snapshotPolicy: this.props.snapshotPolicy ?? 'default',
      tieringPolicy: { name: 'AUTO', coolingPeriod: (this.props.coldAfter ?? Duration.days(31)).toDays() },
      copyTagsToBackups: 'true',
      snaplockConfiguration: snapLock._configuration,
    };
    const volume = new fsx.CfnVolume(scope, 'Volume', {
      name: ontapVolumeName(systemName, shareName),
      volumeType: 'ONTAP',
      ontapConfiguration: configuration,
    });
    if (receives?.mirror) {
      volume.ontapConfiguration = {
        ...configuration,
        // for good: once the mirror is broken it can be written to, whatever the template says. What is left out comes with the mirror
        ontapVolumeType: 'DP',
        junctionPath: undefined, // somebody mounts it when the mirror has arrived
        storageEfficiencyEnabled: undefined,
        snapshotPolicy: undefined,
        securityStyle: undefined,
      };
    }
    if (restoredFrom !== undefined) {
      requireRecoveryPoint(scope, 'FSx', restoredFrom);
      volume.backupId = fsxBackupId(restoredFrom);
    }
    volume.applyRemovalPolicy(dataProtection.removalPolicy);
    return volume;
  }

  private get securityStyle(): string {
    return this.protocol === FileProtocol.SMB ? 'NTFS' : 'UNIX';
  }

  private netBiosName(shareName: string): string {
    return this.props.netBiosName ?? shareName.slice(0, 15);
  }

  /** CloudFormation does not say; the form is documented. https://docs.aws.amazon.com/fsx/latest/ONTAPGuide/attach-linux-client.html */
  private dnsName(
    scope: Construct,
    { shareName }: FileShareBindOptions,
    fileSystem: fsx.CfnFileSystem,
    machine: fsx.CfnStorageVirtualMachine,
  ): string {
    const domain = this.props.activeDirectory?.selfManagedDirectory?.domainName;
    const { region, urlSuffix } = Stack.of(scope);
    return domain
      ? `${this.netBiosName(shareName)}.${domain}`
      : `${machine.attrStorageVirtualMachineId}.${fileSystem.attrId}.fsx.${region}.${urlSuffix}`;
  }
}
