import { awsError, inTurn, run } from '../../support/account-services';

describe('delegating', () => {
  const SECURITY = '444455556666';
  const desired = (...Services: string[]) => ({ AdministratorAccount: SECURITY, Services });

  test('names one account to every service', async () => {
    const { answer, changes } = await run(
      'OrganizationDelegation',
      desired('GuardDuty', 'Macie', 'Inspector', 'Detective', 'SecurityHubCspm', 'SecurityHub'),
      {
        ListOrganizationAdminAccounts: {},
        ListDelegatedAdminAccounts: {},
        EnableOrganizationAdminAccount: {},
        EnableDelegatedAdminAccount: {},
      },
    );
    expect(answer.Data).toEqual({ Status: 'CREATED', Id: SECURITY });
    expect(changes.map(({ input }) => input)).toEqual([
      { AdminAccountId: SECURITY },
      { adminAccountId: SECURITY },
      { delegatedAdminAccountId: SECURITY },
      { AccountId: SECURITY },
      { AdminAccountId: SECURITY, Feature: 'SecurityHub' },
      { AdminAccountId: SECURITY, Feature: 'SecurityHubV2' },
    ]);
  });

  test('changes nothing the second time, on whatever page the account is', async () => {
    const { answer, changes } = await run('OrganizationDelegation', desired('GuardDuty'), {
      ListOrganizationAdminAccounts: inTurn(
        { AdminAccounts: [], NextToken: 'more' },
        { AdminAccounts: [{ AdminAccountId: SECURITY }] },
      ),
    });
    expect(answer.Data?.Status).toBe('ADOPTED');
    expect(changes).toEqual([]);
  });

  test('takes no service from another account, and delegates the others', async () => {
    const { answer, changes } = await run('OrganizationDelegation', desired('GuardDuty', 'Inspector'), {
      ListOrganizationAdminAccounts: { AdminAccounts: [{ AdminAccountId: '999988887777' }] },
      ListDelegatedAdminAccounts: {},
      EnableDelegatedAdminAccount: {},
    });
    expect(answer).toMatchObject({
      Status: 'FAILED',
      Reason: expect.stringMatching(/GuardDuty: account 999988887777 administers it already/),
    });
    expect(changes.map(({ operation }) => operation)).toEqual(['EnableDelegatedAdminAccount']);
  });

  test('tells every failure', async () => {
    const { answer } = await run('OrganizationDelegation', desired('GuardDuty', 'Inspector'), {
      ListOrganizationAdminAccounts: awsError('BadRequestException', 'not the management account'),
      ListDelegatedAdminAccounts: awsError('AccessDeniedException', 'no'),
    });
    expect(answer.Reason).toMatch(/GuardDuty: BadRequestException: .*; Inspector: AccessDeniedException: no/);
  });
});

describe('enrolling members', () => {
  const all = (Name: string, ...agents: string[]) => ({
    Name,
    AutoEnable: 'ALL',
    ...(agents.length > 0 ? { AdditionalConfiguration: agents.map((a) => ({ Name: a, AutoEnable: 'ALL' })) } : {}),
  });
  const GuardDuty = { Features: [all('S3_DATA_EVENTS'), all('RUNTIME_MONITORING', 'ECS_FARGATE_AGENT_MANAGEMENT')] };

  test('turns on what is not on for all', async () => {
    const { answer, changes } = await run(
      'OrganizationEnrollment',
      { GuardDuty },
      {
        ListDetectors: { DetectorIds: ['d-1'] },
        DescribeOrganizationConfiguration: {
          AutoEnableOrganizationMembers: 'NEW',
          Features: [all('S3_DATA_EVENTS'), { Name: 'RUNTIME_MONITORING', AutoEnable: 'NEW' }],
        },
        UpdateOrganizationConfiguration: {},
      },
    );
    expect(answer.Data?.Status).toBe('CREATED');
    expect(changes[0].input).toEqual({
      DetectorId: 'd-1',
      AutoEnableOrganizationMembers: 'ALL',
      Features: [all('RUNTIME_MONITORING', 'ECS_FARGATE_AGENT_MANAGEMENT')],
    });
  });

  test('sees an agent that is missing', async () => {
    const { changes } = await run(
      'OrganizationEnrollment',
      { GuardDuty },
      {
        ListDetectors: { DetectorIds: ['d-1'] },
        DescribeOrganizationConfiguration: {
          AutoEnableOrganizationMembers: 'ALL',
          Features: [all('S3_DATA_EVENTS'), all('RUNTIME_MONITORING', 'EC2_AGENT_MANAGEMENT')],
        },
        UpdateOrganizationConfiguration: {},
      },
    );
    expect(changes).toHaveLength(1);
  });

  test('changes nothing the second time', async () => {
    const { answer, changes } = await run(
      'OrganizationEnrollment',
      { GuardDuty },
      {
        ListDetectors: { DetectorIds: ['d-1'] },
        DescribeOrganizationConfiguration: { AutoEnableOrganizationMembers: 'ALL', Features: GuardDuty.Features },
      },
    );
    expect(answer.Data?.Status).toBe('ADOPTED');
    expect(changes).toEqual([]);
  });

  test('fails where the administrator has no detector, and enrolls in the other services', async () => {
    const { answer, changes } = await run(
      'OrganizationEnrollment',
      { GuardDuty, Macie: {} },
      {
        ListDetectors: {},
        DescribeOrganizationConfiguration: { autoEnable: false },
        UpdateOrganizationConfiguration: {},
      },
    );
    expect(answer.Reason).toMatch(/deploy its security baseline first/);
    expect(changes.map(({ input }) => input)).toEqual([{ autoEnable: true }]);
  });

  test('adds scans of Inspector, and drops none', async () => {
    const { changes } = await run(
      'OrganizationEnrollment',
      { Inspector: { Scans: ['ecr'] } },
      {
        DescribeOrganizationConfiguration: { autoEnable: { ec2: true, ecr: false, lambda: true } },
        UpdateOrganizationConfiguration: {},
      },
    );
    expect(changes[0].input).toEqual({ autoEnable: { ec2: true, ecr: true, lambda: true } });
  });

  test('keeps Macie where it is on', async () => {
    const { changes } = await run(
      'OrganizationEnrollment',
      { Macie: {} },
      {
        DescribeOrganizationConfiguration: { autoEnable: true },
      },
    );
    expect(changes).toEqual([]);
  });
});
