import { known, type Resource, referencesIn, textOf, type Value } from '../model';
import type { Graph } from './graph';

/** The bucket that an ARN names or refers to. */
export function bucketOf(arn: Value, graph: Graph): Resource | undefined {
  const [reference] = referencesIn(arn);
  return reference ? reference.resource : graph.named('AWS::S3::Bucket', 'BucketName', nameInBucketArn(arn));
}

/** What follows `arn:aws:s3:::`, without the keys of objects. */
function nameInBucketArn(arn: Value): Value {
  const bare = (text: string) => text.replace(/^arn:[^:]*:s3:::/, '').replace(/\/.*$/, '');
  if (arn.kind !== 'text') {
    const text = textOf(arn);
    return text === undefined ? arn : known(bare(text));
  }
  const key = arn.parts.findIndex((part) => typeof part === 'string' && part.includes('/'));
  const parts = (key < 0 ? arn.parts : arn.parts.slice(0, key + 1))
    .map((part) => (typeof part === 'string' ? bare(part) : part))
    .filter((part) => part !== '');
  const [only] = parts;
  return parts.length === 1 && typeof only === 'string' ? known(only) : { ...arn, parts };
}
