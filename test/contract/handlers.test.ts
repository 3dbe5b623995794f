import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

/**
 * What is deployed as code of a Lambda function is compiled from src/<module>/handlers. It has to run as it is: in Node.js, without
 * anything installed beside it but the AWS SDK, which the runtime brings and a function loads when it calls.
 */
const root = path.join(__dirname, '..', '..');
const assets = path.join(root, 'assets');
const handlers = fs
  .readdirSync(path.join(root, 'src'))
  .map((module) => path.join(root, 'src', module, 'handlers'))
  .filter((folder) => fs.existsSync(folder))
  .flatMap((folder) => fs.readdirSync(folder).map((name): [string, string] => [name, path.join(folder, name)]));

test('each folder of assets is one of these', () => {
  expect(fs.readdirSync(assets).sort()).toEqual(handlers.map(([name]) => name).sort());
});

test.each(handlers)('%s is one file for each of its source, and no other', (name, folder) => {
  const files = (of: string) => (fs.readdirSync(of, { recursive: true }) as string[]).filter((f) => /\.[jt]s$/.test(f));
  expect(files(path.join(assets, name)).sort()).toEqual(
    files(folder)
      .map((file) => file.replace(/\.ts$/, '.js'))
      .sort(),
  );
});

test.each(handlers)('%s loads by itself, far from here, and has a handler', (name) => {
  const away = fs.mkdtempSync(path.join(os.tmpdir(), 'handler-'));
  fs.cpSync(path.join(assets, name), away, { recursive: true });
  const script = `console.log(typeof require(${JSON.stringify(away)}).handler)`;
  expect(execFileSync(process.execPath, ['-e', script], { cwd: away, encoding: 'utf-8' }).trim()).toBe('function');
  fs.rmSync(away, { recursive: true });
});

test.each(handlers)('%s imports nothing from outside its folder but what Node.js brings', (_name, folder) => {
  const outside = (fs.readdirSync(folder, { recursive: true }) as string[])
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => {
      const text = fs.readFileSync(path.join(folder, file), 'utf-8');
      return [...text.matchAll(/ from '([^']+)'/g)]
        .map(([, from]) => from)
        .filter((from) => !from.startsWith('node:'))
        .filter((from) => path.relative(folder, path.join(folder, path.dirname(file), from)).startsWith('..'));
    });
  expect(outside).toEqual([]);
});

/** Answers whatever it is asked with what it was made of, in place of a client of the AWS SDK. */
const FAKE_CLIENT = `
exports.SSMClient = class { constructor(config) { this.config = config; } send(command, options) { return { config: this.config, input: command.input, options }; } };
exports.GetParameterCommand = class { constructor(input) { this.input = input; } };
`;

describe.each(['readiness', 'reconciliation'])('%s calls AWS', (name) => {
  const away = fs.mkdtempSync(path.join(os.tmpdir(), 'handler-'));
  const calls = (): { config: object; input: object }[] => {
    fs.cpSync(path.join(assets, name), away, { recursive: true });
    const client = path.join(away, 'node_modules', '@aws-sdk', 'client-ssm');
    fs.mkdirSync(client, { recursive: true });
    fs.writeFileSync(path.join(client, 'index.js'), FAKE_CLIENT);
    const script = `const { callAws } = require('./aws.js');
      const ask = (region) => callAws(region, 'ssm', 'GetParameter', { Name: 'n' });
      Promise.all([ask('us-west-2'), ask('us-east-1'), ask('us-west-2')]).then((all) => {
        if (all[0].config !== all[2].config) throw new Error('a client is made for each call');
        console.log(JSON.stringify(all));
      });`;
    return JSON.parse(execFileSync(process.execPath, ['-e', script], { cwd: away, encoding: 'utf-8' }));
  };
  afterAll(() => fs.rmSync(away, { recursive: true }));

  test('in the Region that is asked, again when it is throttled, and not for ever where nobody answers', () => {
    const answers = calls();
    expect(answers.map(({ input }) => input)).toEqual(Array(3).fill({ Name: 'n' }));
    expect(answers.map(({ config }) => config)).toEqual(
      ['us-west-2', 'us-east-1', 'us-west-2'].map((region) => ({
        region,
        maxAttempts: 5,
        // without the last the SDK only warns: https://github.com/smithy-lang/smithy-typescript/blob/main/packages/node-http-handler/src/node-http-handler.ts
        requestHandler: { connectionTimeout: 3000, requestTimeout: 10000, throwOnRequestTimeout: true },
      })),
    );
  });
});
