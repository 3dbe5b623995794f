import type { Component } from '../graph';
import { isObject } from '../model';
import { foreignCopies } from './copies';
import { assertion, broken, holds, type Observation, type Scenario, unsure } from './scenario';
import type { Scene } from './scene';

export const deletedAccount: Scenario = {
  id: 'R13',
  title: "A provider deletes a customer's account, May 2024",
  happened:
    'The provider deleted the private cloud of a pension fund in both of its Regions; a copy at another provider saved it after two weeks.',
  when: ['accountCompromise'],
  source:
    'https://www.datacenterdynamics.com/en/news/google-cloud-accidentally-deleted-unisupers-private-cloud-subscription/',
  play: (scene) => {
    const accepted = acceptedRisk(scene);
    return [
      assertion(
        'every store has a copy in another organisation or at another provider, or the risk is accepted',
        accepted ? [accepted] : scene.stores.map(copied),
        unsure('give the templates of its data stores too'),
      ),
    ];
  },
};

function copied(store: Component): Observation {
  const { copies, undecided } = foreignCopies(store);
  if (copies.length > 0) {
    return unsure(`say whether the account of the copy of ${store.path} belongs to another organisation`, store);
  }
  return undecided === undefined
    ? broken(`every copy of ${store.path} goes with its account`, store)
    : unsure(undecided, store);
}

/** A risk that somebody took in writing, which the templates carry. */
function acceptedRisk({ declarations }: Scene): Observation | undefined {
  const risks = declarations.flatMap(({ acceptedRisks }) => (Array.isArray(acceptedRisks) ? acceptedRisks : []));
  const accepted = risks
    .filter(isObject)
    .find(({ risk }) => typeof risk === 'string' && /account|provider|organi[sz]ation/i.test(risk));
  return accepted ? holds(`accepted by ${String(accepted.acceptedBy)} until ${String(accepted.expires)}`) : undefined;
}
