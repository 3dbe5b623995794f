import { reasonOf, textOf } from '../../model';
import { defineRule, failed, PASS, undecided } from '../rule';

export const configRuleIdentifierIsWellFormed = defineRule({
  id: 'VAL-CONFIG-001',
  title: 'the source of an AWS Config rule is written as its owner requires',
  severity: 'error',
  scope: 'DEPLOYMENT',
  why: 'managed rules are known by identifiers in capitals, not by the names on their pages; others are refused',
  fix: 'set SourceIdentifier to the identifier of the managed rule, such as RDS_MULTI_AZ_SUPPORT, or to the ARN of a function',
  docs: 'https://docs.aws.amazon.com/config/latest/developerguide/managed-rules-by-aws-config.html',
  resourceTypes: ['AWS::Config::ConfigRule'],
  evaluate: (resource) => {
    const value = resource.property('Source', 'SourceIdentifier');
    const owner = textOf(resource.property('Source', 'Owner'));
    const identifier = textOf(value);
    const location = 'Properties.Source.SourceIdentifier';
    switch (owner) {
      case 'CUSTOM_POLICY':
        return PASS;
      case 'CUSTOM_LAMBDA':
        return identifier !== undefined && !identifier.startsWith('arn:')
          ? failed(`${identifier} is no ARN of a function`, location)
          : PASS;
      case 'AWS':
        if (identifier === undefined) {
          return undecided(reasonOf(value) ?? 'no identifier', location);
        }
        // the list of identifiers is not here: it grows by the month
        return /^[A-Z][A-Z0-9_]+$/.test(identifier)
          ? undecided(`whether AWS Config has ${identifier} is not known here`, location)
          : failed(`${identifier} is no identifier`, location);
      default:
        return owner === undefined
          ? undecided(reasonOf(resource.property('Source', 'Owner')) ?? 'no owner', 'Properties.Source.Owner')
          : failed(`owner ${owner}`, 'Properties.Source.Owner');
    }
  },
});
