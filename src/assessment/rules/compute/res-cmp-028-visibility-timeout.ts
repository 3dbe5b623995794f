import { FailureScope } from '../../../core/failure-scope';
import { numberOf, reasonOf } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';

export const visibilityTimeout = defineRule({
  id: 'RES-CMP-028',
  title: 'a queue hides messages for six times as long as its function may take',
  severity: 'warning',
  scope: FailureScope.COMPONENT,
  why: 'messages that return while they are being processed are processed twice, or given up without a fault of theirs',
  fix: 'set VisibilityTimeout of the queue to six times Timeout of the function',
  docs: 'https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html',
  alsoKnownAs: ['cdk-nag:LambdaEventSourceSQSVisibilityTimeout'],
  resourceTypes: ['AWS::Lambda::EventSourceMapping'],
  evaluate: (mapping) => {
    const queue = mapping.property('EventSourceArn');
    const lambda = mapping.property('FunctionName');
    if (queue.kind !== 'reference' || queue.resource.type !== 'AWS::SQS::Queue') {
      return NOT_APPLICABLE;
    }
    if (lambda.kind !== 'reference' || lambda.resource.type !== 'AWS::Lambda::Function') {
      return undecided('how long its function may take is not in the templates', 'Properties.FunctionName');
    }
    const hidden = queue.resource.property('VisibilityTimeout');
    const takes = lambda.resource.property('Timeout');
    const reason = reasonOf(hidden) ?? reasonOf(takes);
    if (reason !== undefined) {
      return undecided(reason);
    }
    // left out, a queue hides for 30 seconds and a function may take 3
    const [hides, may] = [numberOf(hidden) ?? 30, numberOf(takes) ?? 3];
    return hides >= 6 * may ? PASS : failed(`the queue hides messages for ${hides} s, the function may take ${may} s`);
  },
});
