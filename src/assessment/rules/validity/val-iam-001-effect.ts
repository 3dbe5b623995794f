import { entryOf, itemsOf, type Resource, reasonOf, textOf, type Value } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, type RuleOutcome, undecided } from '../rule';

const document = (resource: Resource): Value[] => [resource.property('PolicyDocument')];

const DOCUMENTS: Record<string, (resource: Resource) => readonly Value[]> = {
  'AWS::IAM::Policy': document,
  'AWS::IAM::ManagedPolicy': document,
  'AWS::IAM::Role': (role) => [
    role.property('AssumeRolePolicyDocument'),
    ...itemsOf(role.property('Policies')).map((policy) => entryOf(policy, 'PolicyDocument')),
  ],
  'AWS::KMS::Key': (key) => [key.property('KeyPolicy')],
  'AWS::S3::BucketPolicy': document,
  'AWS::SNS::TopicPolicy': document,
  'AWS::SQS::QueuePolicy': document,
};

function judge(statement: Value): RuleOutcome {
  const effect = entryOf(statement, 'Effect');
  const text = textOf(effect);
  if (text === 'Allow' || text === 'Deny') {
    return PASS;
  }
  return effect.kind === 'unknown' || effect.kind === 'reference' || effect.kind === 'text'
    ? undecided(reasonOf(effect) ?? 'the effect is set at deployment', 'Properties')
    : failed(text === undefined ? 'a statement without an effect' : `effect ${text}`, 'Properties');
}

export const policyEffectIsValid = defineRule({
  id: 'VAL-IAM-001',
  title: 'every policy statement allows or denies',
  severity: 'error',
  scope: 'DEPLOYMENT',
  why: 'a policy with another effect is malformed, and refused',
  fix: 'set Effect to Allow or Deny',
  docs: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_effect.html',
  resourceTypes: Object.keys(DOCUMENTS),
  evaluate: (resource) => {
    const documents = DOCUMENTS[resource.type](resource).filter(({ kind }) => kind !== 'absent');
    const outcomes = documents.flatMap((policy) => itemsOf(entryOf(policy, 'Statement')).map(judge));
    if (outcomes.length === 0) {
      return NOT_APPLICABLE;
    }
    return (
      outcomes.find(({ verdict }) => verdict === 'fail') ??
      outcomes.find(({ verdict }) => verdict === 'unknown') ??
      PASS
    );
  },
});
