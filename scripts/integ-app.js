// Runs one integration app for integ-runner, then
//  1. stamps the cloud assembly with the newest schema integ-runner reads (2.197.10 stops at 53, aws-cdk-lib 2.271 writes 54 or more), and
//  2. drops stack traces, so that committed snapshots hold no paths of the machine that wrote them.
// Drop 1 once an integ-runner that reads newer schemas is published.
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

const NEWEST_READABLE = 53;
const root = path.join(__dirname, '..');
const out = process.env.CDK_OUTDIR;

const run = spawnSync(process.execPath, ['-r', 'ts-node/register/transpile-only', process.argv[2]], {
  stdio: 'inherit',
  env: { ...process.env, CDK_VALIDATION: 'false', TS_NODE_PROJECT: path.join(root, 'integ', 'tsconfig.json') },
});

function rewrite(file, change) {
  const json = JSON.parse(fs.readFileSync(file, 'utf-8'));
  change(json);
  fs.writeFileSync(file, `${JSON.stringify(json, undefined, 1)}\n`);
}

function dropTraces(json) {
  for (const key of Object.keys(json)) {
    json[key] = json[key].filter((m) => m.type !== 'aws:cdk:creationStack').map(({ trace, ...m }) => m);
  }
}

function walk(dir) {
  for (const entry of fs.readdirSync(dir, { withFileTypes: true })) {
    const file = path.join(dir, entry.name);
    if (entry.isDirectory() && entry.name.startsWith('assembly-')) walk(file);
    if (/^(manifest\.json|cdk\.out|integ\.json|.*\.assets\.json)$/.test(entry.name)) {
      rewrite(file, (json) => {
        if (Number.parseInt(json.version, 10) > NEWEST_READABLE) json.version = `${NEWEST_READABLE}.0.0`;
        delete json.minimumCliVersion;
      });
    }
    if (entry.name.endsWith('.metadata.json')) rewrite(file, dropTraces);
  }
}

if (run.status === 0 && out) walk(out);
process.exit(run.status ?? 1);
