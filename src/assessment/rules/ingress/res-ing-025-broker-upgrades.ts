import { FailureScope } from '../../../core/failure-scope';
import { booleanOf, reasonOf } from '../../model';
import { defineRule, failed, PASS, undecided } from '../rule';

export const brokerUpgrades = defineRule({
  id: 'RES-ING-025',
  title: 'a message broker takes minor versions by itself',
  severity: 'warning',
  scope: FailureScope.COMPONENT,
  why: 'faults that are mended already take the broker down',
  fix: 'set AutoMinorVersionUpgrade to true, with a maintenance window outside clinical peak hours',
  docs: 'https://docs.aws.amazon.com/securityhub/latest/userguide/mq-controls.html',
  alsoKnownAs: ['SecurityHub:MQ.3', 'Prowler:mq_broker_auto_minor_version_upgrades'],
  resourceTypes: ['AWS::AmazonMQ::Broker'],
  evaluate: (broker) => {
    const value = broker.property('AutoMinorVersionUpgrade');
    const reason = reasonOf(value);
    if (reason !== undefined) {
      return undecided(reason, 'Properties.AutoMinorVersionUpgrade');
    }
    return booleanOf(value) === true
      ? PASS
      : failed('AutoMinorVersionUpgrade is off', 'Properties.AutoMinorVersionUpgrade');
  },
});
