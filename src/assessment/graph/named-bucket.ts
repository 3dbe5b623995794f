import { known, type Resource, referencesIn, textOf, type Value } from '../model';
import type { Graph } from './graph';

/** The bucket that an ARN names or refers to. */
export function bucketOf(arn: Value, graph: Graph): Resource | undefined {
  const [reference] = referencesIn(arn);
  return reference ? reference.resource : graph.named('AWS::S3::Bucket', 'BucketName', nameInBucketArn(arn));
}

/** What follows `arn:aws:s3:::`, without the keys of objects. */
function nameInBucketArn(arn: Value): Value {
  const parts = arn.kind === 'text' ? arn.parts : [textOf(arn) ?? arn];
  const end = parts.findIndex((part) => typeof part === 'string' && part.includes('/'));
  const name = (end < 0 ? parts : parts.slice(0, end + 1))
    .map((part) => (typeof part === 'string' ? part.replace(/^arn:[^:]*:s3:::/, '').replace(/\/.*$/, '') : part))
    .filter((part) => part !== '');
  const [only = ''] = name;
  return name.length > 1 ? { kind: 'text', parts: name } : typeof only === 'string' ? known(only) : only;
}
