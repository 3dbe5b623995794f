import * as fs from 'node:fs';
import * as path from 'node:path';
import { aurora, network, web } from '../support/assessment';
import { directoryOf, PackedCli } from '../support/cli';

const packed = new PackedCli();
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
