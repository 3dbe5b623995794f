import type { Stack } from './stack';
import { ABSENT, known, unknown, type Value } from './value';

/** `AWS::Region` and its kin, from the environment of the stack. */
export function pseudoParameter(name: string, stack: Stack): Value {
  switch (name) {
    case 'AWS::NoValue':
      return ABSENT;
    case 'AWS::Region':
      return stack.region ? known(stack.region) : unknown('the Region is chosen at deployment');
    case 'AWS::AccountId':
      // stacks without an environment go to one account
      return stack.account ? known(stack.account) : unknown('the account is chosen at deployment', name);
    case 'AWS::Partition':
      return stack.region ? known(partitionOf(stack.region)) : unknown('the partition is chosen at deployment');
    case 'AWS::URLSuffix':
      return stack.region
        ? known(URL_SUFFIXES[partitionOf(stack.region)] ?? 'amazonaws.com')
        : unknown('the Region is chosen at deployment');
    case 'AWS::StackName':
      return known(stack.name);
    default:
      return unknown(`${name} is set at deployment`);
  }
}

function partitionOf(region: string): string {
  return PARTITIONS.find(([prefix]) => region.startsWith(prefix))?.[1] ?? 'aws';
}

const PARTITIONS: readonly (readonly [prefix: string, partition: string])[] = [
  ['cn-', 'aws-cn'],
  ['us-gov-', 'aws-us-gov'],
  ['eusc-', 'aws-eusc'],
];

const URL_SUFFIXES: Readonly<Record<string, string>> = { 'aws-cn': 'amazonaws.com.cn', 'aws-eusc': 'amazonaws.eu' };
