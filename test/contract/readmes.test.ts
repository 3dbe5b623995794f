import * as fs from 'node:fs';
import * as path from 'node:path';
import * as cdk from 'aws-cdk-lib';
import * as ts from 'typescript';

const root = path.join(__dirname, '..', '..');
const readmes = [
  'README.md',
  ...fs.readdirSync(path.join(root, 'src')).map((module) => `src/${module}/README.md`),
].filter((file) => fs.existsSync(path.join(root, file)));

/** The TypeScript blocks of a page, each with a name to find it by. */
function snippets(file: string): [string, string][] {
  const blocks = fs.readFileSync(path.join(root, file), 'utf-8').matchAll(/^```ts.*\n([\s\S]*?)^```/gm);
  return [...blocks].map(([, code], index): [string, string] => [`${file}#${index + 1}`, code]);
}

const all = readmes.flatMap(snippets);

test('there is a README with a snippet for every module', () => {
  const modules = fs.readdirSync(path.join(root, 'src')).filter((name) => name !== 'index.ts');
  expect(readmes).toEqual(['README.md', ...modules.map((module) => `src/${module}/README.md`)]);
  const shown = new Set(all.map(([name]) => name.split('#')[0]));
  expect(readmes.filter((file) => !shown.has(file))).toEqual([]);
});

test('every snippet compiles under the strictest settings', () => {
  const files = new Map(all.map(([name, code]) => [path.join(root, 'test', `${name.replace(/\W/g, '-')}.ts`), code]));
  const options: ts.CompilerOptions = {
    ...compilerOptions(),
    noEmit: true,
    noUnusedLocals: false, // a snippet shows what it makes, and may not use it
    paths: { 'cdk-resilient-ehr': [path.join(root, 'src', 'index.ts')] },
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (file) => files.has(file) || fileExists(file);
  host.getSourceFile = (file, version, ...rest) => {
    const code = files.get(file);
    return code === undefined
      ? getSourceFile.call(host, file, version, ...rest)
      : ts.createSourceFile(file, code, version, true);
  };
  const program = ts.createProgram([...files.keys()], options, host);
  const problems = [...files.keys()].flatMap((file) => ts.getPreEmitDiagnostics(program, program.getSourceFile(file)));
  expect(problems.map((p) => `${p.file?.fileName}: ${ts.flattenDiagnosticMessageText(p.messageText, '\n')}`)).toEqual(
    [],
  );
}, 60_000);

const standalone = all.filter(([, code]) => !/^declare const/m.test(code));

test.each(standalone)('%s synthesizes', (_, code) => {
  const apps: cdk.App[] = [];
  const App = class extends cdk.App {
    public constructor(props?: cdk.AppProps) {
      super({ ...props, outdir: undefined });
      apps.push(this);
    }
  };
  run(code, (name) => {
    if (name === 'aws-cdk-lib') return new Proxy(cdk, { get: (t, key) => (key === 'App' ? App : Reflect.get(t, key)) });
    return jest.requireActual(name === 'cdk-resilient-ehr' ? '../../src' : name);
  });
  for (const app of apps) {
    expect(() => app.synth()).not.toThrow();
  }
});

function run(code: string, require: (name: string) => unknown): void {
  const { outputText } = ts.transpileModule(code, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true },
  });
  new Function('require', 'exports', outputText)(require, {});
}

function compilerOptions(): ts.CompilerOptions {
  const config = ts.readConfigFile(path.join(root, 'test', 'tsconfig.json'), ts.sys.readFile).config;
  return ts.parseJsonConfigFileContent({ ...config, include: [] }, ts.sys, path.join(root, 'test')).options;
}
