import { awsError, inTurn, run } from '../../support/account-services';

const NOTHING_TO_DO = {
  ListDetectors: { DetectorIds: ['d-1'] },
  GetDetector: { Status: 'ENABLED', FindingPublishingFrequency: 'FIFTEEN_MINUTES', Features: [] },
};

describe('what CloudFormation is told', () => {
  test('an id that is the same for life, whatever was found', async () => {
    const { answer } = await run('GuardDuty', {}, NOTHING_TO_DO);
    expect(answer).toMatchObject({
      Status: 'SUCCESS',
      PhysicalResourceId: 'GuardDuty:111122223333:us-east-1',
      LogicalResourceId: 'Adopted',
      StackId: 'arn:aws:cloudformation:us-east-1:111122223333:stack/Security/1',
      RequestId: 'request-1',
    });
    const updated = await run('GuardDuty', {}, NOTHING_TO_DO, {
      requestType: 'Update',
      physicalResourceId: 'as-before',
    });
    expect(updated.answer.PhysicalResourceId).toBe('as-before');
  });

  test('a failure has the id too, or its rollback would look for another resource', async () => {
    const { answer } = await run('GuardDuty', {}, { ListDetectors: awsError('ValidationException', 'no') });
    expect(answer).toMatchObject({
      Status: 'FAILED',
      PhysicalResourceId: 'GuardDuty:111122223333:us-east-1',
      Reason: 'GuardDuty: ValidationException: no',
    });
  });

  test('a reason that fits into the 4096 bytes of an answer', async () => {
    const { answer } = await run('GuardDuty', {}, { ListDetectors: awsError('ValidationException', 'x'.repeat(9000)) });
    expect(JSON.stringify(answer).length).toBeLessThan(4096);
  });

  test('a service nobody knows is a failure', async () => {
    const { answer } = await run('Horoscope', {}, {});
    expect(answer).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('unknown service Horoscope') });
  });
});

describe('deleting', () => {
  test.each([
    ...['AccessAnalyzer', 'AccountSettings', 'Config', 'Detective', 'GuardDuty', 'Inspector', 'Macie'],
    ...['OrganizationDelegation', 'OrganizationEnrollment', 'SecurityHub', 'SecurityHubCspm', 'one never heard of'],
  ])('turns nothing of %s off, and calls nothing, so that no missing permission can stop it', async (service) => {
    const { answer, calls } = await run(service, 'not even readable', {}, { requestType: 'Delete' });
    expect(answer.Status).toBe('SUCCESS');
    expect(calls).toEqual([]);
  });
});

describe('what somebody else manages', () => {
  const refused = {
    ListDetectors: { DetectorIds: ['d-1'] },
    GetDetector: { Status: 'ENABLED', FindingPublishingFrequency: 'SIX_HOURS', Features: [] },
    UpdateDetector: awsError(
      'BadRequestException',
      'The request is rejected because member accounts cannot manage specified resources or properties.',
    ),
  };
  const desired = { FindingPublishingFrequency: 'FIFTEEN_MINUTES' };

  test('is a success that says so, and names what was found', async () => {
    const { answer } = await run('GuardDuty', desired, refused);
    expect(answer).toMatchObject({ Status: 'SUCCESS', Data: { Status: 'MANAGED_ELSEWHERE', Id: 'd-1' } });
  });

  test('or a failure, where that was asked for', async () => {
    const { answer } = await run('GuardDuty', desired, refused, { onManagedElsewhere: 'FAIL' });
    expect(answer).toMatchObject({
      Status: 'FAILED',
      Reason: expect.stringContaining('member accounts cannot manage'),
    });
  });

  test.each([
    'Your account is associated with a central configuration policy, so only the administrator can access this operation',
    'Account 111122223333 is associated with a central configuration policy.', // each pattern by itself
    'This setting is managed by a declarative policy.',
    'The protection plan is governed by an Organizations GuardDuty policy',
    'cannot enable a feature that is managed by an organization policy',
    'Only the delegated administrator can do this',
  ])('is recognised: %s', async (message) => {
    const { answer } = await run('GuardDuty', {}, { ListDetectors: awsError('AccessDeniedException', message) });
    expect(answer.Data).toEqual({ Status: 'MANAGED_ELSEWHERE', Id: '' });
  });

  test('is not every denied access', async () => {
    const { answer } = await run('GuardDuty', {}, { ListDetectors: awsError('AccessDeniedException', 'no') });
    expect(answer.Status).toBe('FAILED');
  });
});

describe('a service that is busy', () => {
  test.each(['ThrottlingException', 'TooManyRequestsException', 'RequestLimitExceeded', 'InternalServerException'])(
    'is asked again after %s, later each time',
    async (name) => {
      const busy = awsError(name);
      const { answer, sleeps } = await run(
        'GuardDuty',
        {},
        {
          ...NOTHING_TO_DO,
          ListDetectors: inTurn(busy, busy, busy, NOTHING_TO_DO.ListDetectors),
        },
      );
      expect(answer.Data).toEqual({ Status: 'ADOPTED', Id: 'd-1' });
      expect(sleeps).toHaveLength(3);
      expect(sleeps[2]).toBeGreaterThan(sleeps[0]);
    },
  );

  test('is given up at last', async () => {
    const { answer, calls } = await run('GuardDuty', {}, { ListDetectors: awsError('ThrottlingException') });
    expect(answer.Status).toBe('FAILED');
    expect(calls).toHaveLength(8);
  });

  test('is given up before the function itself times out, so that CloudFormation gets its answer', async () => {
    const { answer, calls } = await run(
      'GuardDuty',
      {},
      { ListDetectors: awsError('ThrottlingException') },
      {
        remainingMillis: () => 5_000,
      },
    );
    expect(answer.Status).toBe('FAILED');
    expect(calls).toHaveLength(1);
  });

  test('a role that is so new that its rights are not known everywhere is waited for', async () => {
    const denied = awsError('AccessDeniedException', 'User x is not authorized to perform: guardduty:ListDetectors');
    const { answer } = await run(
      'GuardDuty',
      {},
      {
        ...NOTHING_TO_DO,
        ListDetectors: inTurn(denied, denied, NOTHING_TO_DO.ListDetectors),
      },
    );
    expect(answer.Status).toBe('SUCCESS');
  });
});

test('what it did is logged, without what it was told', async () => {
  const { logged } = await run('GuardDuty', {}, NOTHING_TO_DO);
  expect(logged).toEqual([{ service: 'GuardDuty', Status: 'ADOPTED', Id: 'd-1' }]);
});
