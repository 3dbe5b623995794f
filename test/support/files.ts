import type { Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { DataProtection } from '../../src/core';
import type { FileShareBindOptions, FileShareConfig, IFileShare } from '../../src/data';

/** Bind a file share as a system would, in a stack of `dataStack`, at the path `Files/sites`. */
export function bindFiles(
  stack: Stack,
  share: IFileShare,
  options: Partial<FileShareBindOptions> = {},
): FileShareConfig {
  const shareName = options.shareName ?? 'sites';
  const files = stack.node.tryFindChild('Files') ?? new Construct(stack, 'Files');
  return share.bind(new Construct(files, shareName), {
    systemName: 'ehr',
    shareName,
    vpc: stack.node.findChild('Vpc') as ec2.Vpc,
    subnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
    clientSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
    dataProtection: DataProtection.retain(),
    ...options,
  });
}
