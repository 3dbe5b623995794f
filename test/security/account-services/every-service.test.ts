import { SERVICES } from '../../../src/security/handlers/account-services/handle';
import { awsError, run } from '../../support/account-services';
import { FAKE_ACCOUNTS, scripted } from '../../support/fake-account';

const names = Object.keys(SERVICES);
const changesOf = ({ changes }: { changes: { operation: string; input: object }[] }) =>
  changes.map(({ operation, input }) => `${operation} ${JSON.stringify(input)}`);
/** However often it was asked for. */
const once = (changes: string[]) => [...new Set(changes)].sort();

test('each has an account to be tried in', () => {
  expect(Object.keys(FAKE_ACCOUNTS).sort()).toEqual([...names].sort());
});

describe.each(names)('%s', (service) => {
  const { desired, operations } = FAKE_ACCOUNTS[service];
  const undisturbed = async () => run(service, desired, scripted(operations()));

  test('is turned on in an account where every list is empty, page for page', async () => {
    const done = await undisturbed();
    expect(done.answer.Status).toBe('SUCCESS');
    expect(done.changes.length).toBeGreaterThan(0);
  });

  test('changes nothing the second time, nor at an update', async () => {
    const account = operations();
    await run(service, desired, scripted(account));
    for (const requestType of ['Create', 'Update']) {
      const again = await run(service, desired, scripted(account), { requestType });
      expect([again.answer.Status, again.answer.Data?.Status, again.changes]).toEqual(['SUCCESS', 'ADOPTED', []]);
    }
  });

  test('ends the same when every call is throttled once', async () => {
    const throttled = new Set<string>();
    const done = await run(
      service,
      desired,
      scripted(operations(), (operation) => {
        if (!throttled.has(operation)) {
          throttled.add(operation);
          throw awsError('ThrottlingException');
        }
      }),
    );
    const expected = await undisturbed();
    expect(done.answer).toEqual(expected.answer);
    expect(once(changesOf(done))).toEqual(once(changesOf(expected)));
    expect(done.sleeps.length).toBeGreaterThanOrEqual(throttled.size);
  });

  test('that failed half way, at whichever change, is completed by the next deployment', async () => {
    const expected = once(changesOf(await undisturbed()));
    for (const failing of new Set((await undisturbed()).changes.map(({ operation }) => operation))) {
      const account = operations();
      const broken = await run(
        service,
        desired,
        scripted(account, (operation) => {
          if (operation === failing) throw awsError('ValidationException', `no ${failing} today`);
        }),
      );
      expect([broken.answer.Status, broken.answer.Reason]).toEqual(['FAILED', expect.stringContaining(failing)]);
      const next = await run(service, desired, scripted(account));
      expect(next.answer.Status).toBe('SUCCESS');
      expect(once([...changesOf(broken), ...changesOf(next)])).toEqual(expected);
    }
  });
});
