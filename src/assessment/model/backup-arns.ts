import type { Resource } from './resource';
import { reasonOf, referencesIn, type Value } from './value';

interface Kind {
  readonly service: string;
  /** What stands before the name in the last field of the ARN. */
  readonly prefix: string;
  readonly name?: string;
}

const CLUSTER: Kind = { service: 'rds', prefix: 'cluster:', name: 'DBClusterIdentifier' };

/** How the ARNs of what AWS Backup protects look. */
const KINDS: Readonly<Record<string, Kind>> = {
  'AWS::RDS::DBCluster': CLUSTER,
  'AWS::DocDB::DBCluster': CLUSTER,
  'AWS::Neptune::DBCluster': CLUSTER,
  'AWS::RDS::DBInstance': { service: 'rds', prefix: 'db:', name: 'DBInstanceIdentifier' },
  'AWS::DynamoDB::Table': { service: 'dynamodb', prefix: 'table/', name: 'TableName' },
  'AWS::DynamoDB::GlobalTable': { service: 'dynamodb', prefix: 'table/', name: 'TableName' },
  'AWS::DSQL::Cluster': { service: 'dsql', prefix: 'cluster/' },
  'AWS::EFS::FileSystem': { service: 'elasticfilesystem', prefix: 'file-system/' },
  'AWS::FSx::FileSystem': { service: 'fsx', prefix: 'file-system/' },
  'AWS::FSx::Volume': { service: 'fsx', prefix: 'volume/' },
  'AWS::EC2::Volume': { service: 'ec2', prefix: 'volume/' },
  'AWS::EC2::Instance': { service: 'ec2', prefix: 'instance/' },
  'AWS::S3::Bucket': { service: 's3', prefix: '', name: 'BucketName' },
};

/** Stands for what only deployment knows. */
const HOLE = '\u0002';

/** Whether an ARN, or a pattern of ARNs, names a resource: true, false, or why that is not decided. */
export function matchesArn(arn: Value, resource: Resource): boolean | string {
  if (arn.kind === 'reference') {
    return arn.resource === resource && /arn$/i.test(arn.attribute);
  }
  if (arn.kind === 'unknown') {
    return arn.reason;
  }
  const references = referencesIn(arn);
  if (references.length > 0 && references.every((reference) => reference.resource !== resource)) {
    return false; // the name of another resource
  }
  const kind = KINDS[resource.type];
  const pattern = written(arn);
  if (pattern === '*' || kind === undefined) {
    return pattern === '*';
  }
  const [service, last] = partsOf(pattern);
  if (references.length > 0) {
    return service === kind.service && last === kind.prefix + resource.id.replaceAll(':', '');
  }
  const name = resource.property(kind.name ?? '');
  // `db:` around the name of a cluster selects nothing, though it looks as if it did
  if (!stands(service, kind.service) || !stands(last, kind.prefix + nameOf(resource, kind))) {
    const mayBe = name.kind === 'unknown' && stands(service, kind.service) && last.startsWith(kind.prefix);
    return mayBe ? name.reason : false;
  }
  return last.includes(HOLE) ? (reasonOf(arn) ?? 'an ARN that is not decided') : true;
}

/** What an ARN names exactly, without wildcards and holes: equal for equal names. */
export function exactNameIn(arn: Value): string | undefined {
  const pattern = written(arn);
  return pattern === '' || WILDCARDS.test(pattern) ? undefined : partsOf(pattern).join(' ').toLowerCase();
}

/** What an ARN of a resource with a name of its own would name. */
export function exactNameOf(resource: Resource): string | undefined {
  const kind = KINDS[resource.type];
  const name = kind?.name === undefined ? '' : written(resource.property(kind.name));
  return name === '' || WILDCARDS.test(name) ? undefined : `${kind.service} ${kind.prefix}${name}`.toLowerCase();
}

/** Whether deployment decides its name, so that any exact name may be its own. */
export function hasUndecidedName(resource: Resource): boolean {
  const name = KINDS[resource.type]?.name;
  return name !== undefined && resource.property(name).kind === 'unknown';
}

/** The service of an ARN, and what it names there. */
function partsOf(arn: string): [string, string] {
  const [, , service = '', , , ...last] = arn.split(':');
  return [service, last.join(':')];
}

/** A value as text. The account of the deployment is the same everywhere; other gaps are holes. */
function written(value: Value): string {
  const parts = value.kind === 'text' ? value.parts : value.kind === 'known' ? [String(value.value)] : [];
  return parts
    .map((part) => {
      if (typeof part === 'string') {
        return part;
      }
      const same = part.kind === 'reference' ? part.resource.id : part.symbol;
      return same === undefined ? HOLE : same.replaceAll(':', '');
    })
    .join('');
}

/** Its name as an ARN would write it: given, or generated and known by its reference only. */
function nameOf(resource: Resource, { name }: Kind): string {
  const given = name === undefined ? '' : written(resource.property(name));
  return given === '' ? resource.id.replaceAll(':', '') : given;
}

/** Whether a text is one of those that a pattern stands for. */
function stands(pattern: string, text: string): boolean {
  if (!WILDCARDS.test(pattern)) {
    return pattern.toLowerCase() === text.toLowerCase(); // the common case, and no pattern to build
  }
  const source = [...pattern].map((character) => WILD[character] ?? character.replace(/[\\^$.+()[\]{}|]/g, '\\$&'));
  return new RegExp(`^${source.join('')}$`, 'i').test(text);
}

const WILDCARDS = new RegExp(`[*?${HOLE}]`);
const WILD: Readonly<Record<string, string>> = { '*': '.*', '?': '.', [HOLE]: '.*' };
