import type { CrossRegionDr } from '../cross-region-dr';
import { printOutputs } from './printed-outputs';
import type { RunbookStep } from './runbook-text';

/** What makes the database write here, and lets people in where that takes more than promotion. */
export function promotionSteps({ _recovery, primary, primaryRegion }: CrossRegionDr): RunbookStep[] {
  const { promoteCommand, detachCommand, passwordCommand } = _recovery?.database ?? {};
  const unreplicated = primary.database?.replication?.unreplicated;
  return [
    ...step(promoteCommand, {
      title: 'Make the database write here',
      note: `It takes minutes; note when: reconciliation needs it. Nothing is sure to stop the old writer: an event says whether it did; what ${primaryRegion} still takes is lost`,
    }),
    ...step(detachCommand, {
      title: 'Only where that is refused, for example because engine versions differ: detach the copy',
      note: 'Nothing undoes it. The way back is then no switchover but a new global database: delete nothing, and see the README of dr',
    }),
    ...step(passwordCommand, {
      title: 'Give it the password of the system, which its copy never learned: the command waits until it is promoted',
    }),
    ...(unreplicated ? [{ title: `See to what does not follow: ${unreplicated}` }] : []),
  ];
}

/** Once users are here. The former source of a replica writes on, so that its rotation succeeds, in the secret of both Regions. */
export function promotedSteps(dr: CrossRegionDr): RunbookStep[] {
  const { _recovery, primaryRegion } = dr;
  const secretName = rotatedSecretOf(dr);
  return [
    ...step(_recovery?.database?.standbyCommand, {
      title: 'Give the database a standby, which a replica cannot have: until then the loss of its zone stops it',
    }),
    ...step(
      secretName && `aws secretsmanager cancel-rotate-secret --region ${primaryRegion} --secret-id ${secretName}`,
      {
        title: `As soon as ${primaryRegion} answers, stop the rotation there: it would change the password of the former database and of the secret, and let nobody in here`,
      },
    ),
  ];
}

/** On the way back, briefly by an output of the primary's stack; rotation goes on as it was. https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_RotateSecret.html */
export function returnedSteps(dr: CrossRegionDr, briefly: boolean): RunbookStep[] {
  const { primary, primaryRegion } = dr;
  const completion = primary.database?.replication?.returnCompletion;
  const secretName = rotatedSecretOf(dr);
  return [
    ...step(completion && briefly ? printOutputs(primary, ['CompleteDatabaseReturn']) : completion, {
      title: `Give it the password of the system and a standby${briefly ? ', by what this prints' : ''}: the command waits until it is promoted`,
    }),
    ...step(
      secretName &&
        `aws secretsmanager rotate-secret --region ${primaryRegion} --secret-id ${secretName} --no-rotate-immediately`,
      { title: 'Let the password be rotated again' },
    ),
  ];
}

/** Of a database whose promotion is for good. */
function rotatedSecretOf({ primary: { database } }: CrossRegionDr): string | undefined {
  return database?.replication?.returnByReplica && database.rotatedSecretName;
}

function step(command: string | undefined, rest: Omit<RunbookStep, 'command'>): RunbookStep[] {
  return command ? [{ ...rest, command }] : [];
}
