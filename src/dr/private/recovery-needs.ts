import { Lazy, Stack, Token } from 'aws-cdk-lib';
import type { MultiAzClinicalApp } from '../../app';
import { NeedPresence, type RecoveryNeed, ResilienceMetadata } from '../../core';
import { warn } from '../../core/private/warnings';
import type { CrossRegionDr } from '../cross-region-dr';
import { platformNeeds } from './platform-needs';
import { asText, renderedResources } from './rendered-resources';
import { isRestore } from './restoration';
import {
  asToken,
  type EcrImage,
  environmentFilesOf,
  imagesOf,
  logGroupsOf,
  type NeededImage,
  type NeededValue,
  settingsOf,
  valuesOf,
} from './startup-needs';

const { MADE, REPLICATED, EXPECTED, ELSEWHERE, PRIMARY_ONLY } = NeedPresence;

/**
 * Everything the system starts with in the recovery Region, and where it is, read from what was made for it there. Nothing of it may live
 * only in the primary Region: it would be missing in the one hour it is for (HL7 EHR-S FM TI.8, and static stability).
 */
export function recoveryNeeds(dr: CrossRegionDr): RecoveryNeed[] {
  const side = dr._recovery;
  return side === undefined
    ? []
    : [
        ...imagesOf(side).map((image) => imageNeed(dr, image)),
        ...valuesOf(side).map((value) => valueNeed(dr, side, value)),
        ...certificatesOf(side).map((arn) => certificateNeed(dr, arn)),
        ...environmentFilesOf(side).map((name) => ({
          kind: 'environment file',
          name: nameOf(dr, asToken(name)),
          ...INSCRUTABLE,
        })),
        ...logGroupsOf(side).map(({ name, region }) => logGroupNeed(dr, nameOf(dr, asToken(name)), region)),
        ...platformNeeds(dr, side),
        ...storeNeeds(dr, side),
        ...keyNeeds(dr, side),
        ...side.ingress.map(({ entryPoint, routing }) => ({
          kind: 'name',
          name: entryPoint.address,
          ...(routing
            ? {
                presence: REPLICATED,
                source: 'records for both Regions are in Amazon Route 53, which answers from many places',
              }
            : { presence: ELSEWHERE, source: 'your own DNS has to lead here' }),
        })),
      ];
}

/** The name of an object in Amazon S3 does not tell its Region. */
const INSCRUTABLE = { presence: EXPECTED, source: 'Amazon S3, in a bucket that has to be of this Region' };

/** Tell whoever reads the template, and refuse to write it where something would be lost with the primary Region. */
export function declareNeeds(dr: CrossRegionDr): void {
  if (!dr._recovery) {
    return;
  }
  let validated: RecoveryNeed[] | undefined; // nothing is added between validation and the template, and to list them takes time
  ResilienceMetadata._addRecoveryNeeds(dr, Lazy.any({ produce: () => validated ?? recoveryNeeds(dr) }));
  for (const { path, mention } of mentionsOfPrimary(dr, dr._recovery)) {
    warn(
      dr,
      'startNamesLostRegion',
      `${path} names ${mention}: while ${dr.primaryRegion} is lost, what starts here asks it in vain; name what is in ${dr.recoveryRegion}, or acknowledge this with why it starts without`,
    );
  }
  // at the end, because containers and listeners may still be added
  dr.node.addValidation({
    validate: () => {
      validated = recoveryNeeds(dr);
      return refusals(dr, validated);
    },
  });
}

function refusals(dr: CrossRegionDr, listed: RecoveryNeed[]): string[] {
  const added = dr._recovery ? listenerCertificates(dr._recovery).map((arn) => certificateNeed(dr, arn)) : [];
  const late = added.filter(({ name }) => !listed.some((need) => need.name === name));
  return [...listed, ...late]
    .filter(({ presence }) => presence === PRIMARY_ONLY)
    .map(
      ({ kind, name, source }) =>
        `the ${kind} ${name} is in ${dr.primaryRegion} only, and tasks in ${dr.recoveryRegion} would need it to start while ${dr.primaryRegion} is lost; ${source} [NeedsLostRegion at ${dr.node.path}]`,
    );
}

function imageNeed(dr: CrossRegionDr, { reference, registry }: NeededImage): RecoveryNeed {
  const need = { kind: 'image', name: shortened(dr, reference, registry) };
  if (!registry) {
    return { ...need, presence: ELSEWHERE, source: 'a registry of somebody else, without which no task starts' };
  }
  const { region, repository } = registry;
  if (region === dr.primaryRegion) {
    return { ...need, presence: PRIMARY_ONLY, source: 'replicate its repository, and name it with ReplicatedImage' };
  }
  if (region !== dr.recoveryRegion) {
    return { ...need, presence: ELSEWHERE, source: `Amazon ECR in ${region}, a third Region` };
  }
  return /\bcdk-[a-z0-9]+-container-assets-/.test(nameOf(dr, repository))
    ? { ...need, presence: MADE, source: 'pushed to Amazon ECR of this Region by each deployment' }
    : {
        ...need,
        presence: EXPECTED,
        source: 'Amazon ECR of this Region, by replication of the registry or by a pipeline',
      };
}

function valueNeed(dr: CrossRegionDr, side: MultiAzClinicalApp, { kind, region, id }: NeededValue): RecoveryNeed {
  const name = nameOf(dr, id);
  if (region === dr.primaryRegion) {
    return {
      kind,
      name,
      presence: PRIMARY_ONLY,
      source: `give AppSecret.${kind === 'secret' ? 'fromSecretName' : 'fromParameterName'} with one in each Region`,
    };
  }
  if (region !== dr.recoveryRegion) {
    return { kind, name, presence: ELSEWHERE, source: `read in ${region}, a third Region` };
  }
  return side.database?.promoteCommand && id === side.database.rotatedSecretName
    ? { kind, name, presence: REPLICATED, source: 'by AWS Secrets Manager, from the primary Region' }
    : { kind, name, presence: EXPECTED, source: 'by its name, in this Region' };
}

/** Those of the ways in. */
function certificatesOf({ ingress }: MultiAzClinicalApp): string[] {
  return [...new Set(ingress.flatMap(({ _certificate }) => _certificate?.certificateArn ?? []))];
}

/** Those of the listeners, with any that was added to them since. */
function listenerCertificates(side: MultiAzClinicalApp): string[] {
  const listeners = renderedResources(side, [
    'AWS::ElasticLoadBalancingV2::Listener',
    'AWS::ElasticLoadBalancingV2::ListenerCertificate',
  ]);
  return listeners.flatMap(({ properties }) =>
    ((properties.Certificates ?? []) as { readonly CertificateArn?: unknown }[]).flatMap(({ CertificateArn }) =>
      typeof CertificateArn === 'string' ? [CertificateArn] : [],
    ),
  );
}

function certificateNeed(dr: CrossRegionDr, arn: string): RecoveryNeed {
  const kind = 'certificate';
  if (Token.isUnresolved(arn)) {
    return { kind, name: nameOf(dr, arn), presence: MADE, source: 'proved in DNS by a stack of this Region' };
  }
  const region = arn.split(':')[3];
  return region === dr.recoveryRegion
    ? { kind, name: arn, presence: EXPECTED, source: 'by its ARN, in this Region' }
    : {
        kind,
        name: arn,
        presence: PRIMARY_ONLY,
        source: 'give recovery: { certificate } with one of the recovery Region',
      };
}

function logGroupNeed(dr: CrossRegionDr, name: string, region: string): RecoveryNeed {
  const need = { kind: 'log group', name };
  if (region === dr.primaryRegion) {
    return { ...need, presence: PRIMARY_ONLY, source: 'log to a group of the recovery Region' };
  }
  return name.startsWith('<')
    ? { ...need, presence: MADE, source: 'by the stack of this Region' }
    : { ...need, presence: EXPECTED, source: 'by its name, in this Region' };
}

function storeNeeds(dr: CrossRegionDr, side: MultiAzClinicalApp): RecoveryNeed[] {
  const copied = isRestore(dr.strategy)
    ? { presence: MADE, source: 'made from a recovery point that was copied to this Region' }
    : { presence: REPLICATED, source: 'a live copy, fed from the primary Region' };
  const named = (kind: string, stores: object) => Object.keys(stores).map((name) => ({ kind, name, ...copied }));
  return [
    ...(side.database ? named('database', { [side.systemName]: side.database }) : []),
    ...named('table', side.tables),
    ...named('file share', side.files).map((need) => ({ ...need, ...declaredCopy(dr, need.name) })),
    ...(side.documents
      ? [
          {
            kind: 'bucket',
            name: 'documents',
            presence: REPLICATED,
            source: 'by Amazon S3, to the bucket of the landing stack',
          },
        ]
      : []),
    ...(side.cache
      ? [
          {
            kind: 'cache',
            name: side.systemName,
            ...(side.cache.promoteCall ? copied : { presence: MADE, source: 'its own, which starts empty' }),
          },
        ]
      : []),
  ];
}

/** What the hospital says of a file share; nobody here can see it. */
function declaredCopy({ _declared }: CrossRegionDr, name: string): Partial<RecoveryNeed> {
  const declared = _declared[name];
  return declared
    ? { presence: EXPECTED, source: `declared: ${declared.means}, watched by ${declared.watchedBy}` }
    : {};
}

function keyNeeds(dr: CrossRegionDr, side: MultiAzClinicalApp): RecoveryNeed[] {
  const made = renderedResources(side, ['AWS::KMS::Key']).length + 1; // and that of the landing
  return [
    { kind: 'keys', name: `${made} of AWS KMS`, presence: MADE, source: `by the stacks of ${dr.recoveryRegion}` },
  ];
}

/** Addresses and ARNs of the primary Region in settings and commands; images, secrets and logs are told of more exactly. */
function mentionsOfPrimary(dr: CrossRegionDr, side: MultiAzClinicalApp): { path: string; mention: string }[] {
  const { primaryRegion: region } = dr;
  const host = `[a-z0-9.-]*\\b${region}\\.(?:[a-z0-9-]+\\.)*(?:amazonaws\\.com(?:\\.cn)?|on\\.aws|api\\.aws)\\b`;
  const pattern = new RegExp(`${host}|arn:[^:\\s]+:[a-z0-9-]+:${region}:[^\\s"',]*`, 'g');
  return settingsOf(side).flatMap(({ path, texts }) =>
    [...new Set(texts.flatMap((text) => text.match(pattern) ?? []))].map((mention) => ({ path, mention })),
  );
}

/** Digests are long, and the first characters tell them apart; a registry of Amazon ECR is told by its Region. */
function shortened(dr: CrossRegionDr, reference: string, registry?: EcrImage): string {
  const name = registry
    ? `${nameOf(dr, registry.repository)}${registry.digest ? `@${registry.digest}` : `:${registry.tag}`}`
    : reference;
  return name.replace(/((?:@sha256|:)[:]?[0-9a-f]{12})[0-9a-f]{52}$/, '$1…');
}

/** What is only known at deployment in angle brackets: the text goes into a parameter, where nothing would put it in. */
function nameOf(dr: CrossRegionDr, value: string): string {
  return asText(Stack.of(dr).resolve(value)).replace(/\$\{([^}]*)\}/g, '<$1>');
}
