import { ontapVolumeName } from '../../data/private/physical-names';
import type { Outlook, ReadinessCheck } from './readiness-check';

/** Of file shares that the hospital replicates, what Amazon FSx tells: that they are there, and can take what comes. */
export function declaredFilesCheck({ dr, side, serving }: Outlook): ReadinessCheck | undefined {
  const names = side ? Object.keys(dr._declared) : [];
  if (names.length === 0) {
    return undefined;
  }
  const { systemName, files } = dr.primary;
  const shares = names.map((name) => ({
    name,
    tag: `${systemName}-${name}`,
    volume: files[name].volume ? ontapVolumeName(systemName, name) : undefined,
    mirror: dr._declared[name]._mirrorsVolumes,
  }));
  const volumes = shares.some(({ volume }) => volume !== undefined);
  return {
    name: 'DeclaredFiles',
    meaning:
      'a file share that the hospital replicates cannot take what comes: it is missing, too small, or a mirror no more. How far it is behind is not seen here',
    wanted: { shares, serving },
    rights: [
      {
        actions: ['fsx:DescribeFileSystems', ...(volumes ? ['fsx:DescribeVolumes'] : [])],
        resources: ['*'], // they take no resource: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonfsx.html
      },
    ],
  };
}
