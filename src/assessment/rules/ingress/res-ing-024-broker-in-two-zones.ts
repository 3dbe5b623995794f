import { FailureScope } from '../../../core/failure-scope';
import { reasonOf, textOf } from '../../model';
import { defineRule, failed, PASS, undecided } from '../rule';

export const brokerInTwoZones = defineRule({
  id: 'RES-ING-024',
  title: 'a message broker runs in more than one zone',
  severity: 'error',
  scope: FailureScope.AVAILABILITY_ZONE,
  why: 'a single broker takes every interface that goes through it down with its zone',
  fix: 'set DeploymentMode to ACTIVE_STANDBY_MULTI_AZ for ActiveMQ, or CLUSTER_MULTI_AZ for RabbitMQ',
  docs: 'https://docs.aws.amazon.com/securityhub/latest/userguide/mq-controls.html',
  alsoKnownAs: [
    'SecurityHub:MQ.5',
    'Prowler:mq_broker_active_deployment_mode',
    'TrustedAdvisor:ActiveMQ Availability Zone Redundancy',
    'ControlTower:CT.MQ.PR.1',
    'SecurityHub:MQ.6',
    'Prowler:mq_broker_cluster_deployment_mode',
    'TrustedAdvisor:RabbitMQ Availability Zone Redundancy',
    'ControlTower:CT.MQ.PR.2',
  ],
  resourceTypes: ['AWS::AmazonMQ::Broker'],
  evaluate: (broker) => {
    const mode = broker.property('DeploymentMode');
    const reason = reasonOf(mode);
    if (reason !== undefined) {
      return undecided(reason, 'Properties.DeploymentMode');
    }
    return ['ACTIVE_STANDBY_MULTI_AZ', 'CLUSTER_MULTI_AZ'].includes(textOf(mode) ?? '')
      ? PASS
      : failed('DeploymentMode is SINGLE_INSTANCE', 'Properties.DeploymentMode');
  },
});
