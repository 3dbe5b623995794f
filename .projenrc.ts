import * as fs from 'node:fs';
import { awscdk, cdk, JsonFile, javascript } from 'projen';

/**
 * The lowest aws-cdk-lib the library supports: jsii compiles, and every test runs, against exactly this version
 * (peer dependency "^floor", dev dependency "floor"). Up to 2.270 an acknowledgement hides the same finding everywhere in the
 * app, so ours would silence checks on resources of the user's.
 */
const CDK_FLOOR = '2.271.0';

const project = new awscdk.AwsCdkConstructLibrary({
  name: 'cdk-resilient-ehr',
  description: 'Resilient electronic-health-record systems on AWS: multi-AZ, cross-Region recovery, security baseline',
  author: 'cdk-resilient-ehr contributors',
  authorAddress: 'https://github.com/cdk-resilient-ehr/cdk-resilient-ehr',
  authorOrganization: true,
  repositoryUrl: 'https://github.com/cdk-resilient-ehr/cdk-resilient-ehr.git',
  license: 'Apache-2.0',
  copyrightOwner: 'cdk-resilient-ehr contributors',
  copyrightPeriod: '2026',
  stability: cdk.Stability.EXPERIMENTAL,
  keywords: [
    'cdk',
    'awscdk',
    'aws-cdk',
    'healthcare',
    'ehr',
    'hipaa',
    'fhir',
    'disaster-recovery',
    'resilience',
    'multi-az',
    'guardduty',
    'securityhub',
  ],
  bin: { 'cdk-resilient-ehr': 'lib/cli/main.js' },
  defaultReleaseBranch: 'main',
  majorVersion: 0,

  // ---- versions -----------------------------------------------------------
  cdkVersion: CDK_FLOOR,
  constructsVersion: '10.5.1',
  jsiiVersion: '~6.0.16',
  typescriptVersion: '~6.0.3', // jsii, ts-jest and ts-node all refuse TypeScript 7
  minNodeVersion: '20.16.0',
  workflowNodeVersion: '22.x',
  packageManager: javascript.NodePackageManager.NPM,
  projenVersion: '^0.103.25',
  projenrcTs: true,

  bundledDeps: ['yaml@^2.9.1'], // reads templates that CDK did not write
  devDeps: [
    'aws-cdk@^2.1148.1', // never "latest": that tag is 3.0.0, which cannot read what aws-cdk-lib 2.271 writes
    'cdk-nag@^3.0.2',
    '@cdklabs/cdk-validator-cfnguard@^0.0.62', // brings the proactive controls of AWS Control Tower
    '@aws-cdk/integ-tests-alpha@2.245.0-alpha.0',
    '@aws-cdk/integ-runner@^2.197.10',
    '@types/node@^20',
    'fast-check@^4',
  ],

  // ---- source and tests ---------------------------------------------------
  sampleCode: false,
  jestOptions: {
    jestVersion: '^30', // the major only: projen reuses this range for @types/jest
    updateSnapshot: javascript.UpdateSnapshot.NEVER, // the default rewrites snapshots on every build
    passWithNoTests: false,
    jestConfig: {
      globalSetup: '<rootDir>/scripts/handlers.js',
      setupFiles: ['<rootDir>/test/setup.ts'],
      maxWorkers: '100%', // the default leaves one of two cores idle
      coverageReporters: ['lcov', 'text-summary'],
      collectCoverage: false, // merging coverage of hundreds of suites takes longer than running them: ask with --coverage
    },
  },
  eslint: false,
  biome: true, // lint and format in a second
  biomeOptions: {
    version: '~2.5.15', // 2.6.8 was published without its platform packages
    biomeConfig: {
      files: {
        includes: [
          '.projenrc.ts',
          'src/**',
          'test/**',
          'examples/**',
          'integ/**/*.ts',
          'benchmarks/**/*.ts',
          'scripts/**',
          '!**/*.snapshot',
          '!**/__snapshots__',
          '!test/support/aws-model.json', // one line for each command: scripts/aws-model.py writes it
        ],
      },
      formatter: { indentStyle: javascript.biome_config.IndentStyle.SPACE, lineWidth: 120 },
      javascript: { formatter: { quoteStyle: javascript.biome_config.QuoteStyle.SINGLE } },
    },
  },
  integrationTestAutoDiscover: false, // would look for test/*.integ.ts
  lambdaAutoDiscover: false,
  edgeLambdaAutoDiscover: false,
  singletonLambdaAutoDiscover: false,
  lambdaExtensionAutoDiscover: false,

  // ---- docs and publishing ------------------------------------------------
  bumpPackage: 'commit-and-tag-version@^12', // 13 needs Node 22
  docgen: true,
  npmTrustedPublishing: true,
  publishToPypi: { distName: 'cdk-resilient-ehr', module: 'cdk_resilient_ehr', trustedPublishing: true },
  publishToMaven: {
    javaPackage: 'io.github.cdkresilientehr',
    mavenGroupId: 'io.github.cdk-resilient-ehr',
    mavenArtifactId: 'cdk-resilient-ehr',
  },
  publishToNuget: {
    dotNetNamespace: 'CdkResilientEhr',
    packageId: 'CdkResilientEhr',
    trustedPublishing: true,
  },
  publishToGo: { moduleName: 'github.com/cdk-resilient-ehr/cdk-resilient-ehr-go' },
  depsUpgradeOptions: { workflowOptions: { schedule: javascript.UpgradeDependenciesSchedule.WEEKLY } },
  githubOptions: { mergify: false },
  gitignore: [
    '/assets/',
    'cdk.out/',
    '.jsii.tabl.json',
    'integ/**/asset.*',
    'integ/**/tree.json',
    'integ/cdk-integ.out.*',
  ],
});

// no registry addresses in the lock file, whatever registry a contributor uses
new javascript.NpmConfig(project).addConfig('omit-lockfile-registry-resolved', 'true');

// unrs-resolver 1.13.0 was published without most of its platform packages, and "npm ci" refuses a lock file that lacks them
project.package.addPackageResolutions('unrs-resolver@1.12.2');
project.package.addField('jsiiRosetta', { strict: true, exampleDependencies: { 'cdk-nag': '^3.0.2' } });
for (const path of [
  '.jsii.tabl.json',
  '/examples/',
  '/integ/',
  '/benchmarks/',
  '/biome.jsonc',
  '/cdk.json',
  '/cdk.out/',
  '/.ci/',
  '/scripts/',
  '/rosetta/',
  '/lib/**/handlers/', // what is deployed is in assets
]) {
  project.npmignore?.exclude(path);
}

// ---- who may import whom ----------------------------------------------------
// A module sees the modules before it, never the ones after it; the judge (assessment, report) sees no construct.
const MAY_IMPORT: Record<string, string[]> = {
  core: [],
  network: ['core'],
  data: ['core'],
  security: ['core'],
  app: ['core', 'network', 'data', 'security'],
  dr: ['core', 'network', 'data', 'security', 'app'],
  assessment: ['core'],
  cli: ['core', 'assessment'],
};
const modules = Object.keys(MAY_IMPORT);
// biome sees an import as it is written, so each depth of a folder has its own way up
const DEPTHS = ['*.ts', '*/*.ts', '*/*/*.ts'].map((files, depth) => ({ files, up: '../'.repeat(depth + 1) }));
const biomeOverrides = modules.flatMap((module) => {
  const forbidden = modules.filter((other) => other !== module && !MAY_IMPORT[module].includes(other));
  return DEPTHS.map(({ files, up }) => ({
    includes: [`src/${module}/${files}`],
    linter: {
      rules: {
        style: {
          noRestrictedImports: {
            level: 'error',
            options: {
              patterns: [
                {
                  group: forbidden.flatMap((other) => [`${up}${other}`, `${up}${other}/**`]),
                  message: `src/${module} may import ${MAY_IMPORT[module].join(', ') || 'nothing of ours'} only`,
                },
              ],
            },
          },
        },
      },
    },
  }));
});
const biomeFile = project.tryFindObjectFile('biome.jsonc');
biomeFile?.addOverride('overrides', [
  ...biomeOverrides,
  // the table of contents is in dependency order
  { includes: ['src/index.ts'], assist: { actions: { source: { organizeImports: 'off' } } } },
]);
biomeFile?.addOverride('linter.rules.suspicious.noImportCycles', 'error');
biomeFile?.addOverride('linter.rules.suspicious.noConsole', 'off');
biomeFile?.addOverride('linter.rules.suspicious.noTemplateCurlyInString', 'off'); // Fn::Sub is written so
biomeFile?.addOverride('linter.rules.suspicious.noExplicitAny', 'error');

// ---- one tsconfig per extra folder; the top-level one is jsii's ---------------
for (const dir of ['examples', 'integ', 'benchmarks', 'scripts']) {
  const config = new javascript.TypescriptConfig(project, {
    fileName: `${dir}/tsconfig.json`,
    include: ['**/*.ts', '../src/**/*.ts'],
    exclude: ['node_modules', 'cdk.out', '**/*.snapshot/**'],
    compilerOptions: { noEmit: true, rootDir: '..', isolatedModules: true },
  });
  if (project.tsconfig) {
    config.addExtends(project.tsconfig);
  }
  config.file.addOverride('ts-node', { transpileOnly: true });
  project.tsconfigDev.addInclude(`../${dir}/**/*.ts`);
}
project.tsconfigDev.addExclude('**/*.snapshot/**');

// ---- cdk.json -----------------------------------------------------------------
new JsonFile(project, 'cdk.json', {
  marker: false,
  obj: {
    app: 'ts-node --project examples/tsconfig.json examples/hapi-fhir-two-regions.ts',
    versionReporting: false,
    notices: false, // where packets vanish, the notices call costs ten seconds a run
    context: recommendedFeatureFlags(),
  },
});

function recommendedFeatureFlags(): Record<string, unknown> {
  try {
    return JSON.parse(fs.readFileSync(require.resolve('aws-cdk-lib/recommended-feature-flags.json'), 'utf-8'));
  } catch {
    return {}; // the very first "npx projen", before aws-cdk-lib is installed
  }
}

// ---- tasks ----------------------------------------------------------------------
project.tasks.addEnvironment('JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION', '20');
project.tasks.addEnvironment('CDK_DISABLE_CLI_TELEMETRY', 'true');

project.package.setScript('prepare', 'node scripts/handlers.js'); // a fresh clone can be synthesized, and its functions deployed, after "npm ci"
project.compileTask.reset('jsii --fail-on-warnings');
project.compileTask.exec('node scripts/lazy-exports.js lib');
project.compileTask.exec('node scripts/one-file-judge.js lib');
project.tasks.tryFind('biome')?.reset('biome check --no-errors-on-unmatched --error-on-warnings --write', {
  receiveArgs: true,
});

// jest and ts-node only transpile, so one tsc run checks all that jsii does not compile
project.testTask.prependSpawn(
  project.addTask('typecheck', {
    description: 'Type-check src, test, examples, integ, benchmarks and scripts',
    exec: 'tsc --noEmit -p test/tsconfig.json',
  }),
);
project.addTask('test:unit', {
  description: 'Run the tests without lint',
  receiveArgs: true,
  execArgs: ['jest', '--ci', '$@'],
});
project.addTask('demo', {
  description: 'Synthesize the reference hospital in two Regions, validate it, and say what was made',
  exec: 'ts-node --project scripts/tsconfig.json scripts/demo.ts',
});
project.addTask('bench', {
  description: 'Measure import and synthesis as ratios on the reference hospital',
  receiveArgs: true,
  execArgs: ['ts-node', '--project', 'benchmarks/tsconfig.json', 'benchmarks/run.ts', '$@'],
});

// integ-runner asks the instance metadata service for a Region unless AWS_REGION is set
const integ = [
  'integ-runner',
  '--directory',
  'integ',
  '--language',
  'typescript',
  '--parallel-regions',
  'us-east-1',
  '--max-workers',
  '2',
  '--app',
  'node scripts/integ-app.js {filePath}',
];
project.addTask('integ', {
  description: 'Compare the integration tests with their snapshots (no AWS account needed)',
  env: { AWS_REGION: 'us-east-1' },
  receiveArgs: true,
  execArgs: [...integ, '$@'],
});
project.addTask('integ:snapshot', {
  description: 'Rewrite the integration snapshots without deploying',
  env: { AWS_REGION: 'us-east-1' },
  receiveArgs: true,
  execArgs: [...integ, '--update-on-failed', '--dry-run', '$@'],
});
project.addTask('integ:deploy', {
  description: 'Deploy the integration tests to an AWS account and update their snapshots',
  receiveArgs: true,
  execArgs: [...integ, '--update-on-failed', '$@'],
});
project.addTask('rosetta', {
  description: 'Compile the code samples of the READMEs and doc comments',
  execArgs: ['jsii-rosetta', 'extract', '--strict'],
});
project.addTask('bindings', {
  description: 'Generate (not compile) the Python, Java, .NET and Go sources',
  execArgs: ['jsii-pacmak', '--code-only', '--outdir', 'dist/code'],
});
project.addTask('test:latest', {
  description: 'Run the tests against the newest aws-cdk-lib',
  exec: 'bash scripts/test-latest.sh',
});
project.addTask('consumers', {
  description: 'Install the packed library into fresh TypeScript and JavaScript apps and synthesize the README snippet',
  exec: 'bash scripts/consumers.sh',
});

// outside CI projen's "build" packages for every language, which needs Maven, pip, dotnet and go
project.packageTask.reset();
const packageJs = project.tasks.tryFind('package:js');
if (packageJs) {
  project.packageTask.spawn(packageJs);
}

project.synth();
