import type { Resource } from '../../model';

/** Types that CloudFormation takes a last snapshot of, where nothing else is said. */
const SNAPSHOT_BY_DEFAULT = ['AWS::RDS::DBCluster', 'AWS::DocDB::DBCluster', 'AWS::Neptune::DBCluster'];

/** Whether data stays when its resource leaves the template, and when an update replaces it, as far as the template says so. */
export function isKept({ type, deletionPolicy, updateReplacePolicy }: Resource): boolean {
  const dropped = deletionPolicy ?? (SNAPSHOT_BY_DEFAULT.includes(type) ? 'Snapshot' : 'Delete');
  return dropped !== 'Delete' && updateReplacePolicy !== 'Delete';
}
