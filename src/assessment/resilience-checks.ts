import * as fs from 'node:fs';
import {
  type IPolicyValidationContext,
  type IPolicyValidationPlugin,
  type PolicyValidationPluginReport,
  type PolicyViolation,
  Stage,
} from 'aws-cdk-lib';
import { FailureScope } from '../core/failure-scope';
import { assess } from './assess';
import type { Finding } from './assessment';
import { parseTemplateText, readAssembly } from './model';
import { inWords } from './recovery';

/** Options of `ResilienceChecks`. */
export interface ResilienceChecksProps {
  /**
   * A JSON file that declares systems in the shape of the template metadata, for stacks that declare none.
   *
   * @default - systems that templates declare; the rest is judged by the preset of the life-critical tier
   */
  readonly systemsFile?: string;
  /**
   * Whether findings that nobody acknowledged fail synthesis.
   *
   * @default false
   */
  readonly failOnFindings?: boolean;
}

/**
 * Plays failures through the synthesized app, and reports what does not come back in time.
 *
 * `Validations.of(app).addPlugins(new ResilienceChecks())`. Acknowledge a finding where it belongs, with the id that
 * CDK prints beside it: `Validations.of(construct).acknowledge({ id: 'cdk-resilient-ehr::survive-region', reason: '…' })`.
 */
export class ResilienceChecks implements IPolicyValidationPlugin {
  /** The name in reports, and the first part of ids to acknowledge. */
  public readonly name = 'cdk-resilient-ehr';
  /** One rule per failure scope. */
  public readonly ruleIds = Object.values(FailureScope).map(ruleOf);

  public constructor(private readonly props: ResilienceChecksProps = {}) {}

  /** Called by CDK; do not call this yourself. */
  public validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    const { systemsFile, failOnFindings = false } = this.props;
    const systems =
      systemsFile === undefined ? undefined : parseTemplateText(fs.readFileSync(systemsFile, 'utf-8'), systemsFile);
    const { appConstruct: app } = context;
    const directory = Stage.isStage(app) ? app.outdir : undefined;
    const assembly = readAssembly(directory === undefined ? context.templatePaths : [directory]);
    const violations = assess(assembly, { systems }).systems.flatMap(({ findings }) =>
      findings.map((f) => this.violation(f)),
    );
    return { success: !failOnFindings || violations.length === 0, violations };
  }

  private violation({
    scope,
    verdict,
    chain,
    estimate,
    objective,
    fix,
    logicalId,
    template,
  }: Finding): PolicyViolation {
    const ruleName = ruleOf(scope);
    const back =
      verdict === 'NOT_RECOVERABLE' ? 'not recoverable' : `back after ${inWords(estimate.rto.seconds)} at least`;
    const wanted = `objective ${inWords(objective.rtoSeconds)}, losing at most ${inWords(objective.rpoSeconds)}`;
    return {
      ruleName,
      // errors fail synthesis even where the report as a whole is a success
      severity: this.props.failOnFindings ? 'error' : 'warning',
      description: `${chain.join(' → ')}: ${back}, ${wanted}`,
      fix,
      violatingResources: [{ resourceLogicalId: logicalId, templatePath: template, locations: [] }],
    };
  }
}

function ruleOf(scope: FailureScope): string {
  return `survive-${scope.toLowerCase().replaceAll('_', '-')}`;
}
