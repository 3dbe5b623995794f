import type { PolicyViolation } from 'aws-cdk-lib';
import { FailureScope } from '../core/failure-scope';
import type { Assessment, Finding, Notice, RuleJudgement } from './assessment';
import { ruleOfScope } from './findings';
import { inWords } from './recovery';
import { CheckSeverity, type ResilienceCheck } from './resilience-check';
import { catalog } from './rules/catalog';
import type { AcceptedRisk } from './systems';

const PLUGIN = 'cdk-resilient-ehr';
const DOCS = 'https://github.com/cdk-resilient-ehr/cdk-resilient-ehr/blob/main/src';

const NOTICES: Readonly<Record<Notice['id'], string>> = {
  'accepted-risk-expired': 'accepted risks hold',
  'recovery-budget-optimistic': 'declared recovery times are not far below what the templates allow',
  'detection-slower-than-objective': 'a failure is noticed within the time that users may wait',
  'system-without-resources': 'a declared system has resources',
};

/** Everything that is checked. */
export function checks(): ResilienceCheck[] {
  const check = (id: string, rest: Omit<ResilienceCheck, 'id' | 'acknowledgementId'>): ResilienceCheck => ({
    id,
    acknowledgementId: `${PLUGIN}::${id}`,
    ...rest,
  });
  return [
    ...Object.values(FailureScope).map((scope) =>
      check(ruleOfScope(scope), {
        title: `objectives are met after ${scope}`,
        severity: CheckSeverity.ERROR,
        scope,
        docs: `${DOCS}/assessment/README.md`,
      }),
    ),
    ...Object.entries(NOTICES).map(([id, title]) =>
      check(id, { title, severity: CheckSeverity.WARNING, scope: 'DECLARATION', docs: `${DOCS}/core/README.md` }),
    ),
    ...catalog.map(({ id, title, severity, scope, docs }) =>
      check(id, {
        title,
        severity: severity === 'error' ? CheckSeverity.ERROR : CheckSeverity.WARNING,
        scope,
        docs,
      }),
    ),
  ];
}

/** What CDK reports. What somebody accepted stays in the report, as information. */
export function violationsOf(assessment: Assessment): PolicyViolation[] {
  return [
    ...assessment.systems.flatMap(({ findings }) => findings.map(ofFinding)),
    ...assessment.rules.failed.map(ofRule),
    ...assessment.notices.map(ofNotice),
  ];
}

function ofFinding(finding: Finding): PolicyViolation {
  const { scope, verdict, chain, estimate, objective, fix, accepted } = finding;
  const { rto, rpo } = estimate;
  const back =
    verdict === 'NOT_RECOVERABLE'
      ? 'not recoverable'
      : `back after ${inWords(rto.seconds)} at least, losing ${inWords(rpo.seconds)} at least`;
  const wanted = `objective ${inWords(objective.rtoSeconds)}, losing at most ${inWords(objective.rpoSeconds)}`;
  return {
    ruleName: ruleOfScope(scope),
    severity: accepted ? 'info' : 'error',
    description: `${chain.join(' → ')}: ${back}; ${wanted}${acceptance(accepted)}`,
    fix,
    ruleMetadata: { severity: 'error', scope, verdict, docs: `${DOCS}/assessment/README.md` },
    violatingResources: [{ resourceLogicalId: finding.logicalId, templatePath: finding.template, locations: [] }],
  };
}

function ofRule(judgement: RuleJudgement): PolicyViolation {
  const { id, title, severity, scope, observed, location, why, fix, docs, accepted } = judgement;
  return {
    ruleName: id,
    severity: accepted ? 'info' : severity,
    description: `${observed}; wanted: ${title}, since ${why}${acceptance(accepted)}`,
    fix: `${fix} (${docs})`,
    ruleMetadata: { severity, scope, docs },
    violatingResources: [
      {
        resourceLogicalId: judgement.logicalId,
        templatePath: judgement.template,
        locations: location === undefined ? [] : [location],
      },
    ],
  };
}

function ofNotice({ id, system, resource, observed, fix }: Notice): PolicyViolation {
  return {
    ruleName: id,
    severity: 'warning',
    description: `system ${system}: ${observed}`,
    fix,
    ruleMetadata: { severity: 'warning', scope: 'DECLARATION', docs: `${DOCS}/core/README.md` },
    violatingResources: [{ constructPath: resource, locations: [] }],
  };
}

function acceptance(accepted: AcceptedRisk | undefined): string {
  return accepted ? `; accepted by ${accepted.acceptedBy} until ${accepted.expires}: ${accepted.reason}` : '';
}
