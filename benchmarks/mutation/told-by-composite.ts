import type { Json, Template } from './mutant';

/**
 * Whether a composite alarm of the same template sounds whenever an alarm does, and has the same actions. Its rule has to be
 * nothing but alarms and `OR`, and nothing may suppress its actions. This is how CloudWatch wants it done:
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Create_Composite_Alarm.html
 */
export function toldByComposite({ Resources: resources }: Template, logicalId: string): boolean {
  const actions = JSON.stringify(resources[logicalId].Properties.AlarmActions);
  return Object.values(resources).some(
    ({ Type: type, Properties: properties }) =>
      type === 'AWS::CloudWatch::CompositeAlarm' &&
      properties.ActionsSuppressor === undefined &&
      properties.ActionsEnabled !== false &&
      JSON.stringify(properties.AlarmActions) === actions &&
      soundsWith(properties.AlarmRule, logicalId),
  );
}

function soundsWith(rule: Json | undefined, logicalId: string): boolean {
  const text = JSON.stringify(rule ?? null);
  return (
    text.includes(`"Fn::GetAtt":["${logicalId}","Arn"]`) && !/\b(AND|NOT|OK\(|INSUFFICIENT_DATA|AT_LEAST)/.test(text)
  );
}
