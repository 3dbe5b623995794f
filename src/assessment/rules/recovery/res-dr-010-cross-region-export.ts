import { FailureScope } from '../../../core/failure-scope';
import { defineRule, failed, PASS, undecided } from '../rule';

/** Where each kind of custom resource keeps what it hands over. */
const HANDED: Record<string, readonly [string, string]> = {
  'Custom::CrossRegionExportWriter': ['WriterProps', 'exports'],
  'Custom::CrossRegionExportReader': ['ReaderProps', 'imports'],
};

export const noValueIsTiedAcrossRegions = defineRule({
  id: 'RES-DR-010',
  title: 'no value is handed from region to region by a custom resource',
  severity: 'error',
  scope: FailureScope.REGION,
  why: 'neither stack can be deployed or changed while the other Region is lost, which is when the surviving one must be',
  fix: 'give what crosses Regions a physical name, or set @aws-cdk/core:defaultCrossStackReferences to weak',
  docs: 'https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/global-services.html',
  resourceTypes: Object.keys(HANDED),
  evaluate: (resource) => {
    const path = HANDED[resource.type] ?? [];
    const handed = resource.property(...path);
    const location = ['Properties', ...path].join('.');
    if (handed.kind === 'unknown') {
      return undecided(handed.reason, location);
    }
    const names = handed.kind === 'dictionary' ? Object.keys(handed.entries) : [];
    return names.length > 0 ? failed(`hands over ${names[0]}`, location) : PASS;
  },
});
