import { entryOf, textOf } from '../../model';
import { defineRule, failed, PASS, type RuleOutcome, undecided } from '../rule';

/** Actions named on the page of the zone-loss scenario; the whole list grows, and is not here. */
const KNOWN = [
  'aws:arc:start-zonal-autoshift',
  'aws:ebs:pause-volume-io',
  'aws:ec2:api-insufficient-instance-capacity-error',
  'aws:ec2:asg-insufficient-instance-capacity-error',
  'aws:ec2:stop-instances',
  'aws:elasticache:replicationgroup-interrupt-az-power',
  'aws:fis:wait',
  'aws:network:disrupt-connectivity',
  'aws:rds:failover-db-cluster',
];

export const experimentActionIdIsWellFormed = defineRule({
  id: 'VAL-FIS-002',
  title: 'actions of an experiment are written as aws:service:action',
  severity: 'error',
  scope: 'DEPLOYMENT',
  why: 'an experiment template with an action that does not exist is refused',
  fix: 'set ActionId to an action of the reference, such as aws:network:disrupt-connectivity',
  docs: 'https://docs.aws.amazon.com/fis/latest/userguide/fis-actions-reference.html',
  resourceTypes: ['AWS::FIS::ExperimentTemplate'],
  evaluate: (resource) => {
    const actions = resource.property('Actions');
    let unknown: RuleOutcome | undefined;
    for (const [name, action] of Object.entries(actions.kind === 'dictionary' ? actions.entries : {})) {
      const id = textOf(entryOf(action, 'ActionId'));
      const location = `Properties.Actions.${name}.ActionId`;
      if (id !== undefined && !/^aws:[a-z0-9-]+:[a-z0-9-]+(?:\/[a-z0-9-]+)?$/.test(id)) {
        return failed(`action ${id}`, location);
      }
      if (id === undefined || !KNOWN.includes(id)) {
        unknown ??= undecided(`whether action ${id ?? 'set at deployment'} exists is not known here`, location);
      }
    }
    return unknown ?? PASS;
  },
});
