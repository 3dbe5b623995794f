import type { FileShareReplicationCommands } from '../../data';
import { ontapVolumeName } from '../../data/private/physical-names';

/** A file share, and where it is. */
export interface ReplicatedShare {
  readonly systemName: string;
  readonly shareName: string;
  readonly primaryRegion: string;
  readonly recoveryRegion: string;
}

/** What people type around a failover of a file share. */
export type ReplicationCommands = (share: ReplicatedShare) => FileShareReplicationCommands;

/** What the hospital wrote down, for each share alike. */
export function byProcedure(commands: FileShareReplicationCommands): ReplicationCommands {
  return () => commands;
}

/**
 * ONTAP's own commands, as its administrator. Neither end is asked for by an id: file systems carry a name. Both storage virtual machines are
 * called alike, so each knows the other by its local name with the Region at the end.
 *
 * https://docs.netapp.com/us-en/ontap/data-protection/make-destination-volume-writeable-task.html
 * https://docs.netapp.com/us-en/ontap/data-protection/reactivate-original-source-volume-task.html
 */
export function snapMirrorCommands(schedule: string): ReplicationCommands {
  return ({ systemName, shareName, primaryRegion, recoveryRegion }) => {
    const machine = `${systemName}-${shareName}`;
    const volume = ontapVolumeName(systemName, shareName);
    const copy = `-destination-path ${machine}:${volume}`;
    const ontap = (region: string, ...commands: string[]) =>
      `ssh fsxadmin@$(${managementOf(region, machine)}) "${['set -confirmations off', ...commands].join('; ')}"`;
    const [pause, end] = [`snapmirror quiesce ${copy}`, `snapmirror break ${copy}`];
    const inReverse = (from: string, to: string) =>
      `${ontap(from, `snapmirror delete ${copy}`)}; ${ontap(to, `snapmirror resync -source-path ${machine}-${from}:${volume} ${copy}`)}`;
    const state = `snapmirror show ${copy} -fields state,status,lag-time`;
    return {
      inspect: ontap(recoveryRegion, state),
      // a transfer from the lost Region that hangs is no reason to wait; where there is none, aborting fails, and the rest goes on
      promote: [
        ontap(recoveryRegion, pause, `snapmirror abort ${copy}`),
        ontap(recoveryRegion, end, `volume mount -vserver ${machine} -volume ${volume} -junction-path /${shareName}`),
      ].join('; '),
      mirrorBack: inReverse(recoveryRegion, primaryRegion),
      returnHere: [
        ontap(primaryRegion, `snapmirror update ${copy}`),
        `until ${ontap(primaryRegion, state)} | grep -q Idle; do sleep 30; done`,
        ontap(primaryRegion, pause, end),
      ].join(' && '),
      resume: `${inReverse(primaryRegion, recoveryRegion)}; ${ontap(recoveryRegion, `snapmirror modify ${copy} -schedule ${schedule}`)}`,
    };
  };
}

function managementOf(region: string, name: string): string {
  const query = `FileSystems[?Tags[?Key=='Name' && Value=='${name}']].OntapConfiguration.Endpoints.Management.DNSName`;
  return `aws fsx describe-file-systems --region ${region} --query "${query}" --output text`;
}
