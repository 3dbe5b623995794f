import { numberOf, reasonOf } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';

const SCALING = 'ServerlessV2ScalingConfiguration';
const LOCATION = `Properties.${SCALING}`;

function isStep(capacity: number, lowest: number): boolean {
  return capacity >= lowest && capacity <= 256 && Number.isInteger(capacity * 2);
}

export const serverlessCapacityIsPossible = defineRule({
  id: 'VAL-RDS-004',
  title: 'the capacity of Aurora Serverless is between 0 and 256 in steps of a half, the minimum below the maximum',
  severity: 'error',
  scope: 'DEPLOYMENT',
  why: 'another capacity is refused',
  fix: 'set MinCapacity from 0 to 256 and MaxCapacity from 1 to 256, in steps of 0.5',
  docs: 'https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.setting-capacity.html',
  resourceTypes: ['AWS::RDS::DBCluster'],
  evaluate: (resource) => {
    const scaling = resource.property(SCALING);
    if (scaling.kind === 'absent') {
      return NOT_APPLICABLE;
    }
    const values = ['MinCapacity', 'MaxCapacity'].map((key) => resource.property(SCALING, key));
    const [minimum, maximum] = values.map(numberOf);
    if (minimum !== undefined && !isStep(minimum, 0)) {
      return failed(`at least ${minimum}`, `${LOCATION}.MinCapacity`);
    }
    if (maximum !== undefined && !isStep(maximum, 1)) {
      return failed(`at most ${maximum}`, `${LOCATION}.MaxCapacity`);
    }
    if (minimum === undefined || maximum === undefined) {
      return undecided(values.map(reasonOf).find((reason) => reason) ?? 'a capacity is missing', LOCATION);
    }
    return minimum > maximum ? failed(`at least ${minimum} and at most ${maximum}`, LOCATION) : PASS;
  },
});
