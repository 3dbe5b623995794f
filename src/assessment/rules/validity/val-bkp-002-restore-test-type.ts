import { reasonOf, textOf } from '../../model';
import { defineRule, failed, PASS, undecided } from '../rule';

/** Types named on the page below. */
const TYPES = ['Aurora', 'DocumentDB', 'DynamoDB', 'EBS', 'EC2', 'EFS', 'FSx', 'Neptune', 'RDS', 'S3'];

export const restoreTestTypeExists = defineRule({
  id: 'VAL-BKP-002',
  title: 'a restore testing selection names a resource type as AWS Backup does',
  severity: 'error',
  scope: 'DEPLOYMENT',
  why: 'CloudFormation types such as AWS::RDS::DBCluster, or names in another case, are refused',
  fix: `set ProtectedResourceType to one of ${TYPES.join(', ')}`,
  docs: 'https://docs.aws.amazon.com/aws-backup/latest/devguide/restore-testing.html',
  resourceTypes: ['AWS::Backup::RestoreTestingSelection'],
  evaluate: (resource) => {
    const value = resource.property('ProtectedResourceType');
    const type = textOf(value);
    const location = 'Properties.ProtectedResourceType';
    if (type === undefined) {
      return undecided(reasonOf(value) ?? 'no resource type', location);
    }
    if (TYPES.includes(type)) {
      return PASS;
    }
    const written = TYPES.some((known) => known.toLowerCase() === type.toLowerCase()) || !/^[A-Za-z0-9 ]+$/.test(type);
    return written
      ? failed(`resource type ${type}`, location)
      : undecided(`resource type ${type} is not known here`, location);
  },
});
