// Synthesizes examples one after the other, as a process of its own. CDK's validation takes seconds to start, and once is enough.
// node synthesize.js < [{ "program": …, "outdir": …, "context": {…}, "validation": true }, …] > [{ "error": … }, …]
const fs = require('node:fs');

const jobs = JSON.parse(fs.readFileSync(0, 'utf-8'));

function synthesize({ program, outdir, context, validation }) {
  Object.assign(process.env, {
    CDK_OUTDIR: outdir,
    CDK_CONTEXT_JSON: JSON.stringify(context),
    CDK_VALIDATION: String(validation),
  });
  delete require.cache[require.resolve(program)];
  try {
    require(program).app.synth();
    return {};
  } catch (error) {
    return { error: String(error.stack) };
  } finally {
    process.removeAllListeners('beforeExit'); // where an app synthesizes itself
  }
}

const log = console.log;
console.log = () => {}; // stdout is for the answer
const outcomes = jobs.map(synthesize);
log(JSON.stringify(outcomes));
