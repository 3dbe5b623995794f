import * as fs from 'node:fs';
import * as path from 'node:path';
import { parseTemplateText } from '../../src/assessment/judge';
import { isObject } from './mutant';

const FOLDER = path.join(__dirname, 'designs');
const ACCOUNT = '111122223333';

/** A template of a design, where it goes and what it is given. */
interface Part {
  readonly file: string;
  readonly region: string;
  readonly parameters?: Readonly<Record<string, string>>;
}

/**
 * Designs that nothing of this library made, written as public projects write theirs: whole templates in YAML, with parameters,
 * mappings and conditions, and what such projects leave out left out.
 */
export const DESIGNS: Readonly<Record<string, readonly Part[]>> = {
  'three-tier': [{ file: 'three-tier.yaml', region: 'us-east-1' }],
  containers: [{ file: 'containers.yaml', region: 'us-east-1' }],
  serverless: [
    { file: 'serverless.us-east-1.yaml', region: 'us-east-1' },
    { file: 'serverless.us-west-2.yaml', region: 'us-west-2' },
  ],
  windows: [{ file: 'windows.yaml', region: 'us-east-1' }],
  'two-regions': [
    { file: 'two-regions.yaml', region: 'us-east-1', parameters: { Role: 'primary' } },
    { file: 'two-regions.yaml', region: 'us-west-2', parameters: { Role: 'secondary' } },
    { file: 'two-regions-plan.yaml', region: 'us-east-1' },
  ],
  hub: [{ file: 'hub.yaml', region: 'us-east-1' }],
};

/** Writes a design as a cloud assembly: templates in JSON, and a manifest that says where they go. */
export function writeDesign(name: string, outdir: string): void {
  const artifacts = DESIGNS[name].map(({ file, region, parameters = {} }) => {
    const stack = `${path.basename(file, '.yaml').replace(/\..*/, '')}-${region}`;
    const template = parseTemplateText(fs.readFileSync(path.join(FOLDER, file), 'utf-8'), file);
    for (const [parameter, value] of Object.entries(parameters)) {
      const definition = isObject(template.Parameters) ? template.Parameters[parameter] : undefined;
      if (isObject(definition)) definition.Default = value;
    }
    fs.writeFileSync(path.join(outdir, `${stack}.template.json`), JSON.stringify(template));
    const properties = { templateFile: `${stack}.template.json`, stackName: stack };
    return [stack, { type: 'aws:cloudformation:stack', environment: `aws://${ACCOUNT}/${region}`, properties }];
  });
  const manifest = { version: '36.0.0', artifacts: Object.fromEntries(artifacts) };
  fs.writeFileSync(path.join(outdir, 'manifest.json'), JSON.stringify(manifest));
}
