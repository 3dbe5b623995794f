import { known, type Resource, referencesIn, textOf, type Value } from '../model';
import type { Graph } from './graph';

/** The bucket that an ARN names or refers to. */
export function bucketOf(arn: Value, graph: Graph): Resource | undefined {
  const [reference] = referencesIn(arn);
  return reference ? reference.resource : graph.named('AWS::S3::Bucket', 'BucketName', nameInBucketArn(arn));
}

/** What follows `arn:aws:s3:::`. */
function nameInBucketArn(arn: Value): Value {
  const bare = (text: string) => text.replace(/^arn:[^:]*:s3:::/, '');
  if (arn.kind === 'text') {
    const [first, ...rest] = arn.parts;
    return { ...arn, parts: [typeof first === 'string' ? bare(first) : first, ...rest] };
  }
  const text = textOf(arn);
  return text === undefined ? arn : known(bare(text));
}
