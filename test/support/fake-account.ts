import { awsError, type Script } from './account-services';

type Input = Record<string, unknown>;
type Operations = Record<string, (input: Input) => unknown>;

/** An account in which a service is off, and remembers what it is told. Lists have an empty page first, and an item a page. */
export interface FakeAccount {
  /** What it is asked for. */
  readonly desired: object;
  readonly operations: () => Operations;
}

/** An operation that lists items, with the names of its token. */
function pages(key: string, items: () => unknown[], token: [string, string] = ['NextToken', 'NextToken']) {
  return (input: Input) => {
    const page = Number(input[token[0]] ?? 0);
    const next = page < items().length ? { [token[1]]: String(page + 1) } : {};
    return { [key]: page === 0 ? [] : items().slice(page - 1, page), ...next };
  };
}

const LOWER: [string, string] = ['nextToken', 'nextToken'];

/** One for each service that is adopted. */
export const FAKE_ACCOUNTS: Record<string, FakeAccount> = {
  AccessAnalyzer: {
    desired: {
      Analyzers: [
        { Name: 'a', Type: 'ACCOUNT' },
        { Name: 'u', Type: 'ACCOUNT_UNUSED_ACCESS' },
      ],
    },
    operations: () => {
      const made: Input[] = [];
      const found = (type: unknown) => made.filter((each) => each.type === type).map(() => ({ arn: `arn:${type}` }));
      return {
        ListAnalyzers: (input) => pages('analyzers', () => found(input.type), LOWER)(input),
        CreateAnalyzer: (input) => {
          made.push(input);
          return { arn: `arn:${input.type}` };
        },
      };
    },
  },
  AccountSettings: {
    desired: { SnapshotBlockPublicAccess: true, ImageBlockPublicAccess: true, SerialConsoleAccess: true },
    operations: () => {
      const state: Input = { open: true };
      return {
        GetSnapshotBlockPublicAccessState: () => ({ State: state.snapshots ?? 'unblocked' }),
        EnableSnapshotBlockPublicAccess: (input) => (state.snapshots = input.State),
        GetImageBlockPublicAccessState: () => ({ ImageBlockPublicAccessState: state.images ?? 'unblocked' }),
        EnableImageBlockPublicAccess: (input) => (state.images = input.ImageBlockPublicAccessState),
        GetSerialConsoleAccessStatus: () => ({ SerialConsoleAccessEnabled: state.open }),
        DisableSerialConsoleAccess: () => (state.open = false),
      };
    },
  },
  Config: {
    desired: { RoleArn: 'arn:aws:iam::111122223333:role/Config', RecordingGroup: {}, BucketName: 'b', KeyArn: 'k' },
    operations: () => {
      const state: { recorder?: unknown; channel?: unknown; recording?: boolean } = {};
      return {
        DescribeConfigurationRecorders: () => ({ ConfigurationRecorders: state.recorder ? [state.recorder] : [] }),
        PutConfigurationRecorder: (input) => (state.recorder = input.ConfigurationRecorder),
        DescribeDeliveryChannels: () => ({ DeliveryChannels: state.channel ? [state.channel] : [] }),
        PutDeliveryChannel: (input) => (state.channel = input.DeliveryChannel),
        StartConfigurationRecorder: () => (state.recording = true),
        DescribeConfigurationRecorderStatus: () => ({
          ConfigurationRecordersStatus: [state.recording ? { recording: true, lastStartTime: 1 } : {}],
        }),
      };
    },
  },
  Detective: {
    desired: {},
    operations: () => {
      const graphs: object[] = [];
      return {
        ListGraphs: pages('GraphList', () => graphs),
        CreateGraph: () => ({ GraphArn: 'arn:graph', made: graphs.push({ Arn: 'arn:graph' }) }),
      };
    },
  },
  GuardDuty: {
    desired: {
      FindingPublishingFrequency: 'FIFTEEN_MINUTES',
      Features: [{ Name: 'S3_DATA_EVENTS', Status: 'ENABLED' }],
    },
    operations: () => {
      const detectors: Input[] = [];
      return {
        ListDetectors: pages('DetectorIds', () => detectors.map(() => 'd-1')),
        CreateDetector: (input) => ({ DetectorId: 'd-1', made: detectors.push({ ...input, Status: 'ENABLED' }) }),
        GetDetector: () => detectors[0],
        UpdateDetector: (input) => Object.assign(detectors[0], input),
      };
    },
  },
  Inspector: {
    desired: { ResourceTypes: ['EC2', 'ECR'] },
    operations: () => {
      const on: Record<string, object> = {};
      return {
        BatchGetAccountStatus: () => ({ accounts: [{ resourceState: on }] }),
        Enable: ({ resourceTypes }) => {
          for (const type of resourceTypes as string[]) on[type.toLowerCase()] = { status: 'ENABLED' };
          return { failedAccounts: [] };
        },
      };
    },
  },
  Macie: {
    desired: { FindingPublishingFrequency: 'FIFTEEN_MINUTES', AutomatedDiscovery: true },
    operations: () => {
      const state: Input = {};
      return {
        GetMacieSession: () => {
          if (!state.session) throw awsError('AccessDeniedException', 'Macie is not enabled');
          return { status: 'ENABLED' };
        },
        EnableMacie: () => (state.session = {}),
        GetAutomatedDiscoveryConfiguration: () => ({ status: state.discovery ?? 'DISABLED' }),
        UpdateAutomatedDiscoveryConfiguration: ({ status }) => (state.discovery = status),
      };
    },
  },
  OrganizationDelegation: {
    desired: { AdministratorAccount: '444455556666', Services: ['GuardDuty', 'Inspector'] },
    operations: () => {
      const state: Record<string, object[]> = { guardDuty: [], inspector: [] };
      return {
        ListOrganizationAdminAccounts: pages('AdminAccounts', () => state.guardDuty),
        EnableOrganizationAdminAccount: (input) => state.guardDuty.push(input),
        ListDelegatedAdminAccounts: pages('delegatedAdminAccounts', () => state.inspector, LOWER),
        EnableDelegatedAdminAccount: (input) => state.inspector.push({ accountId: input.delegatedAdminAccountId }),
      };
    },
  },
  OrganizationEnrollment: {
    desired: { GuardDuty: { Features: [{ Name: 'S3_DATA_EVENTS', AutoEnable: 'ALL' }] } },
    operations: () => {
      let configuration: unknown = {};
      return {
        ListDetectors: pages('DetectorIds', () => ['d-1']),
        DescribeOrganizationConfiguration: () => configuration,
        UpdateOrganizationConfiguration: (input) => (configuration = input),
      };
    },
  },
  SecurityHub: {
    desired: { LinkedRegions: ['us-west-2'] },
    operations: () => {
      const state: { hub?: object; aggregators: Input[] } = { aggregators: [] };
      return {
        DescribeSecurityHubV2: () => {
          if (!state.hub) throw awsError('ResourceNotFoundException');
          return state.hub;
        },
        EnableSecurityHubV2: () => (state.hub = { HubV2Arn: 'arn:hub' }),
        ListAggregatorsV2: pages('AggregatorsV2', () => state.aggregators.map(() => ({ AggregatorV2Arn: 'arn:a' }))),
        GetAggregatorV2: () => state.aggregators[0],
        CreateAggregatorV2: (input) => state.aggregators.push(input),
      };
    },
  },
  SecurityHubCspm: {
    desired: { StandardsArns: ['arn:one', 'arn:two'], LinkedRegions: ['us-west-2'] },
    operations: () => {
      const state: { hub?: object; standards: object[]; aggregators: Input[] } = { standards: [], aggregators: [] };
      const aggregator = () => state.aggregators.map(() => ({ FindingAggregatorArn: 'arn:a' }));
      return {
        DescribeHub: () => {
          if (!state.hub) throw awsError('InvalidAccessException', 'Account is not subscribed to AWS Security Hub');
          return state.hub;
        },
        EnableSecurityHub: () => (state.hub = { HubArn: 'arn:hub', AutoEnableControls: true }),
        GetEnabledStandards: pages('StandardsSubscriptions', () => state.standards),
        BatchEnableStandards: (input) => {
          const [request] = input.StandardsSubscriptionRequests as object[];
          state.standards.push({ ...request, StandardsStatus: 'READY' });
        },
        ListFindingAggregators: pages('FindingAggregators', aggregator),
        GetFindingAggregator: () => state.aggregators[0],
        CreateFindingAggregator: (input) => state.aggregators.push(input),
      };
    },
  },
};

/** The operations of an account, each of which may throw before it does anything. */
export function scripted(operations: Operations, interfere: (operation: string) => void = () => {}): Script {
  return Object.fromEntries(
    Object.entries(operations).map(([operation, act]) => [
      operation,
      (input: Input) => {
        interfere(operation);
        return act(input);
      },
    ]),
  );
}
