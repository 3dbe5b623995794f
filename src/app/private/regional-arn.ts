import { Arn, ArnFormat, type IResource, Stack, Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** The Region in an ARN; undefined where that is only known at deployment. */
export function regionOfArn(arn: string): string | undefined {
  if (Token.isUnresolved(arn)) {
    return undefined;
  }
  const { region } = Arn.split(arn, ArnFormat.COLON_RESOURCE_NAME);
  return region === '' ? undefined : region;
}

/** Whether two Regions are known to differ. */
export function knownToDiffer(one: string | undefined, other: string | undefined): boolean {
  return (
    one !== undefined && other !== undefined && !Token.isUnresolved(one) && !Token.isUnresolved(other) && one !== other
  );
}

/** Whether a resource, made or imported, is known to live in another Region than a scope. */
export function livesElsewhere(scope: IConstruct, resource: IResource): boolean {
  return knownToDiffer(Stack.of(scope).region, resource.env.region);
}
