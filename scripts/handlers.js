// Compiles the Lambda functions of the library, src/<module>/handlers/<name>/**.ts, to assets/<name>/**.js, which is what is deployed and
// published. Each file becomes one: the Lambda runtime brings the AWS SDK, and there is nothing else to bundle. Runs after "npm ci", and
// before every run of jest, which is why it does nothing where nothing changed.
const fs = require('node:fs');
const path = require('node:path');

const root = path.join(__dirname, '..');
const assets = path.join(root, 'assets');

function build() {
  const handlers = fs
    .readdirSync(path.join(root, 'src'))
    .map((module) => path.join(root, 'src', module, 'handlers'))
    .filter((folder) => fs.existsSync(folder))
    .flatMap((folder) => fs.readdirSync(folder).map((name) => ({ name, folder: path.join(folder, name) })));
  const outputs = handlers.flatMap(({ name, folder }) =>
    fs
      .readdirSync(folder, { recursive: true })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => ({
        source: path.join(folder, file),
        output: path.join(assets, name, file.replace(/\.ts$/, '.js')),
      })),
  );
  removeOthers(new Set(outputs.map(({ output }) => output)));
  for (const { source, output } of outputs.filter(isStale)) {
    fs.mkdirSync(path.dirname(output), { recursive: true });
    fs.writeFileSync(output, compile(fs.readFileSync(source, 'utf-8')));
  }
}

function removeOthers(outputs) {
  const there = fs.existsSync(assets) ? fs.readdirSync(assets, { recursive: true }) : [];
  for (const file of there.map((name) => path.join(assets, name))) {
    if (fs.statSync(file).isFile() && !outputs.has(file)) {
      fs.rmSync(file);
    }
  }
}

function isStale({ source, output }) {
  const made = fs.statSync(output, { throwIfNoEntry: false })?.mtimeMs;
  return made === undefined || made < fs.statSync(source).mtimeMs;
}

function compile(text) {
  const ts = require('typescript'); // takes half a second to load
  const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 };
  return ts.transpileModule(text, { compilerOptions }).outputText;
}

module.exports = build; // for jest, as its global setup

if (require.main === module) {
  build();
}
