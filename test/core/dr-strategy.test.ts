import { Duration } from 'aws-cdk-lib';
import { DrStrategy, DrStrategyName } from '../../src';

test.each([
  [DrStrategy.backupAndRestore(), DrStrategyName.BACKUP_AND_RESTORE, 0],
  [DrStrategy.pilotLight(), DrStrategyName.PILOT_LIGHT, 0],
  [DrStrategy.warmStandby(), DrStrategyName.WARM_STANDBY, 50],
  [DrStrategy.warmStandby({ capacityPercent: 30 }), DrStrategyName.WARM_STANDBY, 30],
  [DrStrategy.hotStandby(), DrStrategyName.HOT_STANDBY, 100],
  [DrStrategy.activeActive(), DrStrategyName.ACTIVE_ACTIVE, 100],
])('%# runs its share of the peak in the recovery Region', (strategy, name, percent) => {
  expect(strategy).toMatchObject({ strategyName: name, capacityPercent: percent });
});

test.each([0, 100, -1, Number.NaN])('fails when a warm standby is %s percent', (capacityPercent) => {
  expect(() => DrStrategy.warmStandby({ capacityPercent })).toThrow(
    /capacityPercent of a warm standby must be 1 to 99, got .*use pilotLight\(\) for none and hotStandby\(\) for all/,
  );
});

test('only a pilot light that somebody wants so has a database without instances', () => {
  expect(DrStrategy.pilotLight({ headlessDatabase: true }).headlessDatabase).toBe(true);
  for (const strategy of [DrStrategy.pilotLight(), DrStrategy.warmStandby(), DrStrategy.activeActive()]) {
    expect(strategy.headlessDatabase).toBe(false);
  }
});

test('fails when the start of a database is measured that is not headless', () => {
  expect(() => DrStrategy.pilotLight({ databaseStartTime: Duration.minutes(9) })).toThrow(
    /got 9 minutes without headlessDatabase; leave it out, or give both/,
  );
});
