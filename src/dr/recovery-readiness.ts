import type { Construct } from 'constructs';
import { fail } from '../core/private/fail';
import type { CrossRegionDr } from './cross-region-dr';
import { DefinitionFingerprint } from './private/definition-fingerprint';
import { isRestore } from './private/restoration';
import type { RecoveryReadinessProps } from './recovery-readiness-props';
import { RegionReadiness } from './region-readiness';

/**
 * Whether the recovery Region could take over now: a function there compares it with the primary Region, again and again, and an alarm
 * there goes off for each thing that is missing, behind, smaller or about to end. Drift is found before a disaster, not in it.
 *
 * Compared is what the system has: its database (version, parameters, size, what it is to the other one), how far file shares are behind, how
 * documents are replicated, copies of backups, keys, the secrets, parameters, images and certificates that tasks start with, capacity and
 * service quotas, and the definition that each Region was deployed from. Values of secrets are never read.
 *
 * With backup and restore nothing runs there before something was restored: then it is what a restore and its deployment would need.
 *
 * After a failover the recovery Region serves, and may be lost in its turn: with `watchReturn` the primary Region is watched in the same way, from
 * there. What each asks depends on where users are declared to be, by `activeRegion`.
 *
 * A check that stops is no readiness: its silence sets its alarm off. While the other Region does not answer, `NotReady` tells what can
 * be told from this Region alone, and `CannotCompare` that this is all; neither is a reason to wait with a failover. Users of the primary
 * Region notice nothing: it is only read, by name.
 *
 * It costs a metric and an alarm for each check, about 0.40 USD a month each, and next to nothing for the function and its log.
 *
 * @see https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/rel_planning_for_recovery_config_drift.html
 */
export class RecoveryReadiness extends RegionReadiness {
  /** Whether the primary Region could take users back, or over, where `watchReturn` asks for it. */
  public readonly wayBack?: RegionReadiness;

  /**
   * @throws InvalidReadiness naming every mistake in the properties
   * @throws FilesNotNamed with file shares, before `replicatedFiles` is given
   * @throws DocumentsNotReturned with documents under active/active, before `returnDocuments` is given
   */
  public constructor(scope: Construct, id: string, props: RecoveryReadinessProps) {
    super(scope, id, { ...props, region: watchedRegion(props.dr) });
    const { primary, primaryRegion: region, strategy } = props.dr;
    const fingerprint = new DefinitionFingerprint(primary, primary.systemName);
    fingerprint.keepIn(primary, 'Definition');
    fingerprint.keepIn(this, 'Definition');
    if (props.watchReturn && isRestore(strategy)) {
      fail(
        this,
        'InvalidReadiness',
        'watchReturn is true, but no command goes back from a Region that is made from copies of backups; leave it out',
      );
    }
    this.wayBack = props.watchReturn
      ? new RegionReadiness(primary, 'ReturnReadiness', { ...props, region })
      : undefined;
  }
}

/** The recovery Region, unless something that runs there waits for something else. */
function watchedRegion(dr: CrossRegionDr): string {
  return isRestore(dr.strategy) ? dr.recoveryRegion : dr.recovery && dr.recoveryRegion;
}
