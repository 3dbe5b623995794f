import type { Aws } from '../../src/security/handlers/account-services/aws';
import { handle } from '../../src/security/handlers/account-services/handle';

/** What CloudFormation is told. */
export interface Answer {
  readonly Status: string;
  readonly PhysicalResourceId: string;
  readonly LogicalResourceId: string;
  readonly Reason?: string;
  readonly Data?: Record<string, string>;
}

export interface Call {
  readonly operation: string;
  readonly input: Record<string, unknown>;
}

/** An answer, an error, or a function of the input; a list is used up one by one, its last entry again and again. */
type Scripted = unknown | Error | ((input: Record<string, unknown>) => unknown);
export type Script = Record<string, Scripted | Scripted[]>;

/** An error as the SDK throws it. */
export function awsError(name: string, message = name): Error {
  return Object.assign(new Error(message), { name });
}

/** Several answers of one operation, in order. */
export function inTurn(...answers: Scripted[]): Scripted[] {
  return answers;
}

export interface Run {
  readonly answer: Answer;
  readonly calls: Call[];
  /** Operations that change something, in order. */
  readonly changes: Call[];
  readonly sleeps: number[];
  readonly logged: Record<string, unknown>[];
}

export interface RunOptions {
  readonly requestType?: string;
  readonly onManagedElsewhere?: string;
  readonly physicalResourceId?: string;
  readonly remainingMillis?: () => number;
}

/** Let the function answer one event. */
export async function run(service: string, desired: unknown, script: Script, options: RunOptions = {}): Promise<Run> {
  const calls: Call[] = [];
  const sleeps: number[] = [];
  const logged: Record<string, unknown>[] = [];
  const answers: Answer[] = [];
  const turns = new Map<string, number>();
  await handle(
    {
      RequestType: options.requestType ?? 'Create',
      ResponseURL: 'https://cloudformation.example/response',
      StackId: 'arn:aws:cloudformation:us-east-1:111122223333:stack/Security/1',
      RequestId: 'request-1',
      LogicalResourceId: 'Adopted',
      PhysicalResourceId: options.physicalResourceId,
      ResourceProperties: {
        Service: service,
        Desired: JSON.stringify(desired),
        OnManagedElsewhere: options.onManagedElsewhere ?? 'ACCEPT',
      },
    },
    {
      aws: (async (_service: string, operation: string, input: Record<string, unknown> = {}) => {
        calls.push({ operation, input });
        if (!(operation in script)) {
          throw new Error(`the test did not expect ${operation}`);
        }
        const scripted = script[operation];
        const turn = turns.get(operation) ?? 0;
        turns.set(operation, turn + 1);
        const next = Array.isArray(scripted) ? scripted[Math.min(turn, scripted.length - 1)] : scripted;
        if (next instanceof Error) throw next;
        return typeof next === 'function' ? next(input) : next;
      }) as Aws,
      answer: async (_url, body) => void answers.push(body as Answer),
      remainingMillis: options.remainingMillis ?? (() => 900_000),
      sleep: async (millis) => void sleeps.push(millis),
      log: (entry) => void logged.push(entry as Record<string, unknown>),
    },
  );
  expect(answers).toHaveLength(1); // CloudFormation waits for one answer, and takes no second
  const changes = calls.filter(({ operation }) => !/^(Describe|Get|List|BatchGet)/.test(operation));
  return { answer: answers[0], calls, changes, sleeps, logged };
}
