import { RemovalPolicy } from 'aws-cdk-lib';
import { DataProtection } from '../../src';

test('data is kept by default', () => {
  expect(DataProtection.retain()).toMatchObject({ retained: true, removalPolicy: RemovalPolicy.RETAIN });
});

test('destroying data carries the reason', () => {
  const protection = DataProtection.destroyWithStack({ acknowledgeDataLoss: 'sandbox' });
  expect(protection).toMatchObject({
    retained: false,
    removalPolicy: RemovalPolicy.DESTROY,
    acknowledgedLoss: 'sandbox',
  });
});

test.each(['', '  '])('fails when the reason is "%s"', (acknowledgeDataLoss) => {
  expect(() => DataProtection.destroyWithStack({ acknowledgeDataLoss })).toThrow(/must say why this data may be lost/);
});
