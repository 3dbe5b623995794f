import { awsError, inTurn, run } from '../../support/account-services';

describe('AWS Config', () => {
  const desired = {
    RoleArn: 'arn:role',
    RecordingGroup: { allSupported: true },
    BucketName: 'records',
    KeyArn: 'arn:key',
  };
  const recording = { ConfigurationRecordersStatus: [{ recording: true }] };

  test('gets a recorder, a channel and a start, in this order', async () => {
    const { answer, changes } = await run('Config', desired, {
      DescribeConfigurationRecorders: {},
      PutConfigurationRecorder: {},
      DescribeDeliveryChannels: { DeliveryChannels: [] },
      PutDeliveryChannel: {},
      StartConfigurationRecorder: {},
      DescribeConfigurationRecorderStatus: recording,
    });
    expect(answer.Data).toEqual({ Status: 'CREATED', Id: 'default', Recording: 'true' });
    expect(changes.map(({ operation }) => operation)).toEqual([
      'PutConfigurationRecorder',
      'PutDeliveryChannel',
      'StartConfigurationRecorder',
    ]);
  });

  test.each([
    ['is made', {}],
    ['is there', awsError('InvalidInputException', 'Service role name AWSServiceRoleForConfig has been taken')],
  ])('the service-linked role %s', async (_, response) => {
    const { answer, changes } = await run(
      'Config',
      {
        ...desired,
        RoleArn: 'arn:aws:iam::111122223333:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig',
      },
      {
        DescribeConfigurationRecorders: {},
        CreateServiceLinkedRole: response,
        PutConfigurationRecorder: {},
        DescribeDeliveryChannels: {},
        PutDeliveryChannel: {},
        StartConfigurationRecorder: {},
        DescribeConfigurationRecorderStatus: recording,
      },
    );
    expect(answer.Data?.Status).toBe('CREATED');
    expect(changes[0]).toEqual({
      operation: 'CreateServiceLinkedRole',
      input: { AWSServiceName: 'config.amazonaws.com' },
    });
  });

  test('keeps the recorder it has by whatever name, unchanged', async () => {
    const { answer, changes } = await run('Config', desired, {
      DescribeConfigurationRecorders: {
        ConfigurationRecorders: [
          { name: 'AWSConfigurationRecorderForObservabilityAdmin_1' },
          { name: 'aws-controltower-BaselineConfigRecorder' },
        ],
      },
      DescribeDeliveryChannels: { DeliveryChannels: [{ name: 'theirs' }] },
      DescribeConfigurationRecorderStatus: recording,
    });
    expect(answer.Data).toMatchObject({ Status: 'ADOPTED', Id: 'aws-controltower-BaselineConfigRecorder' });
    expect(changes).toEqual([]);
  });

  test('that was stopped is reported, and not started', async () => {
    const { answer, changes } = await run('Config', desired, {
      DescribeConfigurationRecorders: { ConfigurationRecorders: [{ name: 'default' }] },
      DescribeDeliveryChannels: { DeliveryChannels: [{}] },
      DescribeConfigurationRecorderStatus: {
        ConfigurationRecordersStatus: [{ recording: false, lastStartTime: new Date(0) }],
      },
    });
    expect(answer.Data?.Recording).toBe('false');
    expect(changes).toEqual([]);
  });

  test('that a failed deployment left behind, never started, is started by the next one', async () => {
    const { answer, changes } = await run('Config', desired, {
      DescribeConfigurationRecorders: { ConfigurationRecorders: [{ name: 'default' }] },
      DescribeDeliveryChannels: {},
      PutDeliveryChannel: {},
      DescribeConfigurationRecorderStatus: inTurn({ ConfigurationRecordersStatus: [{ recording: false }] }, recording),
      StartConfigurationRecorder: {},
    });
    expect(answer.Data?.Recording).toBe('true');
    expect(changes.map(({ operation }) => operation)).toEqual(['PutDeliveryChannel', 'StartConfigurationRecorder']);
  });

  test("takes no service's own recorder for the account's", async () => {
    const { answer } = await run('Config', desired, {
      DescribeConfigurationRecorders: { ConfigurationRecorders: [{ name: 'AWSConfigurationRecorderForX' }] },
      PutConfigurationRecorder: {},
      DescribeDeliveryChannels: {},
      PutDeliveryChannel: {},
      StartConfigurationRecorder: {},
      DescribeConfigurationRecorderStatus: recording,
    });
    expect(answer.Data?.Status).toBe('CREATED');
  });
});

describe('Macie', () => {
  const off = awsError('AccessDeniedException', 'Macie is not enabled');

  test('is turned on, with discovery where that is wanted', async () => {
    const { answer, changes } = await run(
      'Macie',
      { AutomatedDiscovery: true },
      {
        GetMacieSession: off,
        EnableMacie: {},
        GetAutomatedDiscoveryConfiguration: { status: 'DISABLED' },
        UpdateAutomatedDiscoveryConfiguration: {},
      },
    );
    expect(answer.Data?.Status).toBe('CREATED');
    expect(changes.map(({ operation }) => operation)).toEqual(['EnableMacie', 'UpdateAutomatedDiscoveryConfiguration']);
  });

  test('that is paused is resumed', async () => {
    const { answer, changes } = await run(
      'Macie',
      {},
      { GetMacieSession: { status: 'PAUSED' }, UpdateMacieSession: {} },
    );
    expect(answer.Data?.Status).toBe('ADOPTED');
    expect(changes[0].input).toEqual({ status: 'ENABLED' });
  });

  test('keeps a discovery nobody asked for', async () => {
    const { changes } = await run('Macie', { AutomatedDiscovery: false }, { GetMacieSession: { status: 'ENABLED' } });
    expect(changes).toEqual([]);
  });

  test('is adopted where somebody was faster', async () => {
    const { answer } = await run('Macie', {}, { GetMacieSession: off, EnableMacie: awsError('ConflictException') });
    expect(answer.Data?.Status).toBe('ADOPTED');
  });
});

describe('Inspector', () => {
  const state = (resourceState: object) => ({ accounts: [{ resourceState }] });

  test('gets the scans that are off', async () => {
    const { answer, changes } = await run(
      'Inspector',
      { ResourceTypes: ['EC2', 'ECR', 'LAMBDA'] },
      {
        BatchGetAccountStatus: state({ ec2: { status: 'ENABLED' }, ecr: { status: 'DISABLED' }, lambda: {} }),
        Enable: {},
      },
    );
    expect(answer.Data?.Status).toBe('ADOPTED');
    expect(changes[0].input).toEqual({ accountIds: ['111122223333'], resourceTypes: ['ECR', 'LAMBDA'] });
  });

  test('where it is off altogether is created', async () => {
    const { answer } = await run('Inspector', { ResourceTypes: ['EC2'] }, { BatchGetAccountStatus: {}, Enable: {} });
    expect(answer.Data?.Status).toBe('CREATED');
  });

  test('changes nothing the second time, not even while it is still being turned on', async () => {
    const { changes } = await run(
      'Inspector',
      { ResourceTypes: ['EC2'] },
      {
        BatchGetAccountStatus: state({ ec2: { status: 'ENABLING' } }),
      },
    );
    expect(changes).toEqual([]);
  });

  test('fails for a failure inside a success', async () => {
    const { answer } = await run(
      'Inspector',
      { ResourceTypes: ['EC2'] },
      {
        BatchGetAccountStatus: state({}),
        Enable: { failedAccounts: [{ errorCode: 'SSM_UNAVAILABLE', errorMessage: 'later' }] },
      },
    );
    expect(answer.Reason).toBe('Inspector: SSM_UNAVAILABLE: later');
  });
});

describe('Access Analyzer', () => {
  const desired = {
    Analyzers: [
      { Name: 'external-access', Type: 'ACCOUNT' },
      { Name: 'unused-access', Type: 'ACCOUNT_UNUSED_ACCESS', UnusedAccessAge: 90 },
    ],
  };

  test('keeps the analyzers it has, and gets the kinds it lacks', async () => {
    const { answer, changes } = await run('AccessAnalyzer', desired, {
      ListAnalyzers: ({ type }: Record<string, unknown>) => ({
        analyzers: type === 'ACCOUNT' ? [{ arn: 'arn:theirs' }] : [],
      }),
      CreateAnalyzer: { arn: 'arn:ours' },
    });
    expect(answer.Data).toEqual({ Status: 'CREATED', Id: 'arn:theirs' });
    expect(changes[0].input).toEqual({
      analyzerName: 'unused-access',
      type: 'ACCOUNT_UNUSED_ACCESS',
      configuration: { unusedAccess: { unusedAccessAge: 90 } },
    });
  });

  test('reads every page', async () => {
    const { changes } = await run(
      'AccessAnalyzer',
      { Analyzers: [desired.Analyzers[0]] },
      {
        ListAnalyzers: inTurn({ analyzers: [], nextToken: 'more' }, { analyzers: [{ arn: 'arn:theirs' }] }),
      },
    );
    expect(changes).toEqual([]);
  });
});

describe('Detective', () => {
  test('gets a graph, or keeps the one it has', async () => {
    const created = await run('Detective', {}, { ListGraphs: {}, CreateGraph: { GraphArn: 'arn:new' } });
    expect(created.answer.Data).toEqual({ Status: 'CREATED', Id: 'arn:new' });
    const kept = await run('Detective', {}, { ListGraphs: { GraphList: [{ Arn: 'arn:old' }] } });
    expect(kept.answer.Data).toEqual({ Status: 'ADOPTED', Id: 'arn:old' });
  });

  test('takes the graph of somebody who was faster', async () => {
    const { answer } = await run(
      'Detective',
      {},
      {
        ListGraphs: inTurn({}, { GraphList: [{ Arn: 'arn:theirs' }] }),
        CreateGraph: awsError('ConflictException'),
      },
    );
    expect(answer.Data).toEqual({ Status: 'ADOPTED', Id: 'arn:theirs' });
  });
});
