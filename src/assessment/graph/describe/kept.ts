import type { Resource } from '../../model';

/**
 * What CloudFormation takes a last snapshot of, where nothing else is said:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html
 */
const SNAPSHOT_BY_DEFAULT = ['AWS::RDS::DBCluster', 'AWS::RDS::DBInstance'];

/**
 * Whether data stays when its resource leaves the template, and when an update replaces it. Left out, an UpdateReplacePolicy deletes:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-updatereplacepolicy.html
 */
export function isKept({ type, deletionPolicy, updateReplacePolicy = 'Delete' }: Resource): boolean {
  const dropped = deletionPolicy ?? (SNAPSHOT_BY_DEFAULT.includes(type) ? 'Snapshot' : 'Delete');
  return dropped !== 'Delete' && updateReplacePolicy !== 'Delete';
}
