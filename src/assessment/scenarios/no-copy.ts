import { regionLoss } from '../simulation';
import { assertion, broken, holds, type Observation, type Scenario, unsure } from './scenario';
import type { Scene } from './scene';

export const noCopy: Scenario = {
  id: 'R14',
  title: 'A fire in one data centre, Daejeon, September 2025',
  happened: 'A fire stopped 647 systems of a government; 858 TB of files had no copy, because they were too many.',
  when: ['regionLoss'],
  source:
    'https://www.datacenterdynamics.com/en/news/858tb-of-government-data-may-be-lost-for-good-after-south-korea-data-center-fire/',
  play: (scene) => [
    assertion(
      'every store has a copy outside the Region, whatever its size',
      scene.entries.flatMap((entry) => copies(entry, scene)),
      unsure('give the templates of its data stores too'),
    ),
  ],
};

function copies(entry: Scene['entries'][number], scene: Scene): Observation[] {
  const impacts = regionLoss(entry, scene.needsOf([entry]), scene.system, scene.graph);
  return impacts
    .filter(({ root }) => root.data !== undefined)
    .map(({ root, recovery, undecided }) => {
      if (undecided !== undefined) {
        return unsure(undecided, root);
      }
      return recovery.unrecoverable === undefined
        ? holds('a copy is outside the Region', root)
        : broken(`${root.path} has no copy outside the Region`, root);
    });
}
