import { FailureScope } from '../core/failure-scope';
import type { Notice, SystemJudgement } from './assessment';
import { inWords } from './recovery';

/** What is wrong with what a system declares of itself. */
export function noticesOf(system: SystemJudgement): Notice[] {
  const about = { system: system.name, resource: system.paths[0] ?? '' };
  return [
    ...system.acceptedRisks
      .filter(({ expired }) => expired)
      .map(({ risk, acceptedBy, expires }) => ({
        id: 'accepted-risk-expired' as const,
        ...about,
        observed: `the risk "${risk}", accepted by ${acceptedBy}, held until ${expires}`,
        fix: 'mend what it covers, or have somebody decide anew',
      })),
    ...system.budgets
      .filter(({ optimistic }) => optimistic.length > 0)
      .map(({ scope, optimistic }) => ({
        id: 'recovery-budget-optimistic' as const,
        ...about,
        observed: `${scope}: ${optimistic.join('; ')}`,
        fix: 'measure the recovery in an exercise, and declare what was measured',
      })),
    ...slowDetection(system).map((observed) => ({
      id: 'detection-slower-than-objective' as const,
      ...about,
      observed,
      fix: 'probe more often, or with a lower threshold',
    })),
    ...(system.entryPoints.length === 0
      ? [
          {
            id: 'system-without-resources' as const,
            ...about,
            observed: `nothing that can be judged is within ${system.paths.join(', ')}`,
            fix: 'correct the construct path, or give the templates of the system too',
          },
        ]
      : []),
  ];
}

/** Noticing alone must not take longer than users may wait. */
function slowDetection({ health, objectives }: SystemJudgement): string[] {
  const detection = health?.detectionSeconds;
  return [FailureScope.COMPONENT, FailureScope.AVAILABILITY_ZONE].flatMap((scope) => {
    const { rtoSeconds } = objectives.scopes[scope];
    return detection !== undefined && detection > rtoSeconds
      ? [`${scope}: noticing takes ${inWords(detection)}, and the objective is ${inWords(rtoSeconds)}`]
      : [];
  });
}
