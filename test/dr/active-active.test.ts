import { Template } from 'aws-cdk-lib/assertions';
import { AttributeType } from 'aws-cdk-lib/aws-dynamodb';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { Cache, Compute, type CrossRegionDrProps, DocumentStore, DrStrategy, Failover, TableStore } from '../../src';
import { type HospitalOptions, hospital } from '../support/hospital';

/** A table and nothing else. */
function bookings(dr: Partial<CrossRegionDrProps> = {}, more: ReturnType<NonNullable<HospitalOptions['app']>> = {}) {
  return hospital({
    app: () => ({
      database: undefined,
      documents: undefined,
      compute: Compute.fargate({
        image: ContainerImage.fromRegistry(`bookings@sha256:${'0'.repeat(64)}`),
        port: 8080,
        peakTasks: 6,
      }),
      tables: { bookings: TableStore.dynamoDb({ partitionKey: { name: 'slot', type: AttributeType.STRING } }) },
      ...more,
    }),
    dr: () => ({ strategy: DrStrategy.activeActive(), ...dr }),
  });
}

describe('two Regions that both serve', () => {
  const { stack, recoveryStack, dr } = bookings();
  const [primary, recovery] = [stack, recoveryStack].map((side) => Template.fromStack(side));

  test.each([
    ['us-east-1', primary, 'us-west-2'],
    ['us-west-2', recovery, 'us-east-1'],
  ])('users near %s are sent there, unless its check or the latch in the other Region says no', (here, side, there) => {
    const [record] = Object.values(side.findResources('AWS::Route53::RecordSet'));
    expect(record.Properties).toMatchObject({ Region: here, SetIdentifier: here, HealthCheckId: expect.anything() });
    expect(record.Properties).not.toHaveProperty('Failover');
    side.hasResourceProperties('AWS::Route53::HealthCheck', {
      HealthCheckConfig: {
        Type: 'CLOUDWATCH_METRIC',
        AlarmIdentifier: { Name: 'hapi-fhir-failed-over', Region: there },
      },
    });
    side.hasResourceProperties('AWS::Route53::HealthCheck', {
      HealthCheckConfig: { Type: 'CALCULATED', HealthThreshold: 2 },
    });
  });

  test('each carries the whole peak', () => {
    for (const side of [primary, recovery]) {
      side.hasResourceProperties('AWS::ApplicationAutoScaling::ScalableTarget', { MinCapacity: 9 });
    }
  });

  test('nothing is decided or promoted', () => {
    expect(dr.estimate.untilWritable).toEqual([]);
    expect(dr.estimate.rto.toSeconds()).toBe(120);
    expect(dr.estimate.rpo.toSeconds()).toBe(10);
  });

  test('each is emptied by one command that asks the other, and filled by one', () => {
    expect(dr.failover.leaveCommand).toMatch(/--region us-west-2 .*--value 1$/);
    expect(dr.departure?.leaveCommand).toMatch(/--region us-east-1 .*--value 1$/);
    expect(dr.departure?.returnCommand).toMatch(/--region us-east-1 .*--value 0$/);
  });
});

describe('fails', () => {
  test('with a database', () => {
    expect(() => hospital({ dr: () => ({ strategy: DrStrategy.activeActive() }) })).toThrow(
      /the database takes writes in one Region.*the documents are replicated one way/,
    );
  });

  test('with documents, or a cache', () => {
    const more = { documents: DocumentStore.s3(), cache: Cache.valkey({ nodeType: 'cache.t4g.medium' }) };
    expect(() => bookings({}, more)).toThrow(/the documents are replicated one way.*the cache of a Region is not told/);
  });

  test('when the failover serves one Region', () => {
    const failover = Failover.manual({
      decisionTime: dr5(),
      redirectionTime: dr5(),
      procedure: 'RUN-1',
    });
    expect(() => bookings({ failover })).toThrow(/ActiveActiveNotRouted/);
  });
});

function dr5() {
  return bookings().dr.failover.redirection[0].duration;
}
