import * as fs from 'node:fs';
import * as path from 'node:path';
import type {
  IPolicyValidationContext,
  IPolicyValidationPlugin,
  PolicyValidationPluginReport,
  PolicyViolation,
} from 'aws-cdk-lib';
import { CheckSeverity, type ResilienceCheck } from './resilience-check';

/** Options of `ResilienceChecks`. */
export interface ResilienceChecksProps {
  /**
   * A JSON or YAML file that declares systems in the shape of the template metadata, for stacks that declare none.
   *
   * @default - systems that templates declare; the rest is judged by the preset of the life-critical tier
   */
  readonly systemsFile?: string;
  /**
   * The mildest findings that fail synthesis, unless somebody acknowledged or accepted them.
   *
   * @default - none: every finding is reported, and none fails
   */
  readonly failOn?: CheckSeverity;
}

/**
 * Plays failures through the synthesized app, checks the rules of resilience, and reports what does not come back in time.
 *
 * `Validations.of(app).addPlugins(new ResilienceChecks())`. Acknowledge a finding where it belongs, with the id that CDK prints
 * beside it: `Validations.of(construct).acknowledge({ id: 'cdk-resilient-ehr::survive-region', reason: '…' })`. What is unknown is
 * no finding here: the command `cdk-resilient-ehr assess` lists it. Costs about 0.2 s for two Regions of a hospital.
 */
export class ResilienceChecks implements IPolicyValidationPlugin {
  /** What is checked: failures that must be survived, and rules. */
  public static catalog(): ResilienceCheck[] {
    return violationsModule().checks();
  }

  /** The name in reports, and the first part of ids to acknowledge. */
  public readonly name: string = 'cdk-resilient-ehr';

  public constructor(private readonly props: ResilienceChecksProps = {}) {}

  /** Ids of what is checked. */
  public get ruleIds(): string[] | undefined {
    return ResilienceChecks.catalog().map(({ id }) => id);
  }

  /**
   * Called by CDK, once for all stacks; do not call this yourself.
   *
   * @throws InputError, SystemsFileError where something cannot be read; CDK reports it and goes on
   */
  public validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    const { assess, parseTemplateText, readAssembly, systemsFromFile } = judgeModule();
    const { systemsFile } = this.props;
    const systems =
      systemsFile === undefined
        ? undefined
        : systemsFromFile(parseTemplateText(fs.readFileSync(systemsFile, 'utf-8'), systemsFile), systemsFile);
    const assessment = assess(readAssembly(assembliesOf(context)), { systems });
    const violations = violationsModule()
      .violationsOf(assessment)
      .map((violation) => this.weigh(violation));
    return { success: violations.every(({ severity }) => severity !== 'error'), violations };
  }

  /**
   * Where somebody acknowledged anything, CDK fails for what is called an error, whatever the report as a whole says: so only
   * what shall fail is called one.
   */
  private weigh(violation: PolicyViolation): PolicyViolation {
    const { failOn } = this.props;
    const { severity } = violation;
    const fails =
      severity === 'error' ? failOn !== undefined : severity === 'warning' && failOn === CheckSeverity.WARNING;
    return { ...violation, severity: fails ? 'error' : severity === 'error' ? 'warning' : severity };
  }
}

/** The outermost directories of the stacks: a nested stage has its own, inside that of its parent. */
function assembliesOf({ templatePaths }: IPolicyValidationContext): string[] {
  const directories = [...new Set(templatePaths.map((file) => path.dirname(file)))];
  return directories.filter((directory) => !directories.some((other) => directory.startsWith(`${other}${path.sep}`)));
}

/** Loaded when needed: whoever imports the package for its constructs does not wait for the judge. */
function judgeModule(): typeof import('./judge') {
  return require('./judge') as typeof import('./judge');
}

function violationsModule(): typeof import('./violations') {
  return require('./violations') as typeof import('./violations');
}
