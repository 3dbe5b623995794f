import { itemsOf, reasonOf, textOf, type Value } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, type RuleOutcome, undecided } from '../rule';

interface Range {
  readonly path: readonly string[];
  readonly shortest: number;
  readonly longest: number;
}

/** Where IPv4 ranges stand; networks are between /16 and /28. */
const RANGES: Record<string, Range> = {
  'AWS::EC2::VPC': { path: ['CidrBlock'], shortest: 16, longest: 28 },
  'AWS::EC2::Subnet': { path: ['CidrBlock'], shortest: 16, longest: 28 },
  'AWS::EC2::VPCCidrBlock': { path: ['CidrBlock'], shortest: 16, longest: 28 },
  'AWS::EC2::Route': { path: ['DestinationCidrBlock'], shortest: 0, longest: 32 },
  'AWS::EC2::SecurityGroupIngress': { path: ['CidrIp'], shortest: 0, longest: 32 },
  'AWS::EC2::SecurityGroupEgress': { path: ['CidrIp'], shortest: 0, longest: 32 },
};

function judge(value: Value, { path, shortest, longest }: Range): RuleOutcome {
  const location = `Properties.${path.join('.')}`;
  const text = textOf(value);
  if (text === undefined) {
    return undecided(reasonOf(value) ?? 'no range', location);
  }
  const [address, prefix, ...rest] = text.split('/');
  const bytes = address.split('.');
  const valid =
    rest.length === 0 &&
    bytes.length === 4 &&
    bytes.every((byte) => /^\d{1,3}$/.test(byte) && Number(byte) < 256) &&
    /^\d{1,2}$/.test(prefix ?? '') &&
    Number(prefix) >= shortest &&
    Number(prefix) <= longest;
  return valid ? PASS : failed(`range ${text}`, location);
}

export const addressRangeIsValid = defineRule({
  id: 'VAL-EC2-002',
  title: 'IPv4 ranges are ranges, and networks are between /16 and /28',
  severity: 'error',
  scope: 'DEPLOYMENT',
  why: 'a range that cannot be read, or is too large or too small for a network, is refused',
  fix: 'write four numbers up to 255, a slash and a prefix length',
  docs: 'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html',
  resourceTypes: Object.keys(RANGES),
  evaluate: (resource) => {
    const range = RANGES[resource.type];
    const [value] = range === undefined ? [] : itemsOf(resource.property(...range.path));
    return value === undefined ? NOT_APPLICABLE : judge(value, range);
  },
});
