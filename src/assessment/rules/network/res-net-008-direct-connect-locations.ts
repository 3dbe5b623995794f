import { FailureScope } from '../../../core/failure-scope';
import { reasonOf, textOf } from '../../model';
import { defineRule, failed, PASS, undecided } from '../rule';

export const directConnectLocations = defineRule({
  id: 'RES-NET-008',
  title: 'direct connect connections of a region end at two or more locations',
  severity: 'error',
  scope: FailureScope.CONNECTIVITY,
  why: 'when the only location fails, the hospital is cut off from systems that run well',
  fix: 'order a second connection at another location',
  docs: 'https://docs.aws.amazon.com/directconnect/latest/UserGuide/resiliency_toolkit.html',
  alsoKnownAs: ['Prowler:directconnect_connection_redundancy', 'TrustedAdvisor:Direct Connect Location Resiliency'],
  resourceTypes: ['AWS::DirectConnect::Connection'],
  evaluate: (connection, { assembly }) => {
    const all = assembly
      .resourcesOf('AWS::DirectConnect::Connection')
      .filter(({ region }) => region === connection.region)
      .map((other) => other.property('Location'));
    const locations = new Set(all.map(textOf).filter((location) => location !== undefined));
    if (locations.size > 1) {
      return PASS;
    }
    const reason = all.map(reasonOf).find(Boolean);
    return reason !== undefined && all.length > 1
      ? undecided(reason, 'Properties.Location')
      : failed('every connection of the region ends at one location', 'Properties.Location');
  },
});
