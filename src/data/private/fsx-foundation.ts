import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import type { FileShareBindOptions } from '../file-share-ref';
import { dataKey } from './data-key';

/** What a file system on Amazon FSx stands on, whatever it speaks: key and network. */
export class FsxFoundation {
  public readonly encryptionKey: kms.IKey;
  public readonly securityGroup: ec2.SecurityGroup;

  public constructor(scope: Construct, key: kms.IKey | undefined, options: FileShareBindOptions) {
    const { systemName, shareName, vpc, dataProtection } = options;
    const purpose = `Encrypts the files ${shareName} of ${systemName}`;
    this.encryptionKey = key ?? dataKey(scope, 'Key', purpose, dataProtection);
    // outwards it must reach domain controllers, whose addresses are not known here
    this.securityGroup = new ec2.SecurityGroup(scope, 'SecurityGroup', {
      vpc,
      description: `Files ${shareName} of ${systemName}`,
    });
    this.securityGroup.applyRemovalPolicy(dataProtection.removalPolicy); // a kept file system needs it
  }

  /** Where clients connect to. */
  public connections(port: number): ec2.Connections {
    return new ec2.Connections({ securityGroups: [this.securityGroup], defaultPort: ec2.Port.tcp(port) });
  }
}
