import { FailureScope } from '../../../core/failure-scope';
import { entryOf, itemsOf, reasonOf, type Value } from '../../model';
import { defineRule, failed, PASS, undecided } from '../rule';

export const throttling = defineRule({
  id: 'RES-ING-017',
  title: 'a stage limits the rate of requests itself',
  severity: 'warning',
  scope: FailureScope.COMPONENT,
  why: 'left to the limit of the account, one caller uses up what every api shares, and overruns the database',
  fix: 'set a rate and a burst limit for the stage',
  docs: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html',
  alsoKnownAs: ['cdk-nag:APIGWDefaultThrottling'],
  resourceTypes: ['AWS::ApiGateway::Stage', 'AWS::ApiGatewayV2::Stage'],
  evaluate: (stage) => {
    const rest = stage.type === 'AWS::ApiGateway::Stage';
    const name = rest ? 'MethodSettings' : 'DefaultRouteSettings';
    const settings: readonly Value[] = itemsOf(stage.property(name));
    const limited = settings.some(
      (setting) =>
        setting.kind === 'dictionary' &&
        ['ThrottlingRateLimit', 'ThrottlingBurstLimit'].every((key) => entryOf(setting, key).kind !== 'absent'),
    );
    const reason = settings.filter(({ kind }) => kind === 'unknown').map(reasonOf)[0];
    return limited
      ? PASS
      : reason === undefined
        ? failed('it is limited by the account only', `Properties.${name}`)
        : undecided(reason, `Properties.${name}`);
  },
});
