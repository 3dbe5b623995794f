import { FailureScope } from '../../../core/failure-scope';
import { referencesIn, textOf, textsIn } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS } from '../rule';

/** An alarm warns before a database instance runs out of storage. */
export const rdsStorageAlarm = defineRule({
  id: 'RES-DB-018',
  title: 'an alarm warns before a database instance runs out of storage',
  severity: 'warning',
  scope: FailureScope.COMPONENT,
  why: 'a database that runs out of storage stops, and its metric shows that days ahead',
  fix: 'add an alarm on FreeStorageSpace of the instance',
  docs: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-metrics.html',
  alsoKnownAs: [
    'TrustedAdvisor:Amazon RDS FreeStorageSpace',
    'TrustedAdvisor:Amazon RDS DiskQueueDepth',
    'TrustedAdvisor:Amazon RDS ReplicaLag',
  ],
  resourceTypes: ['AWS::RDS::DBInstance'],
  evaluate(instance, { assembly }) {
    if (instance.property('DBClusterIdentifier').kind !== 'absent') {
      return NOT_APPLICABLE; // the volume of a cluster grows by itself
    }
    const alarms = assembly
      .resourcesOf('AWS::CloudWatch::Alarm')
      .filter((alarm) => textOf(alarm.property('MetricName')) === 'FreeStorageSpace');
    const name = textOf(instance.property('DBInstanceIdentifier'));
    const dimensions = alarms.map((alarm) => alarm.property('Dimensions'));
    const watched = dimensions.some((dimension) => {
      const texts = textsIn(dimension);
      const refers = referencesIn(dimension).some(({ resource }) => resource === instance);
      return refers || (name !== undefined && texts.includes(name));
    });
    return watched ? PASS : failed('no alarm on FreeStorageSpace');
  },
});
