import { unless } from '../aws';
import { Incomplete, Refusal } from '../refusal';
import type { Store, StoreContext } from '../store';

interface Wanted {
  readonly identifier: string;
  /** The former replica, in the other Region. */
  readonly replica: string;
}

interface Instance {
  readonly DBInstanceStatus: string;
  readonly ReadReplicaSourceDBInstanceIdentifier?: string;
}

/**
 * A DB instance whose replica in the other Region was promoted. The two have nothing to do with each other since: the instance itself is
 * what to compare with, and is kept as a snapshot before somebody replaces it by a new replica.
 *
 * https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBSnapshot.html
 */
export const instance: Store<Wanted> = {
  async inOrder({ here, there, region, otherRegion }, { identifier, replica }) {
    const promoted = await find(there, replica);
    if (!promoted) {
      throw new Refusal(`there is no DB instance ${replica} in ${otherRegion}, so that nothing was failed over to it`);
    }
    if (promoted.ReadReplicaSourceDBInstanceIdentifier) {
      throw new Refusal(
        `${replica} in ${otherRegion} is still a replica: nothing was failed over, and nothing is lost`,
      );
    }
    const status = (await find(here, identifier))?.DBInstanceStatus ?? 'missing';
    if (status === 'stopped') {
      throw new Refusal(
        `the DB instance ${identifier} is stopped, and Amazon RDS takes no snapshot of it; see that nothing writes to it any more, start it, and run this again`,
      );
    }
    if (!/^(available|storage-optimization)$/.test(status)) {
      throw new Refusal(
        `the DB instance ${identifier} is ${status}: ${region} is not back yet; wait until it is available`,
      );
    }
  },

  async prepare({ here, round }, { identifier }) {
    const name = `${identifier}-kept-${round}`;
    const asked = here<{ DBSnapshots: { Status: string }[] }>('rds', 'DescribeDBSnapshots', {
      DBSnapshotIdentifier: name,
    });
    const status = (await unless(/NotFound/, asked))?.DBSnapshots[0]?.Status;
    if (status === 'failed') {
      throw new Incomplete(`the snapshot ${name} failed; delete it and run this again`);
    }
    if (!status) {
      const made = { DBInstanceIdentifier: identifier, DBSnapshotIdentifier: name };
      await unless(/AlreadyExists/, here('rds', 'CreateDBSnapshot', made));
    }
    return {
      ready: status === 'available',
      now: status === 'available' ? `compare: ${identifier} is as it was left` : 'a snapshot is taken',
      keptSnapshot: name,
    };
  },

  release: async (_context, _wanted, before) => ({ ...before, ready: true, now: 'its snapshot stays' }),
};

async function find(aws: StoreContext['here'], DBInstanceIdentifier: string): Promise<Instance | undefined> {
  const asked = aws<{ DBInstances: Instance[] }>('rds', 'DescribeDBInstances', { DBInstanceIdentifier });
  return (await unless(/NotFound/, asked))?.DBInstances[0];
}
