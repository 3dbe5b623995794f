import type { Resource, Value } from '../../model';
import { defineRule, failed, PASS, type RuleContext, undecided } from '../rule';

/** Every reason for which something inside of a value is not decided. */
function reasonsIn(value: Value, found: string[] = []): string[] {
  if (value.kind === 'unknown') {
    found.push(value.reason);
  } else if (value.kind === 'text') {
    found.push(
      ...value.parts.flatMap((part) => (typeof part !== 'string' && part.kind === 'unknown' ? part.reason : [])),
    );
  } else if (value.kind === 'list') {
    for (const item of value.items) {
      reasonsIn(item, found);
    }
  } else if (value.kind === 'dictionary') {
    for (const entry of Object.values(value.entries)) {
      reasonsIn(entry, found);
    }
  }
  return found;
}

/** CDK names an export after its stack: with that stack at hand, a missing export is missing for certain. */
function isMissing(exportName: string, { stack }: Resource, { assembly }: RuleContext): boolean {
  const [exporter, ...rest] = exportName.split(':');
  return (
    rest.length > 0 &&
    assembly.stacks.some(
      ({ name, region, account }) => name === exporter && region === stack.region && account === stack.account,
    )
  );
}

export const importsAreExported = defineRule({
  id: 'VAL-CFN-001',
  title: 'what a stack imports, another one exports',
  severity: 'error',
  scope: 'DEPLOYMENT',
  why: 'a stack that imports a value or reads an output that does not exist cannot be deployed',
  fix: 'export the value from the stack that makes it, and deploy that stack first',
  docs: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-stack-exports.html',
  resourceTypes: [
    'AWS::AutoScaling::AutoScalingGroup',
    'AWS::Backup::BackupSelection',
    'AWS::EC2::Route',
    'AWS::EC2::SecurityGroup',
    'AWS::EC2::SecurityGroupIngress',
    'AWS::EC2::VPCEndpoint',
    'AWS::ECS::Service',
    'AWS::ECS::TaskDefinition',
    'AWS::EFS::MountTarget',
    'AWS::ElasticLoadBalancingV2::Listener',
    'AWS::ElasticLoadBalancingV2::LoadBalancer',
    'AWS::ElasticLoadBalancingV2::TargetGroup',
    'AWS::IAM::ManagedPolicy',
    'AWS::IAM::Policy',
    'AWS::Lambda::Function',
    'AWS::RDS::DBCluster',
    'AWS::RDS::DBInstance',
    'AWS::RDS::DBSubnetGroup',
    'AWS::Route53::RecordSet',
    'AWS::S3::Bucket',
  ],
  evaluate: (resource, context) => {
    const reasons = reasonsIn(resource.property());
    const names = reasons.flatMap((reason) => /^imports (.+), which no stack here exports$/.exec(reason)?.[1] ?? []);
    const missing = names.find((name) => isMissing(name, resource, context));
    if (missing !== undefined) {
      return failed(`imports ${missing}, which its stack does not export`, 'Properties');
    }
    const output = reasons.find((reason) => / has no output /.test(reason));
    if (output !== undefined) {
      return failed(`reads an output that does not exist: ${output}`, 'Properties');
    }
    const open = reasons.find((reason) => /^(imports|reads) .*, which (is|no)/.test(reason));
    return open === undefined ? PASS : undecided(open, 'Properties');
  },
});
