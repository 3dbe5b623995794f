import { awsError, COMPARISON, HERE, KEPT, LOST, STORES, THERE, TwoRegions } from '../support/reconciliation';

const MINUTE = 60 * 1000;
const only = (name: string) => ({ [name]: STORES[name] });
const MADE = {
  'here CopyDBClusterSnapshot': 1,
  'here RestoreDBClusterFromSnapshot': 1,
  'here CreateDBInstance': 1,
  'here CreateJob': 1,
  'here StartBackupJob': 1,
};

/** Take a step until it ends, as the automation does. Only what a test had fail may fail. */
async function toTheEnd(aws: TwoRegions, action: 'prepare' | 'release' | 'return', stores = STORES): Promise<void> {
  for (let attempt = 0; attempt < 30; attempt += 1) {
    try {
      await aws.step(action, stores);
      return;
    } catch (error) {
      const { name } = error as Error;
      if (name === 'WrongOrder' || (name !== 'StillWorking' && Object.keys(aws.faults).length === 0)) throw error;
    }
  }
  throw new Error(`${action} does not end`);
}

async function reconciled(aws: TwoRegions, stores = STORES): Promise<void> {
  await toTheEnd(aws, 'prepare', stores);
  await toTheEnd(aws, 'release', stores);
}

describe('after an unplanned failover, when the lost Region is back', () => {
  const aws = new TwoRegions();
  beforeAll(() => toTheEnd(aws, 'prepare'));

  test('everything that is only there is kept, once, and laid out', () => {
    expect(aws.changes).toEqual(MADE);
    expect(aws.report.state).toBe('prepared');
    expect(aws.report.stores).toMatchObject({
      database: {
        ready: true,
        lostSnapshot: LOST,
        keptSnapshot: KEPT,
        comparison: COMPARISON,
        endpoint: 'compare.example',
      },
      documents: { ready: true, missingThere: 42, list: 'arn:aws:s3:::lists/manifest.json' },
      'files sites': { ready: true, recoveryPoint: 'arn:recovery-point' },
    });
  });

  test('the report names the execution that somebody approves', () => {
    expect(aws.report.execution).toBe('e-1');
  });

  test('the snapshot is copied before it expires, with its name in every call the same', () => {
    expect(aws.inputOf('here CopyDBClusterSnapshot')).toMatchObject({
      SourceDBClusterSnapshotIdentifier: LOST,
      TargetDBClusterSnapshotIdentifier: KEPT,
    });
  });

  test('it is restored beside, as large as the one that serves, for nobody', () => {
    expect(aws.inputOf('here RestoreDBClusterFromSnapshot')).toEqual({
      DBClusterIdentifier: COMPARISON,
      SnapshotIdentifier: KEPT,
      Engine: 'aurora-postgresql',
      EngineVersion: '16.6',
      DBSubnetGroupName: 'subnets',
      DBClusterParameterGroupName: 'parameters',
      VpcSecurityGroupIds: ['sg-nobody'],
      ServerlessV2ScalingConfiguration: { MinCapacity: 8, MaxCapacity: 32 },
      CopyTagsToSnapshot: true,
      DeletionProtection: false,
    });
    expect(aws.inputOf('here CreateDBInstance')).toMatchObject({
      DBInstanceIdentifier: `${COMPARISON}-a`,
      DBClusterIdentifier: COMPARISON,
      DBInstanceClass: 'db.r7g.large',
      PubliclyAccessible: false,
    });
  });

  test('of a cluster that has no instance to look at, it has one of the class of the definition', async () => {
    const empty = new TwoRegions();
    empty.clusters['ehr-us-east-1'].DBClusterMembers = [];
    const { database } = STORES;
    const wanted = { ...(database.wanted as object), instanceClass: 'db.r7g.2xlarge' };
    await toTheEnd(empty, 'prepare', { database: { ...database, wanted } });
    expect(empty.inputOf('here CreateDBInstance')).toMatchObject({ DBInstanceClass: 'db.r7g.2xlarge' });
  });

  test('documents are listed by S3, under the key of the documents, and wait for a person', () => {
    expect(aws.inputOf('here CreateJob')).toMatchObject({
      AccountId: '111122223333',
      ConfirmationRequired: true,
      Operation: { S3ReplicateObject: {} },
      ManifestGenerator: {
        S3JobManifestGenerator: {
          Filter: { EligibleForReplication: true, ObjectReplicationStatuses: ['NONE', 'FAILED'] },
          ManifestOutputLocation: {
            ManifestEncryption: { SSEKMS: { KeyId: 'arn:aws:kms:us-east-1:111122223333:key/k' } },
          },
        },
      },
    });
    expect(aws.changes['here UpdateJobStatus']).toBeUndefined();
  });

  test('a recovery point of files is kept as long as others', () => {
    expect(aws.inputOf('here StartBackupJob')).toMatchObject({
      Lifecycle: { DeleteAfterDays: 35 },
      BackupVaultName: 'ehr-backup',
    });
  });

  test('the Region that serves is only looked at', () => {
    expect(aws.calls.map(({ key }) => key).filter((key) => /^there (?!Describe)/.test(key))).toEqual([]);
  });

  test('a report fits into its parameter, and the log says the same', () => {
    expect(aws.parameter.length).toBeLessThan(4096 / 2);
    expect(aws.logged[aws.logged.length - 1]).toEqual(aws.report);
  });
});

describe('approved', () => {
  const aws = new TwoRegions();
  beforeAll(() => reconciled(aws));

  test('documents are sent to the other Region', () => {
    expect(aws.inputOf('here UpdateJobStatus')).toMatchObject({ RequestedJobStatus: 'Ready' });
    expect(aws.report.stores.documents).toMatchObject({ replicated: 41, failed: 1 });
  });

  test('the comparison is gone, its instance first; what was kept stays, and so does the database', () => {
    const deleted = aws.calls.filter(({ key }) => key.includes('Delete'));
    expect(deleted.map(({ key }) => key)).toEqual(['here DeleteDBInstance', 'here DeleteDBCluster']);
    expect(deleted.map(({ input }) => input.DBInstanceIdentifier ?? input.DBClusterIdentifier)).toEqual([
      `${COMPARISON}-a`,
      COMPARISON,
    ]);
    expect(Object.keys(aws.snapshots)).toEqual([LOST, KEPT]);
    expect(Object.keys(aws.clusters)).toEqual(['ehr-us-east-1']);
  });

  test('it is reconciled, and the automation can tell', () => {
    expect(aws.report.state).toBe('reconciled');
    expect(aws.state).toBe('reconciled');
  });
});

describe('where nothing was lost of a store', () => {
  test('no snapshot: it says so, and goes on with the rest', async () => {
    const aws = new TwoRegions();
    aws.snapshots = {};
    await reconciled(aws);
    expect(aws.report.stores.database.found).toMatch(/no snapshot/);
    expect(aws.changes['here RestoreDBClusterFromSnapshot']).toBeUndefined();
    expect(aws.report.state).toBe('reconciled');
  });

  test('a snapshot that failed: Aurora could take none, and nobody waits for it', async () => {
    const aws = new TwoRegions();
    aws.snapshots[LOST].Status = 'failed';
    await reconciled(aws, only('database'));
    expect(aws.report.stores.database.found).toMatch(/no snapshot/);
    expect(aws.changes).toEqual({});
    await aws.step('return', only('database'));
    expect(aws.state).toBe('returned');
  });

  test('snapshots of every night are none of what was lost', async () => {
    const aws = new TwoRegions();
    aws.snapshots = {
      'rds:ehr-us-east-1-2026-11-27-03-00': {
        Status: 'available',
        SnapshotCreateTime: new Date('2026-11-27T03:00:00Z'),
      },
    };
    await reconciled(aws, only('database'));
    expect(aws.report.stores.database.found).toMatch(/no snapshot/);
  });

  test('no document: the job of S3 that finds none fails, and that is no failure', async () => {
    const aws = new TwoRegions();
    aws.missingDocuments = 0;
    await reconciled(aws);
    expect(aws.report.stores.documents).toMatchObject({ ready: true, missingThere: 0 });
    expect(aws.changes['here UpdateJobStatus']).toBeUndefined();
  });

  test('no rule of replication on the bucket: there is no job', async () => {
    const aws = new TwoRegions();
    aws.replicated = false;
    await reconciled(aws, only('documents'));
    expect(aws.changes).toEqual({});
  });
});

describe('called twice', () => {
  test('prepared twice, nothing is made twice', async () => {
    const aws = new TwoRegions();
    await toTheEnd(aws, 'prepare');
    const { round } = aws.report;
    aws.clock += 90 * MINUTE;
    await toTheEnd(aws, 'prepare');
    expect(aws.changes).toEqual(MADE);
    expect(aws.report.round).toBe(round);
  });

  test('two at the same time: who comes second finds what the first made', async () => {
    const aws = new TwoRegions();
    await Promise.allSettled([aws.step('prepare'), aws.step('prepare')]);
    await toTheEnd(aws, 'prepare');
    expect(Object.keys(aws.snapshots)).toEqual([LOST, KEPT]);
    expect(Object.keys(aws.clusters)).toEqual(['ehr-us-east-1', COMPARISON]);
    expect(Object.keys(aws.jobs)).toHaveLength(1);
    expect(Object.keys(aws.backups)).toHaveLength(1);
  });

  test('the snapshot of Aurora is not there yet, and expires once it was copied', async () => {
    const aws = new TwoRegions();
    aws.snapshots[LOST].Status = 'creating';
    aws.faults['here CreateDBInstance'] = awsError('InsufficientDBInstanceCapacity');
    await expect(aws.step('prepare', only('database'))).rejects.toThrow(/^database: InsufficientDBInstanceCapacity/);
    delete aws.snapshots[LOST];
    aws.faults = {};
    await toTheEnd(aws, 'prepare', only('database'));
    expect(aws.report.stores.database).toMatchObject({ ready: true, keptSnapshot: KEPT, comparison: COMPARISON });
    expect(aws.clusters).toHaveProperty(COMPARISON);
    expect(aws.instances[`${COMPARISON}-a`].Status).toBe('available');
  });

  test('the comparison is ready when somebody can connect to it, not when it was asked for', async () => {
    const aws = new TwoRegions();
    aws.instances[`${COMPARISON}-a`] = { Status: 'configuring-log-exports' };
    await expect(aws.step('prepare', only('database'))).rejects.toThrow(/^database: the comparison starts$/);
    expect(aws.state).toBe('preparing');
  });

  test.each(['instances', 'clusters'] as const)(
    'somebody deletes the %s of the comparison already: that is waited for',
    async (what) => {
      const aws = new TwoRegions();
      await toTheEnd(aws, 'prepare', only('database'));
      if (what === 'clusters') delete aws.instances[`${COMPARISON}-a`];
      aws[what][what === 'clusters' ? COMPARISON : `${COMPARISON}-a`].Status = 'deleting';
      await toTheEnd(aws, 'release', only('database'));
      expect(aws.state).toBe('reconciled');
      expect(Object.keys(aws.clusters)).toEqual(['ehr-us-east-1']);
    },
  );

  test('somebody took the way back by hand: what was lost before is kept and compared all the same', async () => {
    const aws = new TwoRegions();
    aws.members = { [HERE]: { IsWriter: true }, [THERE]: { IsWriter: false } };
    await toTheEnd(aws, 'prepare', only('database'));
    expect(aws.report.stores.database.keptSnapshot).toBe(KEPT);
  });

  test('released twice, the second time nothing happens', async () => {
    const aws = new TwoRegions();
    await reconciled(aws);
    const before = aws.changes;
    await aws.step('release');
    expect(aws.changes).toEqual(before);
  });

  test('returned twice, the writer is switched over once', async () => {
    const aws = new TwoRegions();
    await reconciled(aws, only('database'));
    await toTheEnd(aws, 'return', only('database'));
    await aws.step('return', only('database'));
    expect(aws.changes['there SwitchoverGlobalCluster']).toBe(1);
  });

  test('after another failover it begins anew', async () => {
    const aws = new TwoRegions();
    await reconciled(aws);
    const { round } = aws.report;
    aws.clock += 24 * 60 * MINUTE;
    aws.snapshots[LOST.replace('2026-11-26', '2026-11-28')] = {
      Status: 'available',
      SnapshotCreateTime: new Date('2026-11-28T09:00:00Z'),
    };
    await toTheEnd(aws, 'prepare');
    expect(aws.report.round).not.toBe(round);
    expect(aws.report.stores.database).toMatchObject({
      keptSnapshot: 'ehr-us-east-1-kept-202611280900',
      taken: '2026-11-28T09:00:00.000Z',
      comparedBefore: LOST,
    });
  });

  describe('after another failover of which Aurora could take no snapshot', () => {
    const again = async (aws: TwoRegions) => {
      aws.members = { [HERE]: { IsWriter: false, SynchronizationStatus: 'connected' }, [THERE]: { IsWriter: true } };
      aws.clock += 24 * 60 * MINUTE;
      await reconciled(aws, only('database'));
    };

    test('that of the first is not laid out again as if it were of this one, and the report says so', async () => {
      const aws = new TwoRegions();
      await reconciled(aws, only('database'));
      const { round } = aws.report;
      await toTheEnd(aws, 'return', only('database'));
      const before = aws.changes;
      await again(aws);
      expect(aws.report.round).not.toBe(round);
      expect(aws.changes).toEqual(before);
      expect(aws.report.stores.database.found).toMatch(
        new RegExp(
          `no snapshot since ${LOST}, which was compared; .*Was there another failover, Aurora could take none`,
        ),
      );
      expect(aws.report.stores.database).not.toHaveProperty('comparison');
    });

    test('the database returns all the same, and a third time is no different from the second', async () => {
      const aws = new TwoRegions();
      await reconciled(aws, only('database'));
      for (const switchovers of [1, 2, 3]) {
        await toTheEnd(aws, 'return', only('database'));
        expect(aws.changes['there SwitchoverGlobalCluster']).toBe(switchovers);
        await again(aws);
        expect(aws.report.stores.database.comparedBefore).toBe(LOST);
        expect(aws.changes['here RestoreDBClusterFromSnapshot']).toBe(1);
      }
    });

    test('whoever says that it is to begin anew gets it laid out again', async () => {
      const aws = new TwoRegions();
      await reconciled(aws, only('database'));
      aws.parameter = 'anew';
      await toTheEnd(aws, 'prepare', only('database'));
      expect(aws.report.stores.database).toMatchObject({ lostSnapshot: LOST, comparison: COMPARISON });
    });
  });

  test('begun again after the return, without another failover: it refuses, and changes nothing', async () => {
    const aws = new TwoRegions();
    await reconciled(aws, only('database'));
    await toTheEnd(aws, 'return', only('database'));
    const before = aws.changes;
    for (const action of ['check', 'prepare'] as const) {
      await expect(aws.step(action, only('database'))).rejects.toThrow(/was compared: nothing was lost here since/);
    }
    expect(aws.changes).toEqual(before);
    expect(aws.state).toBe('returned');
  });
});

describe('asked by a plan of ARC Region switch, which moves the writer itself', () => {
  const refusal = (message: RegExp) =>
    expect.objectContaining({ name: 'WrongOrder', message: expect.stringMatching(message) });
  const movesWriter = (aws: TwoRegions) => {
    aws.members[HERE] = { IsWriter: true };
    aws.members[THERE] = { IsWriter: false, SynchronizationStatus: 'connected' };
  };

  test('it says no as long as nothing is reconciled, and changes nothing', async () => {
    const aws = new TwoRegions();
    await expect(aws.step('ask', only('database'))).rejects.toEqual(refusal(/not reconciled \(nobody began\)/));
    await toTheEnd(aws, 'prepare', only('database'));
    const { changes } = aws;
    await expect(aws.step('ask', only('database'))).rejects.toEqual(refusal(/not reconciled \(prepared\)/));
    expect(aws.changes).toEqual(changes);
    expect(aws.state).toBe('prepared');
  });

  test('it says yes before the plan moves the writer, as often as it is asked, and leaves that to the plan', async () => {
    const aws = new TwoRegions();
    await reconciled(aws, only('database'));
    await aws.step('ask', only('database'));
    await aws.step('ask', only('database'));
    expect(aws.state).toBe('reconciled');
    expect(aws.changes['there SwitchoverGlobalCluster']).toBeUndefined();
  });

  test('it says no while the lost Region has not caught up, or is failing over', async () => {
    const aws = new TwoRegions();
    await reconciled(aws, only('database'));
    aws.members[HERE] = { IsWriter: false, SynchronizationStatus: 'pending-resync' };
    await expect(aws.step('ask', only('database'))).rejects.toEqual(refusal(/us-east-1 is pending-resync/));
    aws.failover = 'switching-over';
    await expect(aws.step('ask', only('database'))).rejects.toEqual(
      refusal(/is switching-over; wait until it is done/),
    );
  });

  test('asked once more when the writer is here, it ends the round, which vouches for no later failover', async () => {
    const aws = new TwoRegions();
    await reconciled(aws, only('database'));
    movesWriter(aws);
    await aws.step('ask', only('database'));
    expect(aws.state).toBe('returned');
    aws.members[HERE] = { IsWriter: false, SynchronizationStatus: 'connected' };
    aws.members[THERE] = { IsWriter: true };
    await expect(aws.step('ask', only('database'))).rejects.toEqual(refusal(/not reconciled \(returned\)/));
  });

  test('it says no while documents could not be sent', async () => {
    const aws = new TwoRegions();
    await reconciled(aws);
    await expect(aws.step('ask')).rejects.toEqual(refusal(/1 documents could not be replicated/));
  });

  test.each(['here GetParameter', 'there DescribeGlobalClusters', 'here DescribeDBClusterSnapshots'])(
    'it does not say yes where %s is not answered',
    async (fault) => {
      const aws = new TwoRegions();
      await reconciled(aws, only('database'));
      aws.faults[fault] = awsError('ThrottlingException');
      await expect(aws.step('ask', only('database'))).rejects.toThrow();
    },
  );
});

describe('called in the wrong order', () => {
  const refusal = (message: RegExp) =>
    expect.objectContaining({ name: 'WrongOrder', message: expect.stringMatching(message) });
  test.each(['check', 'prepare', 'release', 'return'] as const)(
    '%s of nothing, because no file system was named yet, reconciles nothing',
    async (action) => {
      const aws = new TwoRegions();
      await expect(aws.step(action, {})).rejects.toEqual(refusal(/name the file systems in replicatedFiles first/));
      expect(aws.state).toBe('none');
    },
  );

  const TOO_EARLY: [string, (aws: TwoRegions) => void, RegExp][] = [
    [
      'while it is failing over',
      (aws) => {
        aws.failover = 'failing-over';
      },
      /is failing-over; wait/,
    ],
    [
      'before Aurora has added the lost Region again',
      (aws) => {
        delete aws.members[HERE];
      },
      /no second member yet: Aurora adds us-east-1/,
    ],
    [
      'where the other Region has left',
      (aws) => {
        delete aws.members[THERE];
      },
      /us-west-2 has no member/,
    ],
    [
      'while the cluster is rebuilt',
      (aws) => {
        aws.clusters['ehr-us-east-1'].Status = 'creating';
      },
      /is creating: us-east-1 is not back yet/,
    ],
    [
      'while there is no cluster',
      (aws) => {
        aws.clusters = {};
      },
      /is missing: us-east-1 is not back yet/,
    ],
    [
      'where nothing was failed over',
      (aws) => {
        aws.members[HERE] = { IsWriter: true };
        aws.snapshots = {};
      },
      /nothing was lost here/,
    ],
  ];

  test.each(TOO_EARLY)('%s: it refuses, and changes nothing', async (_when, wrong, message) => {
    for (const action of ['check', 'prepare'] as const) {
      const aws = new TwoRegions();
      wrong(aws);
      await expect(aws.step(action)).rejects.toEqual(refusal(message));
      expect(aws.changes).toEqual({});
      expect(aws.parameter).toBe('nobody reconciled anything yet');
    }
  });

  test('released before anything is prepared', async () => {
    const aws = new TwoRegions();
    await expect(aws.step('release')).rejects.toEqual(refusal(/nothing is prepared/));
    expect(aws.changes).toEqual({});
  });

  test('released while it is prepared', async () => {
    const aws = new TwoRegions();
    aws.faults['here DescribeJob'] = awsError('ThrottlingException');
    await expect(aws.step('prepare')).rejects.toThrow();
    await expect(aws.step('release')).rejects.toEqual(refusal(/nothing is prepared/));
    expect(aws.changes['here UpdateJobStatus']).toBeUndefined();
  });

  test('begun again in the middle of a release: it makes nothing again, and the release goes on', async () => {
    const aws = new TwoRegions();
    await toTheEnd(aws, 'prepare');
    aws.faults['here DeleteDBCluster'] = awsError('ThrottlingException');
    await expect(aws.step('release')).rejects.toThrow(/Throttling/);
    aws.execution = 'e-2';
    await aws.step('check');
    await aws.step('prepare');
    expect(aws.state).toBe('releasing');
    expect(aws.report.execution).toBe('e-2'); // which is the one that waits to be approved now
    expect(aws.changes['here RestoreDBClusterFromSnapshot']).toBe(1);
    aws.faults = {};
    await toTheEnd(aws, 'release');
    expect(aws.state).toBe('reconciled');
    expect(Object.keys(aws.clusters)).toEqual(['ehr-us-east-1']);
  });

  test('returned before it is reconciled', async () => {
    const aws = new TwoRegions();
    await expect(aws.step('return')).rejects.toEqual(refusal(/not reconciled \(nobody began\)/));
    await toTheEnd(aws, 'prepare');
    await expect(aws.step('return')).rejects.toEqual(refusal(/not reconciled \(prepared\)/));
    expect(aws.changes['there SwitchoverGlobalCluster']).toBeUndefined();
  });

  test('returned before the lost Region has caught up', async () => {
    const aws = new TwoRegions();
    await reconciled(aws, only('database'));
    aws.members[HERE] = { IsWriter: false, SynchronizationStatus: 'pending-resync' };
    await expect(aws.step('return', only('database'))).rejects.toEqual(
      refusal(/replication to us-east-1 is pending-resync/),
    );
    expect(aws.changes['there SwitchoverGlobalCluster']).toBeUndefined();
  });

  test('returned to a cluster without an instance to write with', async () => {
    const aws = new TwoRegions();
    await reconciled(aws, only('database'));
    aws.clusters['ehr-us-east-1'].DBClusterMembers = [];
    await expect(aws.step('return', only('database'))).rejects.toEqual(
      refusal(/ehr-us-east-1 has no instance to write with; make one first/),
    );
    expect(aws.changes['there SwitchoverGlobalCluster']).toBeUndefined();
  });

  test('returned while the lost Region is repaired', async () => {
    const aws = new TwoRegions();
    await reconciled(aws, only('database'));
    aws.clusters['ehr-us-east-1'].Status = 'modifying';
    await expect(aws.step('return', only('database'))).rejects.toEqual(refusal(/is modifying: us-east-1 is not back/));
    expect(aws.changes['there SwitchoverGlobalCluster']).toBeUndefined();
  });

  test('returned after a second failover that nobody compared', async () => {
    const aws = new TwoRegions();
    await reconciled(aws, only('database'));
    const second = LOST.replace('2026-11-26', '2026-11-28');
    aws.snapshots[second] = { Status: 'available', SnapshotCreateTime: new Date('2026-11-28T09:00:00Z') };
    await expect(aws.step('return', only('database'))).rejects.toEqual(
      refusal(/is of another failover, and was not compared/),
    );
  });

  test('returned while documents could not be sent', async () => {
    const aws = new TwoRegions();
    await reconciled(aws);
    await expect(aws.step('return')).rejects.toEqual(refusal(/1 documents could not be replicated/));
  });

  test('files that are being overwritten already: it says so, and makes no recovery point of a mixture', async () => {
    const aws = new TwoRegions();
    aws.replications = [{ SourceFileSystemId: 'fs-0b', Destinations: [{ FileSystemId: 'fs-0a' }] }];
    await reconciled(aws, only('files sites'));
    expect(aws.changes).toEqual({});
    expect(aws.report.stores['files sites'].found).toMatch(/too late/);
  });

  test('files of which nobody can tell whether they are being overwritten: no recovery point, and no word that it is one', async () => {
    const aws = new TwoRegions();
    aws.faults['here DescribeReplicationConfigurations'] = awsError('ThrottlingException');
    await expect(aws.step('prepare', only('files sites'))).rejects.toThrow(/ThrottlingException/);
    expect(aws.changes).toEqual({});
    expect(aws.report.stores).toEqual({});
  });

  test('files that are still the source of the copy are kept', async () => {
    const aws = new TwoRegions();
    aws.replications = [{ SourceFileSystemId: 'fs-0a', Destinations: [{ FileSystemId: 'fs-0b' }] }];
    await reconciled(aws, only('files sites'));
    expect(aws.changes).toEqual({ 'here StartBackupJob': 1 });
  });
});

describe('AWS does not answer, or not always', () => {
  test.each(['TimeoutError', 'ThrottlingException'])(
    'the other Region: %s. Nobody knows whether it is time, and nothing is changed',
    async (name) => {
      const aws = new TwoRegions();
      aws.faults['there DescribeGlobalClusters'] = awsError(name);
      await expect(aws.step('prepare')).rejects.toThrow(new RegExp(`nothing was changed.*database: ${name}`));
      expect(aws.changes).toEqual({});
    },
  );

  test('one store is throttled: the others are kept, and the next call finishes it', async () => {
    const aws = new TwoRegions();
    aws.faults['here CopyDBClusterSnapshot'] = (turn) => (turn === 0 ? awsError('ThrottlingException') : undefined);
    await expect(aws.step('prepare')).rejects.toThrow(/^database: ThrottlingException/);
    expect(aws.changes).toEqual({ 'here CreateJob': 1, 'here StartBackupJob': 1 });
    expect(aws.report.state).toBe('preparing');
    await toTheEnd(aws, 'prepare');
    expect(aws.changes).toEqual(MADE);
  });

  const EVERY = [
    'CopyDBClusterSnapshot',
    'RestoreDBClusterFromSnapshot',
    'CreateDBInstance',
    'CreateJob',
    'StartBackupJob',
  ];
  test.each(EVERY)('%s fails once: nothing is left out, nothing is made twice', async (operation) => {
    const aws = new TwoRegions();
    aws.faults[`here ${operation}`] = (turn) => (turn === 0 ? awsError('InternalFailure') : undefined);
    await toTheEnd(aws, 'prepare');
    expect(aws.changes).toEqual(MADE);
    expect(aws.report.state).toBe('prepared');
  });

  test('the report cannot be written after something was made: the next call finds it by its name', async () => {
    const aws = new TwoRegions();
    aws.faults['here PutParameter'] = (turn) => (turn === 2 ? awsError('ThrottlingException') : undefined);
    await expect(aws.step('prepare')).rejects.toThrow(/Throttling/);
    await toTheEnd(aws, 'prepare');
    expect(Object.keys(aws.jobs)).toHaveLength(1);
    expect(Object.keys(aws.backups)).toHaveLength(1);
    expect(aws.changes['here CopyDBClusterSnapshot']).toBe(1);
  });

  test('the report cannot be written at all: nothing is made that nobody would find', async () => {
    const aws = new TwoRegions();
    aws.faults['here PutParameter'] = awsError('AccessDeniedException');
    await expect(aws.step('prepare')).rejects.toThrow(/AccessDenied/);
    expect(aws.changes).toEqual({});
  });

  test.each([
    [
      'documents',
      { job: { Status: 'Failed', FailureReasons: [{ FailureReason: 'no access' }] } },
      /Failed: no access; mend/,
    ],
    ['files sites', { backup: { Status: 'FAILED', StatusMessage: 'no role' } }, /FAILED: no role; mend/],
    ['files sites', { backup: { Status: 'PARTIAL' } }, /PARTIAL: no reason given; mend/],
    ['database', { copy: 'failed' }, /kept-202611260341 failed; delete it/],
  ])('what is made of %s fails: it says so, and is not prepared', async (name, endings, message) => {
    const aws = new TwoRegions();
    aws.endings = endings;
    await expect(aws.step('prepare', only(name))).rejects.toThrow(message);
    expect(aws.report.state).toBe('preparing');
  });

  test('documents cannot be sent: it says so, and is not reconciled', async () => {
    const aws = new TwoRegions();
    await toTheEnd(aws, 'prepare', only('documents'));
    aws.endings = { replication: { Status: 'Failed' } };
    await expect(aws.step('release', only('documents'))).rejects.toThrow(
      /replication of documents ended as Failed; mend/,
    );
    expect(aws.report.state).toBe('releasing');
  });

  test('after that, whoever overwrites the report begins anew', async () => {
    const aws = new TwoRegions();
    aws.endings = { job: { Status: 'Failed' } };
    await expect(aws.step('prepare')).rejects.toThrow(/no reason given/);
    Object.assign(aws, { endings: {}, parameter: 'anew' });
    await toTheEnd(aws, 'prepare');
    expect(Object.keys(aws.jobs)).toHaveLength(2);
    expect(aws.changes['here CopyDBClusterSnapshot']).toBe(1);
  });

  test('it takes longer than an automation waits: it says what for, in less than four minutes', async () => {
    const aws = new TwoRegions();
    const began = aws.clock;
    aws.endings = { job: { Status: 'Preparing' } };
    await expect(aws.step('prepare', only('documents'))).rejects.toEqual(
      expect.objectContaining({ name: 'StillWorking', message: 'documents: S3 lists documents' }),
    );
    expect(aws.clock - began).toBeLessThan(4 * MINUTE);
  });
});

describe('Lambda ends it in the middle, after whichever call', () => {
  /** A step, ended after each of its calls in turn and taken again to its end; what AWS has then is what counts. */
  async function endedAfterEach(
    action: 'prepare' | 'release' | 'return',
    begin: (aws: TwoRegions) => Promise<void>,
    stores = STORES,
  ) {
    const whole = new TwoRegions();
    await begin(whole);
    const before = whole.calls.length;
    await toTheEnd(whole, action, stores);
    const ends: TwoRegions[] = [];
    for (let killedAfter = before + 1; killedAfter <= whole.calls.length; killedAfter += 1) {
      const aws = new TwoRegions();
      await begin(aws);
      aws.killedAfter = killedAfter;
      await expect(aws.step(action, stores)).rejects.toThrow();
      aws.killedAfter = Number.POSITIVE_INFINITY;
      await toTheEnd(aws, action, stores);
      ends.push(aws);
    }
    expect(ends.length).toBeGreaterThan(5);
    return { whole, ends };
  }
  const namesOf = ({ snapshots, clusters, instances, jobs, backups }: TwoRegions) =>
    [snapshots, clusters, instances, jobs, backups].map((all) => Object.keys(all).sort());

  test('prepared: everything is there once, under the names of the first call', async () => {
    const { whole, ends } = await endedAfterEach('prepare', async () => {});
    for (const aws of ends) {
      expect(namesOf(aws)).toEqual(namesOf(whole));
      expect([aws.report.state, aws.state]).toEqual(['prepared', 'prepared']);
    }
  });

  test('released: documents are sent, the comparison is gone, what was kept stays', async () => {
    const { whole, ends } = await endedAfterEach('release', (aws) => toTheEnd(aws, 'prepare'));
    for (const aws of ends) {
      expect(namesOf(aws)).toEqual(namesOf(whole));
      expect([aws.report.state, aws.state]).toEqual(['reconciled', 'reconciled']);
      expect(Object.values(aws.jobs).map(({ Status }) => Status)).toEqual(['Complete']);
    }
  });

  test('returned: the writer is switched over, and nothing is under way', async () => {
    const database = only('database');
    const { ends } = await endedAfterEach('return', (aws) => reconciled(aws, database), database);
    for (const aws of ends) {
      expect(aws.changes['there SwitchoverGlobalCluster']).toBeLessThanOrEqual(2); // AWS refuses the second
      expect([aws.members[HERE].IsWriter, aws.failover]).toEqual([true, undefined]);
      expect([aws.report.state, aws.state]).toEqual(['returned', 'returned']);
    }
  });
});

describe('the way back', () => {
  test('switches the writer over by its ARN, asking the Region that writes, and waits until it writes here', async () => {
    const aws = new TwoRegions();
    await reconciled(aws, only('database'));
    await aws.step('return', only('database'));
    expect(aws.inputOf('there SwitchoverGlobalCluster')).toEqual({
      GlobalClusterIdentifier: 'ehr-global',
      TargetDbClusterIdentifier: `arn:aws:rds:${HERE}:111122223333:cluster:ehr-${HERE}`,
    });
    expect(aws.members[HERE].IsWriter).toBe(true);
    expect(aws.state).toBe('returned');
  });

  test('that AWS does not begin is waited for, with what AWS says', async () => {
    const aws = new TwoRegions();
    await reconciled(aws, only('database'));
    aws.faults['there SwitchoverGlobalCluster'] = awsError('InvalidGlobalClusterStateFault', 'a member is modified');
    await expect(aws.step('return', only('database'))).rejects.toEqual(
      expect.objectContaining({
        name: 'StillWorking',
        message: 'the writer is in us-west-2; a member is modified',
      }),
    );
    aws.faults = {};
    await toTheEnd(aws, 'return', only('database'));
    expect(aws.report.state).toBe('returned');
  });

  test('that somebody took by hand, before anything was reconciled, is not told as one', async () => {
    const aws = new TwoRegions();
    await toTheEnd(aws, 'prepare', only('database'));
    aws.members = { [HERE]: { IsWriter: true }, [THERE]: { IsWriter: false } };
    await aws.step('return', only('database'));
    expect(aws.state).toBe('prepared');
  });

  test('ends a reconciliation: the next failover begins anew', async () => {
    const aws = new TwoRegions();
    await reconciled(aws, only('database'));
    const { round } = aws.report;
    await aws.step('return', only('database'));
    aws.members = { [HERE]: { IsWriter: false, SynchronizationStatus: 'connected' }, [THERE]: { IsWriter: true } };
    await expect(aws.step('return', only('database'))).rejects.toThrow(/not reconciled \(returned\)/);
    expect(aws.state).not.toBe('returned'); // which the automation would take for the return that was refused
    await toTheEnd(aws, 'prepare', only('database'));
    expect(aws.report.round).not.toBe(round);
  });

  test('is not over while the global database says that it switches over, although this Region writes already', async () => {
    const aws = new TwoRegions();
    await reconciled(aws, only('database'));
    aws.members = { [HERE]: { IsWriter: true }, [THERE]: { IsWriter: false } };
    aws.failover = 'switching-over';
    await aws.step('return', only('database'));
    expect(aws.failover).toBeUndefined();
  });

  test('that somebody began already is waited for', async () => {
    const aws = new TwoRegions();
    await reconciled(aws, only('database'));
    aws.failover = 'switching-over';
    await aws.step('return', only('database'));
    expect(aws.changes['there SwitchoverGlobalCluster']).toBeUndefined();
  });
});

describe('a replica that was promoted', () => {
  const stores = {
    database: { kind: 'instance', wanted: { identifier: 'lab-us-east-1', replica: 'lab-us-west-2' } },
  } as const;
  const promoted = () => {
    const aws = new TwoRegions();
    aws.instances = { 'lab-us-east-1': { Status: 'available' }, 'lab-us-west-2': { Status: 'available' } };
    return aws;
  };

  test('the former primary is kept as a snapshot, and stays to be compared', async () => {
    const aws = promoted();
    await reconciled(aws, stores);
    expect(aws.changes).toEqual({ 'here CreateDBSnapshot': 1 });
    expect(aws.report.stores.database.keptSnapshot).toBe('lab-us-east-1-kept-20261127-120000');
    expect(aws.snapshots['lab-us-east-1-kept-20261127-120000'].Status).toBe('available');
  });

  test('a former primary that somebody stopped is no source of a snapshot: it says what to do', async () => {
    const aws = promoted();
    aws.instances['lab-us-east-1'].Status = 'stopped';
    await expect(aws.step('prepare', stores)).rejects.toThrow(/is stopped.*nothing writes to it any more, start it/);
    expect(aws.changes).toEqual({});
  });

  test('its snapshot fails: it says so, and is not prepared', async () => {
    const aws = promoted();
    aws.endings = { copy: 'failed' };
    await expect(aws.step('prepare', stores)).rejects.toThrow(/-kept-20261127-120000 failed; delete it/);
    expect(aws.report.state).toBe('preparing');
  });

  test.each([
    [
      'is a replica still',
      (aws: TwoRegions) =>
        Object.assign(aws.instances['lab-us-west-2'], { ReadReplicaSourceDBInstanceIdentifier: 'x' }),
      /still a replica/,
    ],
    [
      'is not there',
      (aws: TwoRegions) => delete aws.instances['lab-us-west-2'],
      /there is no DB instance lab-us-west-2/,
    ],
  ] as const)('it %s: nothing was failed over', async (_what, wrong, message) => {
    const aws = promoted();
    wrong(aws);
    await expect(aws.step('check', stores)).rejects.toThrow(message);
  });

  test('the former primary is not there yet', async () => {
    const aws = promoted();
    aws.instances['lab-us-east-1'].Status = 'rebooting';
    await expect(aws.step('prepare', stores)).rejects.toThrow(/is rebooting: us-east-1 is not back yet/);
  });
});
