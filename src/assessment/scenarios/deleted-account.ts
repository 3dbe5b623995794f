import { FailureScope } from '../../core/failure-scope';
import { Acceptances } from '../acceptances';
import type { Component } from '../graph';
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
  play: (scene) => [
    assertion(
      'every store has a copy in another organisation or at another provider, or the risk is accepted',
      scene.stores.map((store) => acceptedRisk(store, scene) ?? copied(store)),
      unsure('give the templates of its data stores too'),
    ),
  ],
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

/** A risk that somebody took in writing, which names the account or the store, and still holds. */
function acceptedRisk(store: Component, { system, today }: Scene): Observation | undefined {
  const accepted = new Acceptances(system.acceptedRisks, today).cover({
    kinds: [FailureScope.ACCOUNT],
    resource: store.path,
  });
  return accepted && holds(`accepted by ${accepted.acceptedBy} until ${accepted.expires}`, store);
}
