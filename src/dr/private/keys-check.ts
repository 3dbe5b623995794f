import type * as kms from 'aws-cdk-lib/aws-kms';
import type { Outlook, ReadinessCheck } from './readiness-check';

/** The customer keys of this Region, each once, with what it encrypts. One that is about to be deleted takes that with it. */
export function keysCheck(outlook: Outlook): ReadinessCheck | undefined {
  const uses = new Map<string, string[]>();
  for (const [of, { keyArn }] of keysOf(outlook)) {
    uses.set(keyArn, [...(uses.get(keyArn) ?? []), of]);
  }
  const keys = [...uses].map(([arn, of]) => ({ arn, of: of.join(', ') }));
  return keys.length === 0
    ? undefined
    : {
        name: 'Keys',
        meaning: 'a customer key that data of this Region is encrypted with is disabled, or about to be deleted',
        wanted: { keys },
        rights: [{ actions: ['kms:DescribeKey'], resources: keys.map(({ arn }) => arn) }],
      };
}

function keysOf({ dr, region, side }: Outlook): [of: string, key: kms.IKey][] {
  const { landing, recoveryRegion } = dr;
  const named = (kind: string, stores: { [name: string]: { readonly encryptionKey: kms.IKey } }) =>
    Object.entries(stores).map(([name, { encryptionKey }]): [string, kms.IKey] => [`${kind} ${name}`, encryptionKey]);
  const { database, documents, files = {}, tables = {}, cache, backup } = side ?? {};
  return [
    ...(region === recoveryRegion ? named('what lands', { here: { encryptionKey: landing.importedKey } }) : []),
    ...(database ? named('the', { database }) : []),
    ...(documents ? named('the', { documents }) : []),
    ...named('file share', files),
    ...named('table', tables),
    ...(cache ? named('the', { cache }) : []),
    ...(backup ? named('the', { backups: backup }) : []),
  ];
}
