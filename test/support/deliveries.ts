import type { DeployedResource } from './deployed';
import { type Decision, decide, type Request, type Statement } from './policy-simulator';

/** Something that a template makes send to a topic, a queue or a bus, or start something. */
export interface Delivery {
  readonly sender: DeployedResource;
  readonly target: string;
  /** A service, or the role it does so with. */
  readonly principal: Request['principal'];
  readonly action: string;
  /** Condition keys the service sends to the target. */
  readonly context: Record<string, string>;
  /** Condition keys it sends to AWS KMS for the target's key. */
  readonly keyContext: Record<string, string>;
}

/** A delivery that would be lost, and whose policy loses it. */
export interface Lost {
  readonly delivery: Delivery;
  readonly policy: 'target' | 'key';
  readonly decision: Decision;
}

type Sender = (resource: DeployedResource) => Delivery[];

/** What each kind of resource sends to. Principals and condition keys as the pages say that are named. */
const SENDERS: Record<string, Sender | undefined> = {
  // https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services
  'AWS::CloudWatch::Alarm': alarm,
  'AWS::CloudWatch::CompositeAlarm': alarm,
  // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html: no condition keys for Amazon SNS
  'AWS::Events::Rule': rule,
  // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Events.GrantingPermissions.html
  'AWS::RDS::EventSubscription': (resource) => [
    byService(resource, resource.properties.SnsTopicArn, 'events.rds.amazonaws.com', sourceOf(resource)),
  ],
  // https://docs.aws.amazon.com/aws-backup/latest/devguide/backup-notifications.html
  'AWS::Backup::BackupVault': (resource) =>
    addresses(resource.properties.Notifications).map((topic) =>
      byService(resource, topic, 'backup.amazonaws.com', { 'aws:SourceAccount': resource.account }),
    ),
  // https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-sns-policy.html
  'AWS::Budgets::Budget': (resource) =>
    addresses(resource.properties.NotificationsWithSubscribers).map((topic) =>
      byService(resource, topic, 'budgets.amazonaws.com', sourceOf(resource)),
    ),
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/grant-destinations-permissions-to-s3.html
  'AWS::S3::Bucket': (resource) =>
    addresses(resource.properties.NotificationConfiguration).map((target) =>
      byService(resource, target, 's3.amazonaws.com', sourceOf(resource)),
    ),
  // https://docs.aws.amazon.com/sns/latest/dg/subscribe-sqs-queue-to-sns-topic.html and .../sns-configure-dead-letter-queue.html
  'AWS::SNS::Subscription': (resource) =>
    addresses([resource.properties.Endpoint, resource.properties.RedrivePolicy]).map((queue) =>
      byService(resource, queue, 'sns.amazonaws.com', { 'aws:SourceArn': resource.properties.TopicArn as string }),
    ),
  'AWS::Lambda::Function': (resource) =>
    addresses(resource.properties.DeadLetterConfig).map((queue) => byRole(resource, queue, resource.properties.Role)),
  'AWS::StepFunctions::StateMachine': (resource) =>
    addresses(resource.properties.DefinitionString).map((topic) =>
      byRole(resource, topic, resource.properties.RoleArn),
    ),
};

/** Every delivery that resources of these kinds make. */
export function deliveriesOf(resources: DeployedResource[]): Delivery[] {
  return resources.flatMap((resource) => SENDERS[resource.type]?.(resource) ?? []);
}

/** What names a topic or a queue without sending to it: policies, and what reads. */
const NO_SENDERS =
  /::(Topic|Queue|Policy|ManagedPolicy|ResourcePolicy|TopicPolicy|QueuePolicy|Role|Key|Dashboard)$|::Chatbot::/;

/** Resources that name a topic or a queue and are none of the senders above: what they send would go unjudged. */
export function unjudged(resources: DeployedResource[]): string[] {
  return resources
    .filter(({ type, properties }) => !SENDERS[type] && !NO_SENDERS.test(type) && addresses(properties).length > 0)
    .map(({ stack, logicalId, type }) => `${stack}/${logicalId} ${type}`);
}

/** Deliveries that a policy of the target, of its key or of the sender's role would lose. */
export function lostDeliveries(resources: DeployedResource[]): Lost[] {
  return deliveriesOf(resources).flatMap((delivery) => {
    const { principal, action, context, keyContext } = delivery;
    const target = resources.find(({ arn }) => arn === delivery.target);
    if (!target && 'service' in principal) return []; // of another account, or imported: its owner decides
    const own = ownStatements(resources, principal);
    const judge = (policy: Lost['policy'], statements: Statement[], request: Request): Lost[] => {
      const decision = together(decide(statements, request), own && decide(own, request));
      return decision === 'allowed' ? [] : [{ delivery, policy, decision }];
    };
    const secure = { 'aws:SecureTransport': 'true', ...context };
    const request = { principal, action, resource: delivery.target, context: secure };
    const lost = judge('target', target ? policyOf(resources, target) : [], request);
    const key = target && keyOf(resources, target);
    if (!key) return lost;
    const { Statement: keyPolicy } = key.properties.KeyPolicy as { Statement: Statement[] };
    const uses = ['kms:GenerateDataKey', 'kms:Decrypt'].flatMap((use) =>
      judge('key', keyPolicy, { principal, action: use, resource: key.arn, context: keyContext }),
    );
    return [...lost, ...uses];
  });
}

/** Within one account either policy may allow, and neither may deny. */
function together(ofTarget: Decision, ofRole: Decision | undefined): Decision {
  const decisions = [ofTarget, ofRole];
  if (decisions.includes('explicitly denied')) return 'explicitly denied';
  if (ofRole === undefined) return ofTarget;
  return decisions.includes('allowed') ? 'allowed' : 'implicitly denied';
}

/** What the role of a sender may do; none for a service, which has no policy but the target's. */
function ownStatements(resources: DeployedResource[], principal: Request['principal']): Statement[] | undefined {
  if ('service' in principal) return undefined;
  const role = resources.find(({ arn }) => arn === principal.aws);
  if (!role) throw new Error(`no role ${principal.aws}`);
  return resources
    .filter(({ type, stack }) => /::IAM::(Managed)?Policy$/.test(type) && stack === role.stack)
    .filter(({ properties }) => ((properties.Roles ?? []) as unknown[]).includes(role.logicalId))
    .flatMap(({ properties }) => (properties.PolicyDocument as { Statement: Statement[] }).Statement);
}

function keyOf(resources: DeployedResource[], { stack, properties }: DeployedResource): DeployedResource | undefined {
  return resources.find(
    (key) =>
      key.type === 'AWS::KMS::Key' &&
      [key.arn, key.stack === stack ? key.logicalId : key.arn].includes(properties.KmsMasterKeyId as string),
  );
}

function policyOf(resources: DeployedResource[], target: DeployedResource): Statement[] {
  const names = [target.arn, target.logicalId];
  return resources
    .filter(({ type }) => type === 'AWS::SNS::TopicPolicy' || type === 'AWS::SQS::QueuePolicy')
    .filter(({ stack, properties }) =>
      [properties.Topics ?? properties.Queues]
        .flat()
        .some((name) => names.includes(name as string) && (name === target.arn || stack === target.stack)),
    )
    .flatMap(({ properties }) => (properties.PolicyDocument as { Statement: Statement[] }).Statement);
}

function alarm(resource: DeployedResource): Delivery[] {
  const { AlarmActions, OKActions, InsufficientDataActions } = resource.properties;
  return addresses([AlarmActions, OKActions, InsufficientDataActions]).map((topic) =>
    byService(resource, topic, 'cloudwatch.amazonaws.com', sourceOf(resource)),
  );
}

interface RuleTarget {
  readonly Arn: string;
  readonly RoleArn?: string;
  readonly DeadLetterConfig?: { readonly Arn: string };
}

/** A rule names itself to a queue, nobody to a topic or a key; what it starts, or a bus, it reaches with a role. */
function rule(resource: DeployedResource): Delivery[] {
  const service = 'events.amazonaws.com';
  const self = { 'aws:SourceArn': resource.arn };
  return ((resource.properties.Targets ?? []) as RuleTarget[]).flatMap(({ Arn, RoleArn, DeadLetterConfig }) => [
    ...(RoleArn ? [byRole(resource, Arn, RoleArn)] : []),
    ...addresses([RoleArn ? undefined : Arn, DeadLetterConfig]).map((target) => ({
      ...byService(resource, target, service, target.startsWith('arn:aws:sqs:') ? self : {}),
      keyContext: {},
    })),
  ]);
}

function byService(
  sender: DeployedResource,
  target: unknown,
  service: string,
  context: Record<string, string>,
): Delivery {
  return { sender, ...to(target), principal: { service }, context, keyContext: context };
}

function byRole(sender: DeployedResource, target: unknown, role: unknown): Delivery {
  return { sender, ...to(target), principal: { aws: role as string }, context: {}, keyContext: {} };
}

const ACTIONS: Record<string, string | undefined> = {
  sns: 'sns:Publish',
  sqs: 'sqs:SendMessage',
  events: 'events:PutEvents',
  states: 'states:StartExecution',
  ssm: 'ssm:StartAutomationExecution',
};

function to(target: unknown): Pick<Delivery, 'target' | 'action'> {
  const arn = typeof target === 'string' ? target : JSON.stringify(target);
  const action = ACTIONS[arn.split(':')[2]];
  if (!action) throw new Error(`what is done to ${arn} is not known`);
  return { target: arn, action };
}

function sourceOf({ account, arn }: DeployedResource): Record<string, string> {
  return { 'aws:SourceAccount': account, 'aws:SourceArn': arn };
}

/** The topics and queues named in a value, however deep. */
function addresses(value: unknown): string[] {
  return [...JSON.stringify(value ?? []).matchAll(/arn:aws:s[nq]s:[^:"\\]*:\d{12}:[\w.-]+/g)].map(([arn]) => arn);
}
