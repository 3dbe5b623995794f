import { FailureScope } from '../../core/failure-scope';
import { zoneFault } from '../faults';
import { counterpartOf, label, redirection, regionLoss } from '../simulation';
import type { EntryPoint } from '../systems';
import { assertion, broken, holds, type Observation, type Scenario, unsure } from './scenario';
import { type Scene, verdictOf } from './scene';

export const twoZones: Scenario = {
  id: 'R10',
  title: 'Two zones of one Region, United Arab Emirates, March 2026',
  happened:
    'Two zones of me-central-1 were hit within six hours, and a zone of me-south-1 on the next day; parts were gone for weeks.',
  when: ['azLoss', 'controlPlaneLoss'],
  source: 'https://apistatuscheck.com/blog/aws-middle-east-drone-strike-outage-march-2026',
  play: (scene) => [
    assertion(
      'records survive the loss of two zones, here or in another Region',
      scene.entries.map((entry) => survives(entry, scene)),
    ),
    assertion(
      'another Region takes over while nothing can start in the first',
      scene.entries.map((entry) => takesOver(entry, scene)),
    ),
    assertion(
      'what stands by carries the peak at once',
      scene.entries.flatMap((entry) => carries(entry, scene)),
      NO_OTHER,
    ),
    assertion(
      'the other Region is in another area',
      scene.entries.map((entry) => farAway(entry, scene)),
    ),
  ],
};

const NO_OTHER = broken('nothing stands by in another Region');

function survives(entry: EntryPoint, scene: Scene): Observation {
  const objective = scene.system.objectives.scopes[FailureScope.TWO_AVAILABILITY_ZONES];
  const here = scene.zoneGroups(entry, 2).map((zones) => scene.stateUnder(zoneFault(zones), entry).impacts);
  if (here.every((impacts) => verdictOf(impacts, objective) === 'MEETS')) {
    return holds('what is left of the Region is enough', entry.component);
  }
  const stores = scene.needsOf([entry]);
  const elsewhere = regionLoss(entry, stores, scene.system, scene.graph).filter(({ root }) => root.data !== undefined);
  if (elsewhere.length === 0) {
    return unsure('give the templates of its data stores too', entry.component);
  }
  const lost = elsewhere.filter(
    ({ recovery, undecided }) => recovery.unrecoverable !== undefined && undecided === undefined,
  );
  if (lost.length > 0) {
    return broken(
      'what is left of the Region is not enough, and no copy exists outside',
      ...lost.map(({ root }) => root),
    );
  }
  switch (verdictOf(elsewhere, objective)) {
    case 'MEETS':
      return holds('a failover to the other Region is needed', entry.component);
    case 'UNKNOWN':
      return unsure('rehearse the failover to the other Region: its time or its loss is open', entry.component);
    default:
      return broken(
        'the copies outside the Region are too old, or back too late',
        ...elsewhere.map(({ root }) => root),
      );
  }
}

function takesOver({ component }: EntryPoint, { system, graph, needsOf }: Scene): Observation {
  const other = counterpartOf(component, system);
  if (!other) {
    return broken(`nothing of another Region answers for ${label(component)}`, component);
  }
  const runs = needsOf([other]).some(
    ({ role, isRegional, units, region }) =>
      role === 'compute' && region === other.component.region && (isRegional || units.length > 0),
  );
  if (!runs) {
    return unsure('say what runs in the other Region: these templates show nothing', other.component);
  }
  const byHand =
    component.role === 'entry' && redirection(component, other.component, graph).some((step) => step.needsControlPlane);
  return byHand && component.region === 'us-east-1'
    ? broken('users are sent there by changing records, which needs us-east-1', component)
    : holds('it runs already', other.component);
}

/** Whoever else lived in the lost zones asks the other Region for capacity in the same minutes. */
function carries({ component }: EntryPoint, { system, needsOf }: Scene): Observation[] {
  const other = counterpartOf(component, system);
  const running = (other ? needsOf([other]) : []).filter(
    ({ role, region, isRegional }) => role === 'compute' && !isRegional && region === other?.component.region,
  );
  const { capacity } = system;
  return running.map((compute) => {
    if (capacity === undefined) {
      return unsure('declare the peak that the capacity has to carry', compute);
    }
    const counts = compute.units.map(({ count }) => count);
    const open = counts.find((count) => typeof count !== 'number');
    if (typeof open === 'object') {
      return unsure(open.reason, compute);
    }
    const total = counts.reduce<number>((sum, count) => sum + (typeof count === 'number' ? count : 0), 0);
    return compute.units[0]?.noun !== capacity.unit || total >= capacity.peak
      ? holds('enough runs already', compute)
      : broken(`${label(compute)} runs ${total}, the peak needs ${capacity.peak}`, compute);
  });
}

/** The first part of a Region's name is as much as a template says about where it lies. */
function farAway({ component }: EntryPoint, { system }: Scene): Observation {
  const other = counterpartOf(component, system);
  if (!other) {
    return broken('there is no other Region', component);
  }
  const [here, there] = [component.region, other.component.region];
  if (here === undefined || there === undefined) {
    return unsure('the Region is chosen at deployment', component);
  }
  return here.split('-')[0] === there.split('-')[0]
    ? unsure(`say whether one event can hit ${here} and ${there}: their names do not`, other.component)
    : holds(`${here} and ${there}`, other.component);
}
