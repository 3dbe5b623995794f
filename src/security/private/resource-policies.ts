import { type CfnResource, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';

/** The policy of the same stack that names a resource by its reference; none where there is none. */
export function policyNaming<P extends CfnResource>(
  resource: CfnResource,
  policies: P[],
  named: (policy: P) => string[],
): P | undefined {
  const stack = Stack.of(resource);
  const written = (value: unknown) => JSON.stringify(stack.resolve(value));
  return policies
    .filter((policy) => Stack.of(policy) === stack)
    .find((policy) => named(policy).map(written).includes(written(resource.ref)));
}

/** A policy document, whichever way it was written, with more statements. */
export function withStatements(document: unknown, ...statements: iam.PolicyStatement[]): iam.PolicyDocument {
  const readable = document instanceof iam.PolicyDocument ? document : iam.PolicyDocument.fromJson(document);
  readable.addStatements(...statements);
  return readable;
}
