import { deletedAccount } from '../../../src/assessment/scenarios/deleted-account';
import { backup, copyTo, declared, hospital, OTHER_ACCOUNT, testScenario } from './play';

const COPIED = 'every store has a copy in another organisation or at another provider, or the risk is accepted';
const risk = {
  risk: 'ACCOUNT: no copy in another organisation',
  reason: 'contract',
  acceptedBy: 'CIO',
  expires: '2099-01-31',
};

testScenario(deletedAccount, [
  {
    assertion: COPIED,
    answer: 'broken',
    when: 'a risk that was accepted until long ago',
    stacks: declared(hospital(), { acceptedRisks: [{ ...risk, expires: '2020-01-31' }] }),
  },
  {
    assertion: COPIED,
    answer: 'holds',
    when: 'a risk that somebody accepted',
    stacks: declared(hospital(), { acceptedRisks: [risk] }),
  },
  { assertion: COPIED, answer: 'broken', when: 'no copy', stacks: hospital(backup()), about: 'Test/Database' },
  {
    assertion: COPIED,
    answer: 'unknown',
    when: 'a copy in another account, of whatever organisation',
    stacks: hospital(backup(copyTo(OTHER_ACCOUNT))),
  },
]);
