import type { Component } from '../graph';
import { longestKept, seriesOf } from './copies';
import { assertion, broken, holds, type Observation, type Scenario, unsure } from './scenario';

/** 57 days in Ireland, and time to find a clean recovery point. */
const DAYS = 60;
const WEEK = 7 * 86_400;

export const longDwell: Scenario = {
  id: 'R5',
  title: "Ransomware in Ireland's health service, May 2021",
  happened:
    'The intruder had been in for 57 days when everything was switched off; it took four months until all servers were back.',
  when: ['logicalCorruption'],
  source: 'https://hdl.handle.net/10147/631006',
  play: (scene) => {
    // after a failover the standby keeps the records
    const stores = scene.all.filter(({ data }) => data !== undefined);
    return [
      assertion(
        `every store has a recovery point or versions that are ${DAYS} days old`,
        stores.map(reachesBack),
        unsure('give the templates of its data stores too'),
      ),
      assertion(
        'the long series is taken at least once a week',
        stores.map(dense),
        unsure('give the templates of its data stores too'),
      ),
    ];
  },
};

function reachesBack(store: Component): Observation {
  const { days, undecided } = longestKept(store);
  if (days >= DAYS) {
    return holds(`kept for at least ${DAYS} days`, store);
  }
  return undecided === undefined
    ? broken(`nothing of ${store.path} is kept for more than ${days} days`, store)
    : unsure(undecided, store);
}

function dense(store: Component): Observation {
  const versions = store.data?.versionDays;
  if (typeof versions === 'number' && versions >= DAYS) {
    return holds('every version is kept', store);
  }
  const long = seriesOf(store).filter(
    ({ retentionDays }) => typeof retentionDays === 'object' || retentionDays >= DAYS,
  );
  if (long.length === 0) {
    return broken(`${store.path} has no series that long`, store);
  }
  const ages = long.map(({ ageSeconds }) => ageSeconds);
  if (ages.some((age) => typeof age === 'number' && age <= WEEK)) {
    return holds('taken at least weekly', store);
  }
  const open = ages.find((age) => typeof age === 'object');
  return typeof open === 'object'
    ? unsure(open.reason, store)
    : broken(`the long series of ${store.path} is taken less than once a week`, store);
}
