// Compiles TypeScript files one by one, as a process of its own: TypeScript takes seconds to load inside jest.
// node compile.js <source directory> <output directory> <file or directory> …
const fs = require('node:fs');
const path = require('node:path');
const ts = require('typescript');

const [source, output, ...modules] = process.argv.slice(2);
const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true };

const files = modules.flatMap((module) =>
  module.endsWith('.ts')
    ? [module]
    : fs.readdirSync(path.join(source, module), { recursive: true }).map((file) => path.join(module, file)),
);
for (const file of files.filter((name) => name.endsWith('.ts'))) {
  const compiled = path.join(output, file.replace(/\.ts$/, '.js'));
  const text = fs.readFileSync(path.join(source, file), 'utf-8');
  fs.mkdirSync(path.dirname(compiled), { recursive: true });
  fs.writeFileSync(compiled, ts.transpileModule(text, { compilerOptions }).outputText);
}
