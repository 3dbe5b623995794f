import { FailureScope } from '../../../core/failure-scope';
import { booleanOf, reasonOf } from '../../model';
import { defineRule, failed, PASS, undecided } from '../rule';

export const trailRecordsEveryRegion = defineRule({
  id: 'RES-DR-024',
  title: 'a trail records every region',
  severity: 'warning',
  scope: FailureScope.REGION,
  why: 'after a failover everything happens in the other Region, and has to be accounted for there',
  fix: 'set IsMultiRegionTrail to true',
  docs: 'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/receive-cloudtrail-log-files-from-multiple-regions.html',
  alsoKnownAs: [
    'SecurityHub:CloudTrail.1',
    'Config:MULTI_REGION_CLOUD_TRAIL_ENABLED',
    'GuardRegistry:MULTI_REGION_CLOUD_TRAIL_ENABLED',
  ],
  resourceTypes: ['AWS::CloudTrail::Trail'],
  evaluate: (resource) => {
    const everyRegion = resource.property('IsMultiRegionTrail');
    if (booleanOf(everyRegion) === true) {
      return PASS;
    }
    return everyRegion.kind === 'absent' || booleanOf(everyRegion) === false
      ? failed('records its own Region only', 'Properties.IsMultiRegionTrail')
      : undecided(reasonOf(everyRegion) ?? 'no boolean', 'Properties.IsMultiRegionTrail');
  },
});
