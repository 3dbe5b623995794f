import { Token } from 'aws-cdk-lib';
import { parseCidr } from '../../core/private/cidr';
import type { Problems } from '../../core/private/fail';
import type { FsxOntapFileShareProps } from '../fsx-ontap-file-share-props';

/** Note every mistake in what only ONTAP is told. */
export function requireOntap(problems: Problems, props: FsxOntapFileShareProps): void {
  const {
    volumeSize,
    activeDirectory,
    netBiosName,
    endpointIpAddressRange: range,
    routeTableIds,
    adminPassword,
  } = props;
  problems.require(
    !volumeSize || volumeSize.isUnresolved() || volumeSize.toBytes() >= 20 * 1024 ** 2,
    'volumeSize must be at least 20 MiB',
  );
  problems.require(
    !activeDirectory || activeDirectory.selfManagedDirectory !== undefined,
    'FSx for NetApp ONTAP joins a directory by its domain and addresses; use ActiveDirectory.selfManaged(), also for a managed directory',
  );
  problems.require(
    netBiosName === undefined || Token.isUnresolved(netBiosName) || /^[A-Za-z0-9][A-Za-z0-9-]{0,14}$/.test(netBiosName),
    `netBiosName must be 1 to 15 letters, digits and hyphens, got "${netBiosName}"`,
  );
  problems.require(
    range === undefined || Token.isUnresolved(range) || parseCidr(range) !== undefined,
    `endpointIpAddressRange must be an IPv4 range such as 10.0.255.192/26, got "${range}"`,
  );
  problems.require(
    routeTableIds === undefined || routeTableIds.length > 0,
    'routeTableIds is empty, so no client could follow a failover; leave it out, or name the route tables of the clients',
  );
  problems.require(
    adminPassword === undefined || Token.isUnresolved(adminPassword.unsafeUnwrap()),
    'adminPassword is plain text, which would be in the template; use SecretValue.secretsManager()',
  );
  const days = props.coldAfter?.toDays({ integral: false });
  problems.require(
    days === undefined || (Number.isInteger(days) && days >= 2 && days <= 183),
    `coldAfter must be 2 to 183 whole days, got ${days}`,
  );
}
