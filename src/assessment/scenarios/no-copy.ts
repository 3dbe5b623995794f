import { type Resource, textsIn } from '../model';
import { regionLoss } from '../simulation';
import { assertion, broken, holds, type Observation, type Scenario, unsure } from './scenario';
import { type Scene, vaultsOf } from './scene';

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
    assertion(
      'somebody hears of what a backup leaves out',
      [...new Set(scene.all.flatMap(({ data }) => (data?.backups ?? []).flatMap(vaultsOf)))].map((vault) =>
        heard(vault, scene),
      ),
      broken('no vault of these templates keeps anything'),
    ),
  ],
};

/** Objects that a backup of a bucket leaves out are told by the vault only. */
function heard(vault: Resource, scene: Scene): Observation {
  const told = ['SNSTopicArn', 'BackupVaultEvents'].every(
    (name) => vault.property('Notifications', name).kind !== 'absent',
  );
  if (told) {
    return holds('the vault tells a topic', vault);
  }
  return scene.around('AWS::Events::Rule').some((rule) => textsIn(rule.property('EventPattern')).includes('aws.backup'))
    ? unsure(
        `say who hears of objects that a backup to ${vault.path} leaves out: jobs are watched, objects are not`,
        vault,
      )
    : broken(`${vault.path} tells nobody when a backup fails`, vault);
}

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
