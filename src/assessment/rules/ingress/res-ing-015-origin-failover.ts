import { FailureScope } from '../../../core/failure-scope';
import { entryOf, itemsOf, reasonOf } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';

const PATH = ['DistributionConfig', 'OriginGroups', 'Items'];

export const originFailover = defineRule({
  id: 'RES-ING-015',
  title: 'a distribution has a second origin to fall back to',
  severity: 'warning',
  scope: FailureScope.REGION,
  why: 'what is not cached fails with the only origin',
  fix: 'add an origin group with two origins and the status codes to fail over at',
  docs: 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/high_availability_origin_failover.html',
  alsoKnownAs: [
    'SecurityHub:CloudFront.4',
    'Config:CLOUDFRONT_ORIGIN_FAILOVER_ENABLED',
    'Prowler:cloudfront_distributions_multiple_origin_failover_configured',
    'GuardRegistry:CLOUDFRONT_ORIGIN_FAILOVER_ENABLED',
    'TrustedAdvisor:Amazon CloudFront Origin Failover',
    'Powerpipe-WA-Reliability:cloudfront_distribution_configured_with_origin_failover',
    'ControlTower:CT.CLOUDFRONT.PR.4',
  ],
  resourceTypes: ['AWS::CloudFront::Distribution'],
  evaluate: (distribution, { careDependsOn }) => {
    if (!careDependsOn(distribution)) {
      return NOT_APPLICABLE;
    }
    const groups = distribution.property(...PATH);
    if (groups.kind === 'unknown') {
      return undecided(reasonOf(groups) ?? 'its origin groups are not decided', `Properties.${PATH.join('.')}`);
    }
    const complete = itemsOf(groups).some((group) => {
      const members = itemsOf(entryOf(entryOf(group, 'Members'), 'Items'));
      const codes = itemsOf(entryOf(entryOf(entryOf(group, 'FailoverCriteria'), 'StatusCodes'), 'Items'));
      return members.length >= 2 && codes.length > 0;
    });
    return complete ? PASS : failed('it has no origin group with two origins', `Properties.${PATH.join('.')}`);
  },
});
