import { awsError, inTurn, run } from '../../support/account-services';

const FSBP = 'arn:aws:securityhub:us-east-1::standards/aws-foundational-security-best-practices/v/1.0.0';
const NIST = 'arn:aws:securityhub:us-east-1::standards/nist-800-53/v/5.0.0';
const subscription = (StandardsArn: string, StandardsStatus = 'READY') => ({ StandardsArn, StandardsStatus });
const standards = (...subscriptions: object[]) => ({ StandardsSubscriptions: subscriptions });
const HUB = { HubArn: 'arn:hub', AutoEnableControls: true };
const notSubscribed = awsError('InvalidAccessException', 'Account 111122223333 is not subscribed to AWS Security Hub');

describe('Security Hub CSPM', () => {
  test('is turned on without the standards it would choose itself', async () => {
    const { answer, changes } = await run(
      'SecurityHubCspm',
      { StandardsArns: [] },
      {
        DescribeHub: inTurn(notSubscribed, HUB),
        EnableSecurityHub: {},
      },
    );
    expect(answer.Data).toEqual({ Status: 'CREATED', Id: 'arn:hub' });
    expect(changes).toEqual([
      {
        operation: 'EnableSecurityHub',
        input: { EnableDefaultStandards: false, ControlFindingGenerator: 'SECURITY_CONTROL' },
      },
    ]);
  });

  test('is adopted where somebody was faster', async () => {
    const { answer } = await run(
      'SecurityHubCspm',
      {},
      {
        DescribeHub: inTurn(notSubscribed, HUB),
        EnableSecurityHub: awsError('ResourceConflictException'),
      },
    );
    expect(answer.Data).toEqual({ Status: 'ADOPTED', Id: 'arn:hub' });
  });

  test('that is there checks new controls from now on, and keeps how it counts findings', async () => {
    const { changes } = await run(
      'SecurityHubCspm',
      {},
      {
        DescribeHub: { HubArn: 'arn:hub', AutoEnableControls: false, ControlFindingGenerator: 'STANDARD_CONTROL' },
        UpdateSecurityHubConfiguration: {},
      },
    );
    expect(changes).toEqual([{ operation: 'UpdateSecurityHubConfiguration', input: { AutoEnableControls: true } }]);
  });

  test('gets the standards it lacks, one after the other, each once the one before is ready', async () => {
    const { answer, changes, sleeps } = await run(
      'SecurityHubCspm',
      { StandardsArns: [FSBP, NIST] },
      {
        DescribeHub: HUB,
        GetEnabledStandards: inTurn(
          standards(),
          standards(subscription(FSBP, 'PENDING')),
          standards(subscription(FSBP, 'PENDING')),
          standards(subscription(FSBP)),
          standards(subscription(FSBP)),
          standards(subscription(FSBP), subscription(NIST)),
        ),
        BatchEnableStandards: {},
      },
    );
    expect(answer.Status).toBe('SUCCESS');
    expect(changes.map(({ input }) => input)).toEqual([
      { StandardsSubscriptionRequests: [{ StandardsArn: FSBP }] },
      { StandardsSubscriptionRequests: [{ StandardsArn: NIST }] },
    ]);
    expect(sleeps).toEqual([15_000, 15_000]);
  });

  test('keeps standards nobody asked for, on whatever page they are', async () => {
    const { changes, calls } = await run(
      'SecurityHubCspm',
      { StandardsArns: [NIST] },
      {
        DescribeHub: HUB,
        GetEnabledStandards: inTurn(
          { ...standards(subscription(FSBP)), NextToken: 'more' },
          standards(subscription(NIST)),
        ),
      },
    );
    expect(changes).toEqual([]);
    expect(calls.at(-1)?.input).toEqual({ NextToken: 'more' });
  });

  test('fails when a standard fails, and says which', async () => {
    const { answer } = await run(
      'SecurityHubCspm',
      { StandardsArns: [FSBP] },
      {
        DescribeHub: HUB,
        GetEnabledStandards: inTurn(standards(), standards(subscription(FSBP, 'FAILED'))),
        BatchEnableStandards: {},
      },
    );
    expect(answer.Reason).toMatch(/best-practices\/v\/1.0.0 could not be turned on: FAILED/);
  });

  test('asks again for a standard that is listed, but failed', async () => {
    const { answer, changes } = await run(
      'SecurityHubCspm',
      { StandardsArns: [FSBP] },
      {
        DescribeHub: HUB,
        GetEnabledStandards: inTurn(standards(subscription(FSBP, 'FAILED')), standards(subscription(FSBP))),
        BatchEnableStandards: {},
      },
    );
    expect(answer.Status).toBe('SUCCESS');
    expect(changes.map(({ operation }) => operation)).toEqual(['BatchEnableStandards']);
  });

  test('does not call a standard on that stays failed', async () => {
    const { answer } = await run(
      'SecurityHubCspm',
      { StandardsArns: [FSBP] },
      { DescribeHub: HUB, GetEnabledStandards: standards(subscription(FSBP, 'FAILED')), BatchEnableStandards: {} },
    );
    expect(answer.Reason).toMatch(/could not be turned on: FAILED/);
  });

  test('accepts a standard some of whose controls cannot be turned on', async () => {
    const { answer } = await run(
      'SecurityHubCspm',
      { StandardsArns: [FSBP] },
      {
        DescribeHub: HUB,
        GetEnabledStandards: inTurn(standards(), standards(subscription(FSBP, 'INCOMPLETE'))),
        BatchEnableStandards: {},
      },
    );
    expect(answer.Status).toBe('SUCCESS');
  });

  test('gives up on a standard that is never ready while there is time to say so', async () => {
    let remaining = 120_000;
    const { answer } = await run(
      'SecurityHubCspm',
      { StandardsArns: [FSBP, NIST] },
      { DescribeHub: HUB, GetEnabledStandards: standards(subscription(FSBP, 'PENDING')) },
      { remainingMillis: () => (remaining -= 20_000) },
    );
    expect(answer).toMatchObject({
      Status: 'FAILED',
      Reason: expect.stringMatching(/what is on stays on: deploy again/),
    });
  });

  test('of a member that is centrally configured is managed elsewhere', async () => {
    const { answer } = await run(
      'SecurityHubCspm',
      { StandardsArns: [FSBP] },
      {
        DescribeHub: HUB,
        GetEnabledStandards: standards(),
        BatchEnableStandards: awsError(
          'AccessDeniedException',
          'The account is associated with a central configuration policy, so only the administrator can access this operation',
        ),
      },
    );
    expect(answer.Data).toEqual({ Status: 'MANAGED_ELSEWHERE', Id: 'arn:hub' });
  });

  test('collects findings of the linked Regions', async () => {
    const { changes } = await run(
      'SecurityHubCspm',
      { LinkedRegions: ['us-west-2'] },
      {
        DescribeHub: HUB,
        ListFindingAggregators: { FindingAggregators: [] },
        CreateFindingAggregator: {},
      },
    );
    expect(changes[0].input).toEqual({ RegionLinkingMode: 'SPECIFIED_REGIONS', Regions: ['us-west-2'] });
  });

  test.each([
    ['SPECIFIED_REGIONS', ['eu-west-1'], { mode: 'SPECIFIED_REGIONS', listed: ['eu-west-1', 'us-west-2'] }],
    ['SPECIFIED_REGIONS', ['us-west-2'], undefined],
    ['NO_REGIONS', undefined, { mode: 'SPECIFIED_REGIONS', listed: ['us-west-2'] }],
    ['ALL_REGIONS', undefined, undefined],
    ['ALL_REGIONS_EXCEPT_SPECIFIED', ['eu-west-1'], undefined],
    [
      'ALL_REGIONS_EXCEPT_SPECIFIED',
      ['eu-west-1', 'us-west-2'],
      { mode: 'ALL_REGIONS_EXCEPT_SPECIFIED', listed: ['eu-west-1'] },
    ],
    ['ALL_REGIONS_EXCEPT_SPECIFIED', ['us-west-2'], { mode: 'ALL_REGIONS', listed: undefined }],
  ])(
    'collects from linked Regions too where it is %s %j, and drops none',
    async (RegionLinkingMode, Regions, expected) => {
      const { changes } = await run(
        'SecurityHubCspm',
        { LinkedRegions: ['us-west-2'] },
        {
          DescribeHub: HUB,
          ListFindingAggregators: { FindingAggregators: [{ FindingAggregatorArn: 'arn:aggregator' }] },
          GetFindingAggregator: { Regions, RegionLinkingMode },
          UpdateFindingAggregator: {},
        },
      );
      const [change] = changes.map(({ input }) => ({ mode: input.RegionLinkingMode, listed: input.Regions }));
      expect(change).toEqual(expected);
    },
  );
});

describe('the unified Security Hub', () => {
  const absent = awsError('ResourceNotFoundException');

  test('is turned on, and its hub named', async () => {
    const { answer, changes } = await run(
      'SecurityHub',
      { LinkedRegions: ['us-west-2'] },
      {
        DescribeSecurityHubV2: inTurn(absent, { HubV2Arn: 'arn:hub2' }),
        EnableSecurityHubV2: {},
        ListAggregatorsV2: {},
        CreateAggregatorV2: {},
      },
    );
    expect(answer.Data).toEqual({ Status: 'CREATED', Id: 'arn:hub2' });
    expect(changes.map(({ operation }) => operation)).toEqual(['EnableSecurityHubV2', 'CreateAggregatorV2']);
  });

  test('that is there keeps its Regions and gets those it lacks', async () => {
    const { answer, changes } = await run(
      'SecurityHub',
      { LinkedRegions: ['us-west-2'] },
      {
        DescribeSecurityHubV2: { HubV2Arn: 'arn:hub2' },
        ListAggregatorsV2: { AggregatorsV2: [{ AggregatorV2Arn: 'arn:a' }] },
        GetAggregatorV2: { RegionLinkingMode: 'SPECIFIED_REGIONS', LinkedRegions: ['eu-west-1'] },
        UpdateAggregatorV2: {},
      },
    );
    expect(answer.Data).toEqual({ Status: 'ADOPTED', Id: 'arn:hub2' });
    expect(changes[0].input.LinkedRegions).toEqual(['eu-west-1', 'us-west-2']);
  });

  test.each(['ALL_REGIONS', 'ALL_REGIONS_EXCEPT_SPECIFIED'])('that takes %s loses none', async (RegionLinkingMode) => {
    const { changes } = await run(
      'SecurityHub',
      { LinkedRegions: ['us-west-2'] },
      {
        DescribeSecurityHubV2: { HubV2Arn: 'arn:hub2' },
        ListAggregatorsV2: { AggregatorsV2: [{ AggregatorV2Arn: 'arn:a' }] },
        GetAggregatorV2: { RegionLinkingMode, LinkedRegions: [] },
      },
    );
    expect(changes).toEqual([]);
  });

  test('that leaves out a Region which is wanted, leaves it out no more', async () => {
    const { changes } = await run(
      'SecurityHub',
      { LinkedRegions: ['us-west-2'] },
      {
        DescribeSecurityHubV2: { HubV2Arn: 'arn:hub2' },
        ListAggregatorsV2: { AggregatorsV2: [{ AggregatorV2Arn: 'arn:a' }] },
        GetAggregatorV2: {
          RegionLinkingMode: 'ALL_REGIONS_EXCEPT_SPECIFIED',
          LinkedRegions: ['us-west-2', 'eu-west-1'],
        },
        UpdateAggregatorV2: {},
      },
    );
    expect(changes[0].input).toEqual({
      AggregatorV2Arn: 'arn:a',
      RegionLinkingMode: 'ALL_REGIONS_EXCEPT_SPECIFIED',
      LinkedRegions: ['eu-west-1'],
    });
  });

  test('changes nothing the second time', async () => {
    const { changes } = await run(
      'SecurityHub',
      { LinkedRegions: ['us-west-2'] },
      {
        DescribeSecurityHubV2: { HubV2Arn: 'arn:hub2' },
        ListAggregatorsV2: { AggregatorsV2: [{ AggregatorV2Arn: 'arn:a' }] },
        GetAggregatorV2: { RegionLinkingMode: 'SPECIFIED_REGIONS', LinkedRegions: ['us-west-2'] },
      },
    );
    expect(changes).toEqual([]);
  });
});
