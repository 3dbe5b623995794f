import type { SynthesizedStack, TemplateResource } from './example';

/** A resource as it would be called after a deployment. */
export interface DeployedResource {
  readonly stack: string;
  readonly account: string;
  readonly logicalId: string;
  readonly type: string;
  readonly arn: string;
  /** Properties, with references resolved. */
  readonly properties: Record<string, unknown>;
}

/**
 * The resources of an assembly with made-up physical names, so that who points at what can be told across its stacks. Intrinsics that
 * need a real account stay as they are.
 */
export function deploy(stacks: SynthesizedStack[]): DeployedResource[] {
  const byName = new Map(stacks.map((stack) => [stack.name, stack]));
  const exports = new Map<string, [SynthesizedStack, unknown]>();
  for (const stack of stacks) {
    for (const output of Object.values(stack.template.Outputs ?? {})) {
      const name = (output as { Export?: { Name: unknown } }).Export?.Name;
      if (typeof name === 'string') exports.set(name, [stack, output.Value]);
    }
  }
  const resolve = (stack: SynthesizedStack, value: unknown): unknown => {
    if (Array.isArray(value)) return value.map((item) => resolve(stack, item));
    if (value === null || typeof value !== 'object') return value;
    const [[key, argument] = ['', undefined], ...more] = Object.entries(value as Record<string, unknown>);
    if (more.length === 0) {
      if (key === 'Ref') return reference(stack, argument as string);
      if (key === 'Fn::GetAtt') return attribute(stack, ...(argument as [string, string]));
      if (key === 'Fn::Join') return join(resolve(stack, argument) as [string, unknown[]]) ?? { [key]: argument };
      if (key === 'Fn::ImportValue') {
        const [from, exported] = exports.get(argument as string) ?? [stack, argument];
        return resolve(from, exported);
      }
      if (key === 'Fn::GetStackOutput') {
        const { StackName, OutputName } = argument as { StackName: string; OutputName: string };
        const from = byName.get(StackName);
        const output = from?.template.Outputs?.[OutputName];
        if (!from || !output) throw new Error(`no output ${OutputName} of ${StackName}`);
        return resolve(from, output.Value);
      }
    }
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, resolve(stack, inner)]));
  };
  return stacks.flatMap((stack) =>
    Object.entries(stack.template.Resources).map(([logicalId, resource]) => ({
      stack: stack.id,
      account: accountOf(stack),
      logicalId,
      type: resource.Type,
      arn: arnOf(stack, logicalId, resource),
      properties: resolve(stack, resource.Properties ?? {}) as Record<string, unknown>,
    })),
  );
}

/** Types whose `Ref` is their ARN. */
const REF_IS_ARN = ['AWS::SNS::Topic', 'AWS::StepFunctions::StateMachine', 'AWS::IAM::ManagedPolicy'];

function reference(stack: SynthesizedStack, name: string): unknown {
  const pseudo: Record<string, string | undefined> = {
    'AWS::AccountId': accountOf(stack),
    'AWS::Region': stack.region,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::StackName': stack.id,
  };
  const resource = stack.template.Resources[name];
  if (!resource) return pseudo[name] ?? { Ref: name };
  return REF_IS_ARN.includes(resource.Type) ? arnOf(stack, name, resource) : name;
}

function attribute(stack: SynthesizedStack, name: string, what: string): unknown {
  const resource = stack.template.Resources[name];
  return resource && /Arn$/.test(what) ? arnOf(stack, name, resource) : { 'Fn::GetAtt': [name, what] };
}

const KIND: Record<string, string | undefined> = {
  'AWS::SNS::Topic': 'sns:',
  'AWS::SQS::Queue': 'sqs:',
  'AWS::KMS::Key': 'kms:key/',
  'AWS::Events::EventBus': 'events:event-bus/',
  'AWS::Events::Rule': 'events:rule/',
  'AWS::CloudWatch::Alarm': 'cloudwatch:alarm:',
  'AWS::CloudWatch::CompositeAlarm': 'cloudwatch:alarm:',
  'AWS::StepFunctions::StateMachine': 'states:stateMachine:',
};

function arnOf(stack: SynthesizedStack, logicalId: string, { Type }: TemplateResource): string {
  if (Type === 'AWS::S3::Bucket') return `arn:aws:s3:::${logicalId.toLowerCase()}`;
  if (Type === 'AWS::IAM::Role') return `arn:aws:iam::${accountOf(stack)}:role/${stack.id}-${logicalId}`;
  if (Type === 'AWS::IAM::ManagedPolicy') return `arn:aws:iam::${accountOf(stack)}:policy/${stack.id}-${logicalId}`;
  const [, service, rest] = /^(.*?:)(.*)$/.exec(
    KIND[Type] ?? `${Type.split('::')[1].toLowerCase()}:`,
  ) as RegExpExecArray;
  return `arn:aws:${service}${stack.region}:${accountOf(stack)}:${rest}${stack.id}-${logicalId}`;
}

/** A stack that says no account goes to the same one as its neighbours. */
function accountOf({ account }: SynthesizedStack): string {
  return /^\d{12}$/.test(account) ? account : '111122223333';
}

function join([delimiter, parts]: [string, unknown[]]): string | undefined {
  return parts.every((part) => typeof part === 'string') ? parts.join(delimiter) : undefined;
}
