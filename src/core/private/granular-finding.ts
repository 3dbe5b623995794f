import { Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * A value as cdk-nag spells it inside a granular finding: references in angle brackets, joins joined. An acknowledgement
 * of such a finding must match it letter by letter.
 */
export function asFindingText(scope: IConstruct, value: string): string {
  return flatten(Stack.of(scope).resolve(value));
}

function flatten(value: unknown): string {
  if (typeof value === 'string') {
    return value;
  }
  const node = value as Record<string, unknown>;
  if (typeof node.Ref === 'string') {
    return `<${node.Ref}>`;
  }
  if (Array.isArray(node['Fn::GetAtt'])) {
    return `<${node['Fn::GetAtt'].join('.')}>`;
  }
  if (Array.isArray(node['Fn::Join'])) {
    const [delimiter, parts] = node['Fn::Join'] as [string, unknown[]];
    return parts.map(flatten).join(delimiter);
  }
  return JSON.stringify(value);
}
