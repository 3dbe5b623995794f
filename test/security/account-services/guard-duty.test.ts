import { awsError, inTurn, run } from '../../support/account-services';

const on = (Name: string, ...agents: [string, string][]) => ({
  Name,
  Status: 'ENABLED',
  ...(agents.length > 0 ? { AdditionalConfiguration: agents.map(([name, Status]) => ({ Name: name, Status })) } : {}),
});
const off = (Name: string) => ({ Name, Status: 'DISABLED' });

const desired = {
  FindingPublishingFrequency: 'FIFTEEN_MINUTES',
  Features: [
    on('S3_DATA_EVENTS'),
    off('EKS_AUDIT_LOGS'),
    on('RUNTIME_MONITORING', ['ECS_FARGATE_AGENT_MANAGEMENT', 'ENABLED'], ['EC2_AGENT_MANAGEMENT', 'DISABLED']),
  ],
};

describe('where GuardDuty is off', () => {
  test.each([
    ['an empty list', { DetectorIds: [] }],
    ['no list at all', {}],
  ])('makes a detector with every feature as it was asked for: %s', async (_, none) => {
    const { answer, changes } = await run('GuardDuty', desired, {
      ListDetectors: none,
      CreateDetector: { DetectorId: 'd-new' },
    });
    expect(answer.Data).toEqual({ Status: 'CREATED', Id: 'd-new' });
    expect(changes).toEqual([{ operation: 'CreateDetector', input: { Enable: true, ...desired } }]);
  });

  test('takes the detector of somebody who was faster', async () => {
    const { answer } = await run('GuardDuty', desired, {
      ListDetectors: inTurn({ DetectorIds: [] }, { DetectorIds: ['d-theirs'] }),
      CreateDetector: awsError('BadRequestException', 'a detector already exists for the current account.'),
      GetDetector: { Status: 'ENABLED', ...desired },
    });
    expect(answer.Data).toEqual({ Status: 'ADOPTED', Id: 'd-theirs' });
  });

  test('fails with the words of the service', async () => {
    const { answer } = await run('GuardDuty', desired, {
      ListDetectors: {},
      CreateDetector: awsError('BadRequestException', 'an unknown feature'),
    });
    expect(answer).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('an unknown feature') });
  });
});

describe('where a detector is there', () => {
  const adopt = (actual: Record<string, unknown>, pages: unknown = { DetectorIds: ['d-1'] }) =>
    run('GuardDuty', desired, { ListDetectors: pages, GetDetector: actual, UpdateDetector: {} });

  test('turns on what it lacks, and names nothing else', async () => {
    const { answer, changes } = await adopt({
      Status: 'ENABLED',
      FindingPublishingFrequency: 'SIX_HOURS',
      Features: [off('S3_DATA_EVENTS'), on('EKS_AUDIT_LOGS'), off('RUNTIME_MONITORING')],
    });
    expect(answer.Data).toEqual({ Status: 'ADOPTED', Id: 'd-1' });
    expect(changes.map(({ input }) => input)).toEqual([
      {
        DetectorId: 'd-1',
        FindingPublishingFrequency: 'FIFTEEN_MINUTES',
        Features: [on('S3_DATA_EVENTS'), on('RUNTIME_MONITORING', ['ECS_FARGATE_AGENT_MANAGEMENT', 'ENABLED'])],
      },
    ]);
  });

  test('keeps the agents it has', async () => {
    const { changes } = await adopt({
      Status: 'ENABLED',
      FindingPublishingFrequency: 'FIFTEEN_MINUTES',
      Features: [on('S3_DATA_EVENTS'), on('RUNTIME_MONITORING', ['EC2_AGENT_MANAGEMENT', 'ENABLED'])],
    });
    expect(changes[0].input.Features).toEqual([
      on('RUNTIME_MONITORING', ['EC2_AGENT_MANAGEMENT', 'ENABLED'], ['ECS_FARGATE_AGENT_MANAGEMENT', 'ENABLED']),
    ]);
  });

  const EKS = on('EKS_RUNTIME_MONITORING', ['EKS_ADDON_MANAGEMENT', 'ENABLED']);

  test('turns EKS Runtime Monitoring into Runtime Monitoring, which covers it: the service refuses to have both on', async () => {
    const Features = [on('S3_DATA_EVENTS'), EKS];
    const { changes } = await adopt({ Status: 'ENABLED', FindingPublishingFrequency: 'FIFTEEN_MINUTES', Features });
    expect(changes[0].input.Features).toEqual([
      on('RUNTIME_MONITORING', ['ECS_FARGATE_AGENT_MANAGEMENT', 'ENABLED'], ['EKS_ADDON_MANAGEMENT', 'ENABLED']),
      off('EKS_RUNTIME_MONITORING'),
    ]);
  });

  test('does not ask for EKS Runtime Monitoring where Runtime Monitoring is on', async () => {
    const { changes } = await run(
      'GuardDuty',
      { Features: [EKS] },
      {
        ListDetectors: { DetectorIds: ['d-1'] },
        GetDetector: { Status: 'ENABLED', Features: [on('RUNTIME_MONITORING'), off('EKS_RUNTIME_MONITORING')] },
      },
    );
    expect(changes).toEqual([]);
  });

  test('leaves EKS Runtime Monitoring on where nobody asks for Runtime Monitoring', async () => {
    const { changes } = await run(
      'GuardDuty',
      { Features: [on('S3_DATA_EVENTS')] },
      {
        ListDetectors: { DetectorIds: ['d-1'] },
        GetDetector: { Status: 'ENABLED', Features: [EKS] },
        UpdateDetector: {},
      },
    );
    expect(changes[0].input.Features).toEqual([on('S3_DATA_EVENTS')]);
  });

  test('resumes one that is suspended', async () => {
    const { changes } = await adopt({ ...desired, Status: 'DISABLED' });
    expect(changes[0].input).toEqual({ DetectorId: 'd-1', Enable: true });
  });

  test('changes nothing the second time', async () => {
    expect((await adopt({ Status: 'ENABLED', ...desired })).changes).toEqual([]);
  });

  test('never makes publishing slower, nor turns a feature off', async () => {
    const { changes } = await run(
      'GuardDuty',
      { FindingPublishingFrequency: 'SIX_HOURS', Features: [off('S3_DATA_EVENTS')] },
      {
        ListDetectors: { DetectorIds: ['d-1'] },
        GetDetector: { Status: 'ENABLED', FindingPublishingFrequency: 'ONE_HOUR', Features: [on('S3_DATA_EVENTS')] },
      },
    );
    expect(changes).toEqual([]);
  });

  test('finds it on a later page', async () => {
    const { answer, calls } = await adopt(
      { Status: 'ENABLED', ...desired },
      inTurn({ DetectorIds: [], NextToken: 'more' }, { DetectorIds: ['d-2'] }),
    );
    expect(answer.Data?.Id).toBe('d-2');
    expect(calls[1]).toEqual({ operation: 'ListDetectors', input: { NextToken: 'more' } });
  });
});
