import { booleanOf, reasonOf, textOf } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';

export const auroraInstanceHasNoMultiAz = defineRule({
  id: 'VAL-RDS-002',
  title: 'an instance of an Aurora cluster does not ask for Multi-AZ',
  severity: 'error',
  scope: 'DEPLOYMENT',
  why: 'Aurora keeps storage in three zones and fails over to readers; MultiAZ on one of its instances is refused',
  fix: 'remove MultiAZ, and add a second instance to the cluster',
  docs: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-rds-dbinstance.html',
  resourceTypes: ['AWS::RDS::DBInstance'],
  evaluate: (resource) => {
    const engine = textOf(resource.property('Engine'));
    if (!engine?.startsWith('aurora')) {
      return NOT_APPLICABLE;
    }
    const multiAz = resource.property('MultiAZ');
    if (booleanOf(multiAz) === true) {
      return failed('MultiAZ is true', 'Properties.MultiAZ');
    }
    return multiAz.kind === 'absent' || booleanOf(multiAz) === false
      ? PASS
      : undecided(reasonOf(multiAz) ?? 'no boolean', 'Properties.MultiAZ');
  },
});
