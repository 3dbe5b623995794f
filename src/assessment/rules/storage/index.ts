import type { Rule } from '../rule';
import { bucketVersioning } from './res-sto-001-bucket-versioning';
import { bucketInAnotherRegion } from './res-sto-002-bucket-in-another-region';
import { replicationTimeControl } from './res-sto-003-replication-time-control';
import { objectLock } from './res-sto-004-object-lock';
import { noncurrentVersionsExpire } from './res-sto-005-noncurrent-versions-expire';
import { bucketEvents } from './res-sto-006-bucket-events';
import { efsMountTargets } from './res-sto-007-efs-mount-targets';
import { efsRegional } from './res-sto-008-efs-regional';
import { efsAutomaticBackups } from './res-sto-009-efs-automatic-backups';
import { efsReplication } from './res-sto-010-efs-replication';
import { fsxMultiAz } from './res-sto-011-fsx-multi-az';
import { fsxCopyTags } from './res-sto-012-fsx-copy-tags';
import { fsxReplicated } from './res-sto-013-fsx-replicated';
import { keyDeletionWindow } from './res-sto-014-key-deletion-window';
import { secretRotation } from './res-sto-015-secret-rotation';
import { logRetention } from './res-sto-016-log-retention';
import { keptWithItsStack } from './res-sto-017-kept-with-its-stack';
import { efsMountedWhereUsed } from './res-sto-018-efs-mounted-where-used';
import { userPoolIsProtected } from './res-sto-019-user-pool-protected';

/** Rules of this family, by id. */
export const storageRules: readonly Rule[] = [
  bucketVersioning,
  bucketInAnotherRegion,
  replicationTimeControl,
  objectLock,
  noncurrentVersionsExpire,
  bucketEvents,
  efsMountTargets,
  efsRegional,
  efsAutomaticBackups,
  efsReplication,
  fsxMultiAz,
  fsxCopyTags,
  fsxReplicated,
  keyDeletionWindow,
  secretRotation,
  logRetention,
  keptWithItsStack,
  efsMountedWhereUsed,
  userPoolIsProtected,
];
