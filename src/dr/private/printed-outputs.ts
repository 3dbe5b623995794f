import { Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Prints outputs of the stack of a construct, by what their keys contain: ids that no other stack knows, or commands that would not fit. */
export function printOutputs(of: IConstruct, keys: string[], printed = 'OutputValue'): string {
  const { region, stackName } = Stack.of(of);
  const some = keys.map((key) => `contains(OutputKey,'${key}')`).join(' || ');
  return `aws cloudformation describe-stacks --region ${region} --stack-name ${stackName} --query "Stacks[0].Outputs[?${some}].${printed}" --output text`;
}
