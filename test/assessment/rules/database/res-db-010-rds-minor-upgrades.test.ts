import { rdsMinorUpgrades } from '../../../../src/assessment/rules/database/res-db-010-rds-minor-upgrades';
import { testRule } from '../../../support/rules';

testRule(rdsMinorUpgrades, [
  {
    name: 'the default',
    verdict: 'pass',
    template: { Resources: { It: { Type: 'AWS::RDS::DBInstance', Properties: {} } } },
  },
  {
    name: 'said so',
    verdict: 'pass',
    template: { Resources: { It: { Type: 'AWS::RDS::DBInstance', Properties: { AutoMinorVersionUpgrade: true } } } },
  },
  {
    name: 'switched off',
    verdict: 'fail',
    template: { Resources: { It: { Type: 'AWS::RDS::DBInstance', Properties: { AutoMinorVersionUpgrade: false } } } },
  },
  {
    name: 'a parameter decides',
    verdict: 'unknown',
    template: {
      Parameters: { Choice: { Type: 'String' } },
      Resources: { It: { Type: 'AWS::RDS::DBInstance', Properties: { AutoMinorVersionUpgrade: { Ref: 'Choice' } } } },
    },
  },
]);
