import { Duration, type Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { InstanceType } from 'aws-cdk-lib/aws-ec2';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { Role } from 'aws-cdk-lib/aws-iam';
import {
  AppSetting,
  ClinicalTier,
  Compute,
  type CrossRegionDr,
  type CrossRegionDrProps,
  Database,
  DatabaseCapacity,
  DatabaseProxy,
  DrStrategy,
  Failover,
  type ICompute,
  type IDatabase,
  ResilienceMetadata,
  ResilienceObjectives,
} from '../../src';
import { hospital } from '../support/hospital';
import { SIZE } from '../support/rds';

/** What a department needs that can wait for an hour, and one that can only wait for minutes. */
const patient = ResilienceObjectives.forTier(ClinicalTier.CARE_ESSENTIAL, { biaReference: 'BIA-1' });
const hurried = ResilienceObjectives.forTier(ClinicalTier.LIFE_CRITICAL, {
  biaReference: 'BIA-1',
  region: { rto: Duration.hours(4), rtoReadOnly: Duration.minutes(15), rpo: Duration.minutes(15) },
});

function under(objectives: ResilienceObjectives, props: Partial<CrossRegionDrProps> = {}, compute?: ICompute) {
  return hospital({ app: () => ({ objectives, ...(compute ? { compute } : {}) }), dr: () => props });
}

const headless = DrStrategy.pilotLight({ headlessDatabase: true });

const outputs = (stack: Stack) => Object.values(Template.fromStack(stack).findOutputs('*')).map(({ Value }) => Value);
const strategyIn = (stack: Stack) =>
  Object.values<{ strategy: unknown }>(stack.templateOptions.metadata?.[ResilienceMetadata.KEY].systems)[0].strategy;

describe('a pilot light', () => {
  const { stack, recoveryStack, dr } = under(patient, { strategy: DrStrategy.pilotLight() });
  const recovery = Template.fromStack(recoveryStack);

  test('runs no compute, and has the same room to grow', () => {
    recovery.hasResourceProperties('AWS::ApplicationAutoScaling::ScalableTarget', { MinCapacity: 0, MaxCapacity: 18 });
    recovery.hasResourceProperties('AWS::ECS::Service', { DesiredCount: Match.absent() });
  });

  test('keeps the data live: a member of the global database, as large as the first', () => {
    recovery.hasResourceProperties('AWS::RDS::DBCluster', { GlobalClusterIdentifier: 'hapi-fhir-global' });
    recovery.resourceCountIs('AWS::RDS::DBInstance', 2);
  });

  test('does not call it a failure that nothing runs', () => {
    const alarms = Object.values(recovery.findResources('AWS::CloudWatch::Alarm'));
    expect(alarms.filter(({ Properties }) => /Nothing answers|Fewer than/.test(Properties.AlarmDescription))).toEqual(
      [],
    );
  });

  test('is brought to full capacity by one command that asks this Region', () => {
    expect(outputs(recoveryStack)).toContain(
      'aws application-autoscaling register-scalable-target --region us-west-2 --service-namespace ecs --scalable-dimension ecs:service:DesiredCount --resource-id service/hapi-fhir/hapi-fhir --min-capacity 9 --max-capacity 18',
    );
  });

  test('says how to put out what Amazon ECS starts with a new service', () => {
    expect(outputs(recoveryStack)).toContain(
      'aws ecs update-service --region us-west-2 --cluster hapi-fhir --service hapi-fhir --desired-count 0',
    );
  });

  test('counts the decision and the start before anybody can read', () => {
    expect(dr.estimate.untilReadable.map(({ description }) => description)).toEqual([
      'Route 53 takes the primary Region for lost',
      'resolvers and clients let go of the old address',
      'somebody decides to write in the recovery Region',
      'Amazon ECS starts 9 tasks',
    ]);
    // 30 s + 90 s + 30 min + (330 s + 3 min)
    expect(dr.estimate.rtoReadOnly.toSeconds()).toBe(120 + 1800 + 510);
    expect(dr.estimate.rto.toSeconds()).toBe(120 + 1800 + 510 + 900 + 900);
  });

  test('runs at full capacity once its Region serves users', () => {
    const after = under(patient, { strategy: DrStrategy.pilotLight(), activeRegion: 'us-west-2' });
    const template = Template.fromStack(after.recoveryStack);
    template.hasResourceProperties('AWS::ApplicationAutoScaling::ScalableTarget', { MinCapacity: 9, MaxCapacity: 18 });
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmDescription: Match.stringLikeRegexp('Nothing answers'),
    });
  });

  test('is written into both templates as what somebody chose', () => {
    const chosen = { strategyName: 'PILOT_LIGHT', capacityPercent: 0, chosen: true, reasons: ['somebody chose it'] };
    expect(strategyIn(stack)).toEqual(chosen);
    expect(strategyIn(recoveryStack)).toEqual(chosen);
  });

  test('fails when users must read sooner, naming the longest step', () => {
    expect(() => under(hurried, { strategy: DrStrategy.pilotLight() })).toThrow(
      /PILOT_LIGHT does not meet the objectives for REGION: until users can read takes 40 minutes 30 seconds, rtoReadOnly allows 15 minutes; the longest step is "somebody decides/,
    );
  });

  test('fails when nothing is known to start the compute', () => {
    expect(() => under(patient, { strategy: DrStrategy.pilotLight() }, withoutActivation())).toThrow(
      /the compute has no activation that starts it in a disaster; use compute that has, such as Compute.fargate\(\).*\[InvalidCrossRegionDr/,
    );
  });
});

describe('a pilot light whose database has no instances', () => {
  const { stack, recoveryStack, dr } = under(patient, { strategy: headless });
  const serving = under(patient, { strategy: headless, activeRegion: 'us-west-2' });
  const recovery = Template.fromStack(recoveryStack);
  const serves = Template.fromStack(serving.recoveryStack);
  const databaseAlarms = (template: Template) =>
    Object.values(template.findResources('AWS::CloudWatch::Alarm'))
      .filter(({ Properties }) => JSON.stringify(Properties).includes('AWS/RDS'))
      .map(({ Properties }) => Properties.AlarmDescription);

  test('keeps the volume of a member of the global database, and what its instances will stand on', () => {
    recovery.hasResource('AWS::RDS::DBCluster', {
      Properties: {
        GlobalClusterIdentifier: 'hapi-fhir-global',
        DBClusterIdentifier: 'hapi-fhir-us-west-2',
        ServerlessV2ScalingConfiguration: { MinCapacity: 8, MaxCapacity: 16 },
        PerformanceInsightsEnabled: true,
        DeletionProtection: true,
      },
      DeletionPolicy: 'Retain',
    });
    recovery.resourceCountIs('AWS::RDS::DBInstance', 0);
    Template.fromStack(stack).resourceCountIs('AWS::RDS::DBInstance', 2);
  });

  test('runs no compute, and no template sets a count that a deployment in a disaster would go back to', () => {
    for (const template of [recovery, serves]) {
      template.hasResourceProperties('AWS::ECS::Service', { DesiredCount: Match.absent() });
    }
    recovery.hasResourceProperties('AWS::ApplicationAutoScaling::ScalableTarget', { MinCapacity: 0 });
  });

  test('has the instances of its definition while users are there, under names that collide with nothing', () => {
    const instances = Object.entries(serves.findResources('AWS::RDS::DBInstance'));
    expect(instances.map(([id]) => id.replace(/.*Database|[0-9A-F]{8}$/g, ''))).toEqual(['A', 'B']);
    for (const [, { Properties, DeletionPolicy }] of instances) {
      expect(Properties).not.toHaveProperty('DBInstanceIdentifier');
      expect(Properties.DBInstanceClass).toBe('db.serverless');
      expect(DeletionPolicy).toBe('Retain'); // a deployment that forgets who serves takes no database away
    }
    expect(instances[1][1].DependsOn).toEqual([instances[0][0]]);
  });

  test('watches instances only where there are any', () => {
    expect(databaseAlarms(recovery)).toEqual([expect.stringMatching(/further behind than the RPO/)]);
    expect(databaseAlarms(serves)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^CPU above/),
        expect.stringMatching(/^Serverless capacity/),
        expect.stringMatching(/^Readers more than/),
        expect.stringMatching(/further behind than the RPO/),
      ]),
    );
  });

  test('takes silence of the lag for what it is: nobody knows', () => {
    recovery.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmDescription: Match.stringLikeRegexp('Without data nobody knows: ask the writer, by aurora_global_db_status'),
      TreatMissingData: 'missing',
    });
  });

  test('gets an instance by a command that asks this Region, and names what no template does', () => {
    expect(outputs(recoveryStack)).toContain(
      'aws rds create-db-instance --region us-west-2 --db-instance-identifier hapi-fhir-us-west-2-temporary --db-cluster-identifier hapi-fhir-us-west-2 --db-instance-class db.serverless --engine aurora-postgresql --promotion-tier 15 --no-publicly-accessible' +
        ' && aws rds wait db-instance-available --region us-west-2 --db-instance-identifier hapi-fhir-us-west-2-temporary',
    );
    expect(outputs(serving.recoveryStack)).toEqual(outputs(recoveryStack));
  });

  test('loses that instance only where another is left, and all of them only while the other Region writes', () => {
    const commands = outputs(recoveryStack).filter((each) => /rds delete-db-instance/.test(JSON.stringify(each)));
    expect(commands).toEqual([
      `test -n "$(aws rds describe-db-clusters --region us-west-2 --db-cluster-identifier hapi-fhir-us-west-2 --query 'DBClusters[0].DBClusterMembers[1:].DBInstanceIdentifier' --output text)" && aws rds delete-db-instance --region us-west-2 --db-instance-identifier hapi-fhir-us-west-2-temporary`,
      `test -n "$(aws rds describe-global-clusters --region us-west-2 --global-cluster-identifier hapi-fhir-global --query "GlobalClusters[0].GlobalClusterMembers[?IsWriter && contains(DBClusterArn, ':us-east-1:')].DBClusterArn" --output text)" && for instance in $(aws rds describe-db-clusters --region us-west-2 --db-cluster-identifier hapi-fhir-us-west-2 --query 'DBClusters[0].DBClusterMembers[].DBInstanceIdentifier' --output text); do aws rds delete-db-instance --region us-west-2 --db-instance-identifier $instance; done`,
    ]);
  });

  test('counts the instance before anybody can read', () => {
    const [, , , made, started] = dr.estimate.untilReadable;
    expect(made.description).toBe('Aurora makes an instance in the headless cluster');
    expect(made.duration.toSeconds()).toBe(600);
    expect(made.source).toMatch(
      /headless\.html: less than 10 minutes\. Needs the control plane .* nobody has reserved/,
    );
    expect(started.description).toBe('Amazon ECS starts 9 tasks');
    expect(dr.estimate.rtoReadOnly.toSeconds()).toBe(120 + 1800 + 600 + 510);
    expect(dr.estimate.rto.toSeconds()).toBe(120 + 1800 + 600 + 510 + 900 + 900);
  });

  test('counts what somebody measured instead', () => {
    const strategy = DrStrategy.pilotLight({ headlessDatabase: true, databaseStartTime: Duration.minutes(14) });
    const { estimate } = under(patient, { strategy }).dr;
    expect(estimate.untilReadable[3].duration.toMinutes()).toBe(14);
    expect(estimate.untilReadable[3].source).toMatch(/^declared as databaseStartTime/);
  });

  test('claims nothing for a task or a zone in the recovery Region before it has instances', () => {
    const claims = (of: CrossRegionDr) => of.recovery.database?.recovery?.map(({ scope }) => scope);
    expect(claims(dr)).toEqual(['DELETION', 'CORRUPTION']);
    expect(claims(serving.dr)).toEqual(['COMPONENT', 'AVAILABILITY_ZONE', 'DELETION', 'CORRUPTION']);
  });

  test('warns of its price in a disaster, and is never derived', () => {
    Annotations.fromStack(recoveryStack).hasWarning(
      '/EhrDr/Dr',
      Match.stringLikeRegexp('made in us-west-2 before anything else.*capacity that nobody reserved.*acknowledge'),
    );
    expect(under(patient).dr.strategy.headlessDatabase).toBe(false);
  });

  test('is written into the templates as what somebody chose', () => {
    expect(strategyIn(stack)).toMatchObject({
      strategyName: 'PILOT_LIGHT',
      chosen: true,
      reasons: ['somebody chose it, with a database without instances'],
    });
  });

  test('is of the class of its definition, whichever engine', () => {
    const capacity = DatabaseCapacity.provisioned({ instanceType: new InstanceType('r7g.large') });
    const database = Database.auroraMysql({ databaseName: 'hapi', capacity });
    const made = hospital({ app: () => ({ objectives: patient, database }), dr: () => ({ strategy: headless }) });
    const [command] = outputs(made.recoveryStack).filter((each) =>
      String(each).startsWith('aws rds create-db-instance'),
    );
    expect(command).toMatch(/--db-instance-class db\.r7g\.large --engine aurora-mysql /);
  });

  const aurora = (more: object) => Database.auroraPostgres({ databaseName: 'hapi', ...more });
  test.each<[string, IDatabase, RegExp]>([
    [
      'a database on Amazon RDS',
      Database.rdsPostgres({ ...SIZE, databaseName: 'lis' }),
      /but only the cluster of an Aurora/,
    ],
    ['a proxy', aurora({ proxy: DatabaseProxy.iam({ databaseUsers: ['app'] }) }), /but its proxy needs an instance/],
    [
      'writes that are forwarded',
      aurora({ writeForwarding: true }),
      /but with writeForwarding an instance of the copy forwards writes; leave out headlessDatabase/,
    ],
    [
      'an enforced RPO',
      aurora({ enforcedRpo: Duration.minutes(1) }),
      /but with enforcedRpo commits wait for the lag of the copy/,
    ],
  ])('fails with %s', (_, database, message) => {
    expect(() =>
      hospital({ app: () => ({ objectives: patient, database }), dr: () => ({ strategy: headless }) }),
    ).toThrow(message);
  });

  test('fails with a plan, which would move the writer to where no instance is', () => {
    expect(() =>
      hospital({
        app: () => ({ objectives: patient }),
        dr: (at) => ({
          strategy: headless,
          failover: Failover.regionSwitch({ approvers: Role.fromRoleName(at, 'Leads', 'leads') }),
        }),
      }),
    ).toThrow(/a plan cannot make an instance in a headless database .*\[HeadlessDatabaseNotStarted/);
  });
});

describe('an application that runs once', () => {
  const engine = Compute.activePassive({ image: image(), port: 8080, environment: { DB: AppSetting.of('x') } });

  test('waits as a pilot light, and is started by one command', () => {
    const { recoveryStack, dr } = under(patient, {}, engine);
    expect(dr.strategy.strategyName).toBe('PILOT_LIGHT');
    expect(outputs(recoveryStack)).toContain(
      'aws ecs update-service --region us-west-2 --cluster hapi-fhir --service hapi-fhir --desired-count 1',
    );
  });

  test.each([DrStrategy.warmStandby(), DrStrategy.hotStandby()])('fails when it would run twice (%#)', (strategy) => {
    expect(() => under(patient, { strategy }, engine)).toThrow(
      /STANDBY would run the application in both Regions, but it must run once; use DrStrategy.pilotLight\(\)/,
    );
  });

  test('fails when nothing that runs once is soon enough', () => {
    const region = { rto: Duration.hours(4), rtoReadOnly: Duration.minutes(15), rpo: Duration.minutes(30) };
    const sooner = ResilienceObjectives.forTier(ClinicalTier.CARE_ESSENTIAL, {
      biaReference: 'BIA-1',
      region,
      twoAvailabilityZones: region,
    });
    expect(() => under(sooner, {}, engine)).toThrow(/WARM_STANDBY does not meet .* it must run once/);
  });
});

describe('left out', () => {
  test.each<[string, ResilienceObjectives, string, number]>([
    ['a pilot light where an hour is enough', patient, 'PILOT_LIGHT', 0],
    ['a warm standby where it is not', hurried, 'WARM_STANDBY', 50],
  ])('%s', (_, objectives, strategyName, capacityPercent) => {
    const { dr } = under(objectives);
    expect(dr.strategy).toMatchObject({ strategyName, capacityPercent });
  });

  test('tells why cheaper ones fall short', () => {
    const { recoveryStack, stack } = under(hurried);
    const why =
      /WARM_STANDBY was derived for hapi-fhir: PILOT_LIGHT does not: until users can read takes 40 minutes 30 seconds.*; WARM_STANDBY with 50 % meets the objectives for REGION: reading after 2 minutes/;
    Annotations.fromStack(recoveryStack).hasInfo('/EhrDr/Dr', Match.stringLikeRegexp(why.source));
    expect(strategyIn(stack)).toMatchObject({
      strategyName: 'WARM_STANDBY',
      chosen: false,
      reasons: [expect.stringMatching(/^PILOT_LIGHT does not/), expect.stringMatching(/^WARM_STANDBY with 50 % meets/)],
    });
    expect(strategyIn(recoveryStack)).toEqual(strategyIn(stack));
  });

  test('tells nothing where somebody chose', () => {
    const { recoveryStack } = under(hurried, { strategy: DrStrategy.hotStandby() });
    expect(Annotations.fromStack(recoveryStack).findInfo('*', Match.anyValue())).toEqual([]);
  });

  test('fails with what the fastest one misses, when none is enough', () => {
    const region = { rto: Duration.minutes(30), rpo: Duration.minutes(15) };
    const objectives = ResilienceObjectives.forTier(ClinicalTier.LIFE_CRITICAL, {
      biaReference: 'BIA-1',
      region,
      twoAvailabilityZones: region,
    });
    expect(() => under(objectives)).toThrow(
      /WARM_STANDBY does not meet the objectives for REGION: until users can write takes 1 hour 2 minutes, rto allows 30 minutes/,
    );
  });
});

function image() {
  return ContainerImage.fromRegistry(`engine@sha256:${'0'.repeat(64)}`);
}

/** Somebody's own compute, which says nothing about how it is started. */
function withoutActivation(): ICompute {
  const fargate = Compute.fargate({ image: image(), port: 8080, peakTasks: 6 });
  return { bind: (scope, options) => ({ ...fargate.bind(scope, options), activation: undefined }) };
}
