import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { RecoveryRunbook, SourceCopies, type SourceCopiesProps } from '../../src';
import { type HospitalOptions, hospital } from '../support/hospital';

const ACCOUNT = '111122223333';
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'source-'));
const files = {
  'cdk.json': '{}',
  'cdk.context.json': '{}',
  'bin/app.ts': '// an app',
  '.env.production': 'PASSWORD=x',
  'keys/vendor.pem': '-----BEGIN PRIVATE KEY-----',
  'node_modules/left/index.js': '',
  '.git/HEAD': '',
  'built/app.js': '',
};
for (const [name, text] of Object.entries(files)) {
  fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
  fs.writeFileSync(path.join(folder, name), text);
}
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

function copied(props: Partial<SourceCopiesProps> = {}, options: HospitalOptions = {}) {
  const made = hospital({ primaryAccount: ACCOUNT, recoveryAccount: ACCOUNT, ...options });
  const copies = new SourceCopies(made.recoveryStack, 'Source', { dr: made.dr, path: folder, ...props });
  return { ...made, copies };
}

/** Folders that a stack has uploaded when it is deployed, with where to. */
function uploadsOf(directory: string, stackId: string) {
  const { files: assets } = JSON.parse(fs.readFileSync(path.join(directory, `${stackId}.assets.json`), 'utf-8'));
  return Object.values<{ source: { path: string; packaging: string }; destinations: object }>(assets)
    .filter(({ source }) => source.packaging === 'zip' && fs.existsSync(path.join(directory, source.path, 'cdk.json')))
    .map(({ source, destinations }) => ({
      from: path.join(directory, source.path),
      to: Object.values<{ bucketName: string; region: string }>(destinations as never)[0],
    }));
}

describe('the source of an app', () => {
  const { app, stack, dr, copies } = copied(
    { exclude: ['/built'] },
    { appProps: { outdir: path.join(folder, 'out') } },
  );
  const { directory } = app.synth();
  const uploads = [stack, dr.landing.stack].map(({ artifactId }) => uploadsOf(directory, artifactId));

  test('is uploaded into each Region by the deployment of that Region alone', () => {
    expect(uploads.map((each) => each.map(({ to }) => to.bucketName))).toEqual([
      [`cdk-hnb659fds-assets-${ACCOUNT}-us-east-1`],
      [`cdk-hnb659fds-assets-${ACCOUNT}-us-west-2`],
    ]);
  });

  test('is what somebody needs to deploy, without packages, credentials, or the assembly it is written into', () => {
    const [[{ from }]] = uploads;
    expect(fs.readdirSync(from, { recursive: true }).sort()).toEqual([
      'bin',
      'bin/app.ts',
      'cdk.context.json',
      'cdk.json',
      'keys',
    ]);
  });

  test.each([
    ['us-east-1', stack],
    ['us-west-2', dr.landing.stack],
  ])('its address is in a parameter of %s', (region, side) => {
    const [{ Properties }] = Object.values(
      Template.fromStack(side).findResources('AWS::SSM::Parameter', { Properties: { Name: '/hapi-fhir/source' } }),
    );
    expect(Properties.Value).toMatch(`s3://cdk-hnb659fds-assets-${ACCOUNT}-${region}/`);
  });

  test('is fetched by one command that asks the recovery Region alone', () => {
    expect(copies.fetchCommand).toMatch(
      /^aws s3 cp --region us-west-2 "\$\(aws ssm get-parameter --region us-west-2 --name \/hapi-fhir\/source /,
    );
    expect(copies.fetchCommand).not.toContain('us-east-1');
    Template.fromStack(dr.landing.stack).hasOutput('FetchSource', { Value: copies.fetchCommand });
  });
});

describe('the runbook says how to come by it, where it says to deploy', () => {
  const deploying = (made: ReturnType<typeof hospital>) => {
    const { markdown } = new RecoveryRunbook(made.recoveryStack, 'Runbook', { dr: made.dr, decidedBy: 'somebody' });
    return markdown.split('\n').find((line) => line.includes('Deploy with activeRegion set to us-west-2'));
  };

  test('with a copy', () => {
    const made = copied();
    expect(deploying(made)).toContain(`Without a checkout: ${made.copies.fetchCommand}`);
  });

  test('and nothing without one', () => {
    expect(deploying(hospital())).not.toContain('Without a checkout');
  });
});

describe('fails', () => {
  test('when there is no such folder', () => {
    expect(() => copied({ path: '/nowhere' })).toThrow(
      'path must be a folder, got "/nowhere"; give that of the app [InvalidSourceCopies at EhrDr/Source]',
    );
  });

  test('when nobody could deploy from it', () => {
    expect(() => copied({ path: path.join(folder, 'bin') })).toThrow(/path must be the folder that cdk\.json is in/);
  });
});
