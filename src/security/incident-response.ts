import { Names, RemovalPolicy, Stack, Token } from 'aws-cdk-lib';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import type * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { DataProtection } from '../core/data-protection';
import { acknowledge } from '../core/private/acknowledgements';
import { Problems } from '../core/private/fail';
import { ManagedPolicyRole } from '../core/private/managed-policy-role';
import { knownRegion } from '../core/private/tokens';
import { ContainableResource } from './containable-resource';
import type { IncidentResponseProps } from './incident-response-props';
import { RUNBOOKS } from './private/containment-runbooks';
import { allowLogGroup } from './private/log-group-key';
import { recordBucket } from './private/record-bucket';
import { checkRecordRetention, DEFAULT_RECORD_RETENTION } from './private/record-retention';
import { responseDefinition } from './private/response-definition';
import { allowContainment, allowSteps, containableArn } from './private/response-rights';
import { ResponseRules } from './private/response-rules';
import { failedAlarm, stoppedRule } from './private/response-watch';
import { onlyServicesGrant } from './private/service-grants';

/**
 * Contains what GuardDuty found, or another product told Security Hub CSPM of, with the runbooks of AWS Support, which can be undone: snapshots first, then the network of an
 * instance, the rights of an IAM user or role, or the access to a bucket.
 *
 * A machine that a ward depends on is never contained by itself: resources tagged FOUNDATION or LIFE_CRITICAL, without a tag, or whose
 * tags cannot be read, wait for an approval, whatever the mode. Nothing is contained without an answer. One case is open for a resource
 * at a time, and every failure is told.
 *
 * Containment is of the resource only. Connections that are open stay open, containers on Fargate and databases have no runbook, and an
 * instance of an Auto Scaling group is replaced. Costs some cents a case, the snapshots, a table and a log group.
 *
 * @see https://docs.aws.amazon.com/security-ir/latest/userguide/supported-containment-actions.html
 */
export class IncidentResponse extends Construct {
  /** The steps. */
  public readonly stateMachine: sfn.StateMachine;
  /** What was changed, for undoing it. */
  public readonly records: s3.Bucket;
  /** Resources with an open case, and findings with the day of their last answer. */
  public readonly openCases: dynamodb.TableV2;
  /** The key of copies for the forensic account; none without one. */
  public readonly evidenceKey?: kms.Key;
  /** The roles of the runbooks, by resource; none in the mode that only tells. */
  public readonly runbookRoles: { [resource: string]: iam.Role } = {};
  /** The rules that start a response to findings of GuardDuty, by resource. */
  public readonly rules: { [resource: string]: events.Rule } = {};
  /** Starts a response to findings in Security Hub CSPM; none unless asked for. */
  public readonly securityHubRule?: events.Rule;
  /** Goes off when a response failed. */
  public readonly failedAlarm: cloudwatch.Alarm;
  /** Tells of a response that was aborted, or ran out of time. */
  public readonly stoppedRule: events.Rule;
  private readonly resources: ContainableResource[];
  private readonly dataProtection: DataProtection;

  /**
   * @throws RegionMustBeKnown when the Region is only known at deployment
   * @throws InvalidResponse when severity, products, resources, responders or forensic account make no sense
   */
  public constructor(scope: Construct, id: string, props: IncidentResponseProps) {
    super(scope, id);
    this.resources = [...new Set(props.resources ?? Object.values(ContainableResource))];
    this.dataProtection = props.dataProtection ?? DataProtection.retain();
    this.validate(props);
    const { encryptionKey } = props;
    const retention = props.retention ?? DEFAULT_RECORD_RETENTION;
    checkRecordRetention(this, retention, this.dataProtection);
    this.records = recordBucket(this, 'Records', {
      encryptionKey,
      accessLogs: props.accessLogs,
      accessLogPrefix: 'response/',
      retention,
      dataProtection: this.dataProtection,
    });
    this.openCases = new dynamodb.TableV2(this, 'OpenCases', {
      partitionKey: { name: 'resource', type: dynamodb.AttributeType.STRING },
      encryption: dynamodb.TableEncryptionV2.customerManagedKey(encryptionKey),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      removalPolicy: RemovalPolicy.DESTROY, // a case is open for hours, an answer holds for a day; their history is that of the state machine
    });
    this.evidenceKey = props.forensicAccount ? this.createEvidenceKey(props.forensicAccount) : undefined;
    if (props.mode.contains) {
      for (const resource of this.resources) {
        this.runbookRoles[resource] = this.createRunbookRole(resource, props);
      }
    }
    this.stateMachine = this.createStateMachine(props);
    const rules = new ResponseRules(this, this.stateMachine, props);
    for (const resource of this.resources) {
      this.rules[resource] = rules.guardDuty(resource);
    }
    this.securityHubRule = props.securityHubProducts && rules.securityHub(props.securityHubProducts);
    this.failedAlarm = failedAlarm(this, this.stateMachine, props.topic);
    this.stoppedRule = stoppedRule(this, this.stateMachine, props.topic, props.deadLetterQueue);
  }

  /** Let somebody approve or refuse containment, with the command in the question. */
  public grantApprove(grantee: iam.IGrantable): iam.Grant {
    return this.stateMachine.grantTaskResponse(grantee);
  }

  private validate(props: IncidentResponseProps): void {
    const { guardDutySeverity = 7, forensicAccount, responders = [], securityHubProducts } = props;
    knownRegion(this, 'runbooks and snapshots are of one Region');
    const problems = new Problems(this, 'InvalidResponse');
    problems.require(
      securityHubProducts?.length !== 0 &&
        !securityHubProducts?.some((name) => /^(guardduty|security hub|inspector|)$/i.test(name)),
      `securityHubProducts names products other than GuardDuty, which starts a response anyway, and Security Hub and Inspector, which find weaknesses, got ${securityHubProducts?.join(', ') || 'none'}`,
    );
    problems.require(
      guardDutySeverity >= 1 && guardDutySeverity <= 10,
      `guardDutySeverity must be 1 to 10, got ${guardDutySeverity}`,
    );
    problems.require(this.resources.length > 0, 'resources is empty, so that there is nothing to respond to');
    problems.require(
      forensicAccount === undefined || /^\d{12}$/.test(forensicAccount),
      `forensicAccount must have 12 digits, got ${forensicAccount}`,
    );
    const notArns = responders.filter((arn) => !Token.isUnresolved(arn) && !PRINCIPAL.test(arn));
    problems.require(notArns.length === 0, `responders are ARNs of IAM roles and users, got ${notArns.join(', ')}`);
    problems.throwIfAny();
  }

  private createEvidenceKey(account: string): kms.Key {
    const key = new kms.Key(this, 'EvidenceKey', {
      description: 'Encrypts copies of snapshots for the forensic account',
      enableKeyRotation: true,
      removalPolicy: this.dataProtection.removalPolicy,
    });
    // https://docs.aws.amazon.com/ebs/latest/userguide/ebs-modifying-snapshot-permissions.html#share-kms-key
    key.addToResourcePolicy(
      new iam.PolicyStatement({
        actions: ['kms:DescribeKey', 'kms:CreateGrant', 'kms:Decrypt', 'kms:ReEncryptFrom'],
        principals: [new iam.AccountPrincipal(account)],
        resources: ['*'], // in a key policy: this key
      }),
    );
    onlyServicesGrant(key); // the other account's volumes are such resources
    return key;
  }

  private createRunbookRole(resource: ContainableResource, props: IncidentResponseProps): iam.Role {
    const { document } = RUNBOOKS[resource];
    const role = new ManagedPolicyRole(this, `${resource}Role`, {
      description: `What ${document} may do to contain, and to undo it`,
      assumedBy: new iam.ServicePrincipal('ssm.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    });
    allowContainment(role, resource, this.records, props.encryptionKey, props.neverContain ?? []);
    return role;
  }

  private createStateMachine(props: IncidentResponseProps): sfn.StateMachine {
    const stack = Stack.of(this);
    const { mode, topic, encryptionKey, forensicAccount, escalationTopic = topic } = props;
    const stateMachineName = Names.uniqueResourceName(this, { maxLength: 60, separator: '-' }); // its role names it
    const role = new ManagedPolicyRole(this, 'Role', {
      description: 'Steps of the response to findings',
      assumedBy: new iam.ServicePrincipal('states.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': stack.account } },
      }),
    });
    allowSteps(role, {
      ...props,
      resources: this.resources,
      stateMachineName,
      openCases: this.openCases,
      runbookRoles: Object.values(this.runbookRoles),
    });
    allowLogGroup(this, encryptionKey);
    const logGroup = new logs.LogGroup(this, 'LogGroup', {
      encryptionKey,
      retention: logs.RetentionDays.ONE_YEAR,
      removalPolicy: this.dataProtection.removalPolicy,
    });
    const definition = responseDefinition({
      mode,
      resources: this.resources,
      dryRun: props.dryRun ?? false,
      partition: stack.partition,
      region: stack.region,
      topicArn: topic.topicArn,
      escalationTopicArn: escalationTopic.topicArn,
      casesTable: this.openCases.tableName,
      recordBucket: this.records.bucketName,
      runbookRoles: Object.fromEntries(Object.entries(this.runbookRoles).map(([key, { roleArn }]) => [key, roleArn])),
      responders: props.responders ?? [],
      securityHub: props.securityHubProducts && {
        neverContain: props.neverContain ?? [],
        arns: Object.fromEntries(this.resources.map((kind) => [kind, containableArn(this, kind, '{}')])),
      },
      forensics:
        forensicAccount && this.evidenceKey && this.resources.includes(ContainableResource.INSTANCE)
          ? { account: forensicAccount, keyArn: this.evidenceKey.keyArn }
          : undefined,
    });
    const stateMachine = new sfn.StateMachine(this, 'StateMachine', {
      stateMachineName,
      definitionBody: sfn.DefinitionBody.fromString(stack.toJsonString(definition)),
      role,
      tracingEnabled: true,
      logs: { destination: logGroup, level: sfn.LogLevel.ALL, includeExecutionData: false }, // the token of an approval is data
    });
    acknowledge(role, 'stateMachineLogs', ['Resource::*']); // CDK lets it deliver logs and traces
    return stateMachine;
  }
}

/** As the runbooks check it, when it is too late to mend. */
const PRINCIPAL = /^arn:aws[a-z-]*:iam::\d{12}:(role|user)\/[\w+/=,.@-]+$/;
