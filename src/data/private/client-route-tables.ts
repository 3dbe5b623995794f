import { Tags } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import { fail } from '../../core/private/fail';
import type { FileShareBindOptions } from '../file-share-ref';

/**
 * The route tables that must lead to the active file server of a Multi-AZ ONTAP file system: by default Amazon FSx takes the
 * VPC's main one alone, which no subnet of a CDK VPC uses. Those made here get the tag by which Amazon FSx knows that it may
 * change them; others get it from Amazon FSx.
 *
 * https://docs.aws.amazon.com/fsx/latest/APIReference/API_CreateFileSystemOntapConfiguration.html
 */
export function clientRouteTables(
  scope: Construct,
  { vpc, clientSubnets, shareName }: FileShareBindOptions,
  servers: ec2.ISubnet[],
): string[] {
  const subnets = [...vpc.selectSubnets(clientSubnets).subnets, ...servers];
  const ids = subnets.map((subnet) => {
    if (subnet instanceof ec2.Subnet) {
      Tags.of(subnet.node.findChild('RouteTable')).add('AmazonFSx', 'ManagedByAmazonFSx');
    }
    return routeTableId(subnet);
  });
  const known = ids.filter((id) => id !== undefined);
  if (known.length < ids.length) {
    fail(
      scope,
      'UnknownRouteTables',
      `the route tables of the clients of the file share "${shareName}" are not known, because their subnets are imported without them; give routeTableIds`,
    );
  }
  return [...new Set(known)];
}

/** Subnets imported without their route table say so by throwing, or by having none. */
function routeTableId(subnet: ec2.ISubnet): string | undefined {
  try {
    return subnet.routeTable.routeTableId || undefined;
  } catch {
    return undefined;
  }
}
