import { noValueIsTiedAcrossRegions } from '../../../../src/assessment/rules/recovery/res-dr-010-cross-region-export';
import { testRule } from '../../../support/rules';

const it = (Properties: Record<string, unknown>) => ({
  Resources: { It: { Type: 'Custom::CrossRegionExportWriter', Properties } },
});

testRule(noValueIsTiedAcrossRegions, [
  {
    name: 'nothing is handed over',
    verdict: 'pass',
    template: it({ WriterProps: { region: 'us-west-2', exports: {} } }),
  },
  {
    name: 'an ARN is handed over',
    verdict: 'fail',
    template: it({ WriterProps: { region: 'us-west-2', exports: { '/cdk/exports/Key': 'arn' } } }),
  },
  {
    name: 'imported',
    verdict: 'unknown',
    template: it({ WriterProps: { exports: { 'Fn::ImportValue': 'exports' } } }),
  },
]);
