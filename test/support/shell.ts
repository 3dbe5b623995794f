import { spawnSync } from 'node:child_process';
import { problemsOfCommand } from './aws-model';

/** A program and what it was called with. */
export interface Invocation {
  readonly program: string;
  readonly words: string[];
}

/** What was typed called, and what the shell said against it. */
export interface Typed {
  readonly invocations: Invocation[];
  readonly errors: string;
}

/** No program of this machine: these stand in for those that people have. What they are asked in a loop, they answer. */
const STAND_INS = `
PATH=/nowhere
note() { local all; printf -v all '%s\\x1f' "$@"; printf '%s\\x1e' "$all" >&3; } # at once: a pipe runs several side by side
aws() { note aws "$@"; case "$*" in
  *ReadReplicaSourceDBInstanceIdentifier* | *PendingModifiedValues.MasterUserPassword*) echo available.None;;
  *--query*'['*,*) echo 'one two three four five six';;
  *ReplicationOverwriteProtection*) echo ENABLED;;
  *) echo answer;;
esac; }
ssh() { note ssh "$@"; echo Idle; }
cdk() { note cdk "$@"; }
grep() { local line; while read -r line; do [[ $line == *"\${@: -1}"* ]] && return 0; done; return 1; }
sed() { while read -r _; do :; done; echo answer; }
jq() { note jq "$@"; while read -r _; do :; done; echo answer; }
date() { echo 1; }
sleep() { :; }
`;

/** Somebody's part of a command: what to put there, and where it is from. */
const TO_FILL_IN = /(?<!<)<([A-Za-z][^<>\n]*, [^<>\n]+)>/g;

/**
 * Let a shell run what somebody would paste, line by line, in one session, with stand-ins for what it calls. What has to be filled in is.
 * Everything that a shell may take amiss is told: quotes, unset variables, programs that are not there.
 */
export function type(lines: string[], variables: Record<string, string> = {}): Typed {
  const given = Object.entries(variables).map(([name, value]) => `${name}='${value}'`);
  const pasted = lines.map((line) => line.replace(TO_FILL_IN, 'filled-in'));
  const script = [STAND_INS, 'set -u', ...given, ...pasted].join('\n');
  const { output, status } = spawnSync('/bin/bash', ['-c', script], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    encoding: 'utf-8',
    timeout: 20000,
  });
  const invocations = (output[3] ?? '')
    .split('\x1e')
    .filter(Boolean)
    .map((one) => one.slice(0, -1).split('\x1f'))
    .map(([program, ...words]) => ({ program, words }));
  return { invocations, errors: [output[2], status === null ? 'it does not end' : ''].join('') };
}

/** What a shell and the AWS CLI have against lines that somebody would paste one after the other. */
export function problemsOfPasted(lines: string[], variables: Record<string, string> = {}): string[] {
  if (lines.length === 0) {
    return [];
  }
  const { invocations, errors } = type(lines, variables);
  const expanded = lines.filter((line) => /!/.test(line.replace(/'[^']*'/g, ''))); // a shell at a terminal looks into its history
  const left = lines.filter((line) => line.includes('…'));
  return [
    ...left.map((line) => `something is left out, and nothing says what: ${line}`),
    ...(invocations.length === 0 ? [`nothing is called: ${lines.join('; ')}`] : []),
    ...errors.split('\n').filter(Boolean),
    ...expanded.map((line) => `an exclamation mark: ${line}`),
    ...invocations.flatMap(({ program, words }) => (program === 'aws' ? problemsOfCommand(words) : [])),
  ];
}
