import { type Resource, reasonOf, referencesIn, type Value } from '../../model';

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
  'AWS::EFS::FileSystem': { service: 'elasticfilesystem', prefix: 'file-system/' },
  'AWS::FSx::FileSystem': { service: 'fsx', prefix: 'file-system/' },
  'AWS::EC2::Volume': { service: 'ec2', prefix: 'volume/' },
  'AWS::EC2::Instance': { service: 'ec2', prefix: 'instance/' },
  'AWS::S3::Bucket': { service: 's3', prefix: '', name: 'BucketName' },
};

/** Stands for the name of the resource itself, and for what deployment decides. */
const ITSELF = '\u0001';
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
  const pattern = written(arn, resource);
  if (pattern === '*' || pattern === '' || kind === undefined) {
    return pattern === '*';
  }
  const [, , service = '', , , ...rest] = pattern.split(':');
  const last = rest.join(':');
  // `db:` around the name of a cluster selects nothing, though it looks as if it did
  if (!asPattern(service).test(kind.service) || !asPattern(last).test(kind.prefix + nameOf(resource, kind))) {
    return false;
  }
  return last.includes(HOLE) && !last.includes(ITSELF) ? (reasonOf(arn) ?? 'an ARN that is not decided') : true;
}

/** The ARN as text. */
function written(arn: Value, resource: Resource): string {
  const parts = arn.kind === 'text' ? arn.parts : arn.kind === 'known' ? [String(arn.value)] : [];
  return parts
    .map((part) => {
      if (typeof part === 'string') {
        return part;
      }
      return part.kind === 'unknown'
        ? HOLE
        : part.resource === resource
          ? ITSELF
          : part.resource.id.replaceAll(':', '');
    })
    .join('');
}

/** The name it is given, or a stand-in that only itself and wildcards match. */
function nameOf(resource: Resource, { name }: Kind): string {
  const given = name === undefined ? undefined : resource.property(name);
  return given?.kind === 'known' ? String(given.value) : ITSELF;
}

function asPattern(text: string): RegExp {
  const source = [...text].map((character) => WILD[character] ?? character.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return new RegExp(`^${source.join('')}$`, 'i');
}

const WILD: Readonly<Record<string, string>> = { '*': '.*', [HOLE]: '.*', [ITSELF]: '.+' };
