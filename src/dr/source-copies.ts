import * as fs from 'node:fs';
import * as path from 'node:path';
import { App, CfnOutput, IgnoreMode } from 'aws-cdk-lib';
import * as s3assets from 'aws-cdk-lib/aws-s3-assets';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { Problems } from '../core/private/fail';
import type { CrossRegionDr } from './cross-region-dr';

/** Properties of SourceCopies. */
export interface SourceCopiesProps {
  /** What the source is of. */
  readonly dr: CrossRegionDr;
  /** The folder to copy: the one with `cdk.json`, so that whoever has the copy can deploy. */
  readonly path: string;
  /**
   * What is not copied beside `node_modules`, `.git`, the cloud assembly and files whose names are those of credentials (`.env*`, `*.pem`,
   * `*.key`), as patterns of a `.gitignore`. Your build, for example, and whatever else nobody needs to deploy.
   *
   * @default - nothing else
   */
  readonly exclude?: string[];
}

/** What has no place in a copy, or must not be in one. */
const NEVER = ['node_modules', '.git', 'cdk.out', '.env*', '*.pem', '*.key'];

/**
 * The source of the app in both Regions, as it was when each was deployed: whoever has lost the repository, or the pipeline, with a Region
 * deploys the other one from there.
 *
 * Each deployment of the CDK CLI uploads a zip file into the staging bucket of its own Region, with the primary's stack and with the landing
 * stack, if it changed, and writes its address into Parameter Store there, `/<systemName>/source`. No Region asks the other one. It costs
 * the storage of a zip file for each version. A change of any file in the folder changes that parameter, and nothing else.
 *
 * It holds no packages: a deployment from the copy begins with `npm ci`, which asks the registry of npm, unless they are in the folder. Nor
 * does it hold what the folder does not, such as values given with `-c`: keep them in `cdk.json`, and commit `cdk.context.json`. Whoever may
 * read the staging bucket can read it, so secrets have no place in it.
 *
 * @see https://docs.aws.amazon.com/cdk/v2/guide/assets.html
 */
export class SourceCopies extends Construct {
  /** Name of the parameter that holds the address of the copy, in both Regions. */
  public readonly parameterName: string;
  /** The command that fetches the copy of the recovery Region. It asks nothing of the other one. */
  public readonly fetchCommand: string;

  /** @throws InvalidSourceCopies when there is no such folder, or nothing in it that could be deployed */
  public constructor(scope: Construct, id: string, props: SourceCopiesProps) {
    super(scope, id);
    const { dr } = props;
    this.validate(props.path);
    this.parameterName = `/${dr.primary.systemName}/source`;
    this.fetchCommand = this.fetchFrom(dr.recoveryRegion);
    this.keepIn(dr.landing.stack, props);
    this.keepIn(dr.primary, props);
    new CfnOutput(dr.landing.stack, 'FetchSource', {
      description: 'Fetches the source that this Region was deployed from',
      value: this.fetchCommand,
    });
    dr._source = this;
  }

  private keepIn(scope: Construct, { path: folder, exclude = [] }: SourceCopiesProps): void {
    const at = new Construct(scope, 'Source');
    const { s3ObjectUrl } = new s3assets.Asset(at, 'Asset', {
      path: folder,
      ignoreMode: IgnoreMode.GIT,
      exclude: [...NEVER, ...assemblyIn(this, folder), ...exclude],
    });
    new ssm.CfnParameter(at, 'Parameter', {
      name: this.parameterName,
      description: 'Where the source is that this Region was last deployed from',
      type: 'String',
      value: s3ObjectUrl,
    });
  }

  private fetchFrom(region: string): string {
    const address = `aws ssm get-parameter --region ${region} --name ${this.parameterName} --query Parameter.Value --output text`;
    return `aws s3 cp --region ${region} "$(${address})" source.zip && unzip -q source.zip -d source`;
  }

  private validate(folder: string): void {
    const problems = new Problems(this, 'InvalidSourceCopies');
    const there = fs.existsSync(folder) && fs.statSync(folder).isDirectory();
    problems.require(there, `path must be a folder, got ${JSON.stringify(folder)}; give that of the app`);
    problems.require(
      !there || fs.existsSync(path.join(folder, 'cdk.json')),
      `path must be the folder that cdk.json is in, so that somebody can deploy from the copy, got ${JSON.stringify(folder)}`,
    );
    problems.throwIfAny();
  }
}

/** The cloud assembly, where it is written into the folder: a copy of itself would have no end. */
function assemblyIn(scope: Construct, folder: string): string[] {
  const outdir = App.of(scope)?.outdir ?? '';
  const within = path.relative(folder, outdir);
  return within === '' || within.startsWith('..') || path.isAbsolute(within)
    ? []
    : [`/${within.split(path.sep).join('/')}`];
}
