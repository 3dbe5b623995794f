import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { ResilienceChecks } from '../../src/assessment';
import { aurora, network, web } from '../support/assessment';
import { directoryOf, PackedCli } from '../support/cli';

const packed = new PackedCli();
const inOneFile = new PackedCli().putJudgeIntoOneFile();
const hospital = directoryOf({ 'Hospital.template.json': { Resources: { ...network(3), ...web(3), ...aurora(2) } } });

const HEAVY = /^node_modules\/(aws-cdk-lib|constructs|@aws-cdk|cdk-nag|typescript)\//;

test('can be run by its name: the first line says with what', () => {
  expect(fs.readFileSync(packed.main, 'utf-8').split('\n')[0]).toBe('#!/usr/bin/env node');
});

test('judges JSON templates without loading CDK, or a YAML parser', () => {
  const { code, loaded, out, err } = packed.run('assess', hospital, '--json');
  expect({ code, err }).toEqual({ code: 1, err: '' });
  expect(JSON.parse(out)).toMatchObject({ generator: 'cdk-resilient-ehr 1.2.3' });
  expect(loaded.filter((file) => HEAVY.test(file))).toEqual([]);
  expect(loaded.filter((file) => file.startsWith('node_modules/'))).toEqual([]);
  expect(loaded).toContain('lib/assessment/assess.js');
});

test('loads no rule where none is wanted', () => {
  const { loaded } = packed.run('assess', hospital, '--no-rules');
  expect(loaded.filter((file) => file.startsWith('lib/assessment/rules/'))).toEqual([]);
});

test('judges YAML templates without loading CDK', () => {
  const file = path.join(directoryOf({ 'quiet.yaml': 'Resources: {}' }), 'quiet.yaml');
  const { code, loaded } = packed.run('assess', file);
  expect(code).toBe(0);
  expect(loaded.filter((name) => name.startsWith('node_modules/') && !name.startsWith('node_modules/yaml/'))).toEqual(
    [],
  );
});

test.each(['--version', '--help', '--unknown'])('%s loads none of the judge', (option) => {
  const { loaded } = packed.run(option);
  expect(loaded.filter((file) => file.startsWith('lib/assessment/'))).toEqual([]);
  expect(loaded.filter((file) => file.startsWith('node_modules/'))).toEqual([]);
});

test('does not mind a reader that has seen enough', () => {
  expect(packed.head('assess', hospital, '--json')).toHaveLength(10);
});

describe('the judge in one file, as it is published', () => {
  const yaml = path.join(directoryOf({ 'quiet.yaml': 'Resources: {}' }), 'quiet.yaml');

  test.each([
    ['everything', [hospital, '--json']],
    ['everything, in text', [hospital]],
    ['one scope without rules', [hospital, '--scope', 'REGION', '--no-rules', '--json']],
    ['YAML', [yaml, '--json']],
    ['input that cannot be read', [path.join(hospital, 'nowhere')]],
  ])('says of %s what it says in many', (_, options) => {
    const { loaded, ...said } = inOneFile.run('assess', ...options);
    const { loaded: inMany, ...expected } = packed.run('assess', ...options);
    expect(said).toEqual(expected);
    expect(inMany.length).toBeGreaterThan(loaded.length);
  });

  test('is found at once, and nothing of CDK with it', () => {
    const { loaded } = inOneFile.run('assess', hospital, '--json');
    const ofJudge = loaded.filter((file) => file.startsWith('lib/assessment/'));
    expect(ofJudge.sort()).toEqual(['lib/assessment/judge.js', 'lib/assessment/one-file.js']);
    expect(loaded.filter((file) => file.startsWith('node_modules/'))).toEqual([]);
  });

  test.each([
    'module.exports = {};',
    'exports.folder = __dirname;',
    'exports.rules = import("./rules");',
    'exports.rule = (name) => require("./" + name);',
    'exports.path = require.resolve("./rules");',
  ])('is not made of a module that says %s', (text) => {
    const folder = directoryOf({ 'assessment/odd.js': text });
    const script = path.join(__dirname, '..', '..', 'scripts', 'one-file-judge.js');
    const { status, stderr } = spawnSync(process.execPath, [script, folder], { encoding: 'utf-8' });
    expect({ status, told: /odd\.js has .*, which is another in one file/.test(stderr) }).toEqual({
      status: 1,
      told: true,
    });
    expect(fs.readdirSync(path.join(folder, 'assessment'))).toEqual(['odd.js']);
  });

  test('knows what the plugin checks', () => {
    const ids = inOneFile.checks().map(({ id }) => id);
    expect(ids).toEqual(ResilienceChecks.catalog().map(({ id }) => id));
  });

  test('runs no rule where none is wanted', () => {
    const file = path.join(path.dirname(inOneFile.main), '..', 'assessment', 'one-file.js');
    const text = fs.readFileSync(file, 'utf-8');
    const catalog = '"rules/catalog": (function (exports, require) {';
    fs.writeFileSync(file, text.replace(catalog, `${catalog} throw new Error("rules are loaded");`));
    const [without, withRules] = [['--no-rules'], []].map((options) => inOneFile.run('assess', hospital, ...options));
    fs.writeFileSync(file, text);
    expect(without.err).toBe('');
    expect(withRules.err).toContain('rules are loaded');
  });
});
