import { problemsOfCall, problemsOfTaskCall } from './aws-model';
import type { Template } from './example';
import { problemsOfPasted } from './shell';

/** A command begins with a program, or sets a variable from one. */
const COMMAND = /^(aws|cdk|ssh) |\$\(aws /;

/** Outputs that are there to be pasted, by their logical ids. */
export function commandsIn({ Outputs = {} }: Template): Record<string, string> {
  const texts = Object.entries(Outputs).map(([id, { Value }]) => [id, textOf(Value)]);
  return Object.fromEntries(texts.filter(([, text]) => COMMAND.test(text)));
}

/** The texts of runbooks, as they are deployed. */
export function runbooksIn({ Resources }: Template): string[] {
  return Object.values(Resources)
    .filter(({ Type, Properties }) => Type === 'AWS::SSM::Parameter' && /\/runbook/.test(textOf(Properties?.Name)))
    .map(({ Properties }) => textOf(Properties?.Value));
}

/** Lines of a runbook that are there to be pasted. */
export function linesIn(runbook: string): string[] {
  return runbook.split('\n').flatMap((line) => /^ {7}(.*)/.exec(line)?.[1] ?? []);
}

/** What speaks against commands, runbooks, automations and state machines of a template. */
export function problemsOfPublished(template: Template): string[] {
  return [
    ...Object.entries(commandsIn(template)).flatMap(([id, command]) =>
      problemsOfPasted(command.split('\n'), VARIABLES).map((problem) => `${id}: ${problem}`),
    ),
    ...runbooksIn(template).flatMap((text) =>
      problemsOfPasted(linesIn(text), VARIABLES).map((problem) => `${/^.*/.exec(text)?.[0]}: ${problem}`),
    ),
    ...automatedCalls(template).flatMap(({ Service, Api, ...input }) => problemsOfCall(Service, Api, input)),
    ...callsOfStateMachines(template).flatMap(({ Service, Api, ...input }) => problemsOfTaskCall(Service, Api, input)),
  ];
}

/** What a runbook tells its reader to set. */
const VARIABLES = { ARN: 'arn:aws:backup:us-west-2:111111111111:recovery-point:1', APP: 'arn' };

interface AutomatedCall {
  readonly Service: string;
  readonly Api: string;
  readonly [input: string]: unknown;
}

/** https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-executeawsapi.html */
function automatedCalls({ Resources }: Template): AutomatedCall[] {
  const contents = Object.values(Resources)
    .filter(({ Type }) => Type === 'AWS::SSM::Document')
    .map(({ Properties }) => Properties?.Content as { mainSteps?: { inputs: Record<string, unknown> }[] });
  return contents
    .flatMap(({ mainSteps = [] }) => mainSteps)
    .filter(({ inputs }) => inputs.Service !== undefined)
    .map(({ inputs: { PropertySelector, DesiredValues, ...call } }) => resolved(call) as AutomatedCall);
}

interface State {
  readonly Resource?: unknown;
  readonly Parameters?: Record<string, unknown>;
  readonly [more: string]: unknown;
}

/** https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html */
function callsOfStateMachines({ Resources }: Template): AutomatedCall[] {
  const calls: AutomatedCall[] = [];
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    const { Resource, Parameters } = value as State;
    const [, service, api] = /:aws-sdk:([a-z0-9]+):([A-Za-z0-9]+)/.exec(`${Resource}`) ?? [];
    if (service) {
      const input = chosenAtRunTime(Parameters ?? {}) as Record<string, unknown>;
      calls.push({ Service: service, Api: api.charAt(0).toUpperCase() + api.slice(1), ...input });
    }
    Object.values(value).forEach(visit);
  };
  for (const { Type, Properties } of Object.values(Resources)) {
    if (Type === 'AWS::StepFunctions::StateMachine' && Properties?.DefinitionString) {
      visit(JSON.parse(textOf(Properties.DefinitionString)));
    }
  }
  return calls;
}

/** A field whose name ends in `.$` gets its value from the state. */
function chosenAtRunTime(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(chosenAtRunTime);
  }
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(
        Object.entries(value).map(([key, each]) =>
          key.endsWith('.$') ? [key.slice(0, -2), undefined] : [key, chosenAtRunTime(each)],
        ),
      )
    : value;
}

/** Intrinsics as texts. */
function resolved(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(resolved);
  }
  if (typeof value === 'object' && value !== null) {
    return isIntrinsic(value)
      ? textOf(value)
      : Object.fromEntries(Object.entries(value).map(([key, each]) => [key, resolved(each)]));
  }
  return value;
}

function isIntrinsic(value: object): boolean {
  return Object.keys(value).length === 1 && /^(Ref|Fn::\w+)$/.test(Object.keys(value)[0]);
}

/** A value as it is deployed, with names of resources in place of what AWS makes up. */
export function textOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) {
    return String(value ?? '');
  }
  const [[name, of]] = Object.entries(value);
  const parts = Array.isArray(of) ? of : [of];
  switch (name) {
    case 'Ref':
      return PSEUDO[parts[0]] ?? parts[0];
    case 'Fn::Join':
      return (parts[1] as unknown[]).map(textOf).join(parts[0]);
    case 'Fn::GetAtt':
      return parts.join('.');
    default:
      return `${name.replace('Fn::', '')}-of-${parts.map(textOf).join('-')}`.replace(/[^\w-]+/g, '-');
  }
}

const PSEUDO: Record<string, string> = {
  'AWS::AccountId': '111111111111',
  'AWS::Partition': 'aws',
  'AWS::Region': 'us-east-1',
  'AWS::URLSuffix': 'amazonaws.com',
};
