import { CfnOutput, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import type { MultiAzClinicalApp } from '../app';
import { allowLogGroup } from '../data/private/data-key';
import { DocumentLists } from './private/document-lists';
import {
  databaseKind,
  type ReconciledRegion,
  type ReconciledStore,
  type ReconciliationRight,
  reconciledCluster,
  reconciledDocuments,
  reconciledFiles,
  reconciledInstance,
} from './private/reconciled-stores';
import { ReconciliationAutomation } from './private/reconciliation-automation';
import { ReconciliationFunction } from './private/reconciliation-function';
import { ReturnGateFunction } from './private/return-gate-function';
import type { RecoveryReconciliation } from './recovery-reconciliation';

/** What reconciliation has in one Region: it works in the Region that was lost and is back. Made by `RecoveryReconciliation`. */
export class RegionReconciliation extends Construct {
  /** Its Region. */
  public readonly region: string;
  /** What is looked at there, as the report names it. */
  public readonly stores: string[];
  /** Name of the automation that reconciles. */
  public readonly automationName: string;
  /** Name of the automation that lets the database write here again, where it can be switched over. */
  public readonly returnAutomationName?: string;
  /** Name of the parameter with the report. */
  public readonly reportParameterName: string;
  /** Takes the steps. */
  public readonly handler: lambda.Function;
  /** What it did. */
  public readonly logGroup: logs.LogGroup;
  /** Lists of documents that the other Region never received, where there are documents. Keys may name patients: let few read it. */
  public readonly lists?: s3.Bucket;
  /** Who may connect to the database that is laid out to be compared, where one is: nobody, before you let somebody. */
  public readonly comparison?: ec2.Connections;
  /** @internal ARN of what a plan of ARC Region switch asks before it moves the database back to this Region, where one does. */
  public readonly _gateArn?: string;
  private readonly automation: ReconciliationAutomation;

  public constructor(scope: Construct, id: string, around: RecoveryReconciliation, app: MultiAzClinicalApp) {
    super(scope, id);
    const { dr } = around;
    const { systemName } = app;
    const isPrimary = app === dr.primary;
    this.region = isPrimary ? dr.primaryRegion : dr.recoveryRegion;
    const otherRegion = isPrimary ? dr.recoveryRegion : dr.primaryRegion;
    const of = { dr, app, region: this.region, otherRegion, scope: this };
    this.reportParameterName = `/${systemName}/reconciliation`;
    const parameters = this.reportParameters(otherRegion);
    const nobody = databaseKind(dr) === 'cluster' ? this.nobody(app) : undefined;
    this.comparison = nobody && new ec2.Connections({ securityGroups: [nobody] });
    const lists = this.documentLists(of);
    this.lists = lists?.bucket;
    const cluster = nobody && reconciledCluster(of, nobody);
    const stores = [
      cluster,
      isPrimary && databaseKind(dr) === 'instance' ? reconciledInstance(of) : undefined,
      lists && reconciledDocuments(of, lists),
      ...reconciledFiles(of),
    ].filter((store) => store !== undefined);
    this.stores = stores.map(({ name }) => name);
    const deadLetterQueue = app._keepUndelivered();
    const { handler, logGroup } = new ReconciliationFunction(this, 'Function', {
      systemName,
      ...this.logDestination(of),
      removalPolicy: app.dataProtection._removalPolicyOfNamed,
      rights: [...stores.flatMap(({ rights }) => rights), ...reportRights(this, parameters)],
      deadLetterQueue,
    });
    this.handler = handler;
    this.logGroup = logGroup;
    const payload = payloadOf(of, stores, this.reportParameterName);
    this.automation = new ReconciliationAutomation(this, 'Automation', {
      systemName,
      handler,
      payload,
      stateParameterName: parameters[1],
      approverRoleArn: around.approvers.roleArn,
      returns: nobody !== undefined,
    });
    this.automationName = this.automation.documentName;
    this.returnAutomationName = this.automation.returnDocumentName;
    this._gateArn =
      around.planAsks && cluster
        ? new ReturnGateFunction(this, 'Gate', {
            systemName,
            payload,
            rights: [...reads(cluster), ...reportRights(this, parameters)],
            logGroup,
            deadLetterQueue,
          }).functionArn
        : undefined;
    this.publish(otherRegion);
  }

  /** The command that begins, or goes on. */
  public get startCommand(): string {
    return this.start(this.automationName);
  }

  /** The command that lets the database write here again, once everything is reconciled; loses nothing. */
  public get returnCommand(): string | undefined {
    return this.returnAutomationName && this.start(this.returnAutomationName);
  }

  /** The command that prints the report. */
  public get readCommand(): string {
    return `aws ssm get-parameter --region ${this.region} --name ${this.reportParameterName} --query Parameter.Value --output text`;
  }

  /** The command that approves what waits for it, as one of the approvers: its execution is named in the report. */
  public get approveCommand(): string {
    const execution = `${this.readCommand} | sed -n 's/.*"execution": "\\(.*\\)".*/\\1/p'`;
    return `aws ssm send-automation-signal --region ${this.region} --signal-type Approve --automation-execution-id "$(${execution})"`;
  }

  /**
   * Let somebody start the automations, approve, and read the report: the calls themselves the automations may make, not they. Who
   * approves has to be of the approvers as well.
   */
  public grantReconciliation(grantee: iam.IGrantable): iam.Grant {
    const read = iam.Grant.addToPrincipal({
      grantee,
      actions: ['ssm:GetParameter'],
      resourceArns: [parameterArn(this, this.reportParameterName)],
    });
    return this.automation.grantStart(grantee).combine(read);
  }

  private start(name: string): string {
    return `aws ssm start-automation-execution --region ${this.region} --document-name ${name}`;
  }

  /** CloudFormation leaves their values alone: what they were made with never changes. */
  private reportParameters(otherRegion: string): [report: string, state: string] {
    const names: [string, string] = [this.reportParameterName, `${this.reportParameterName}/state`];
    new ssm.CfnParameter(this, 'Report', {
      name: names[0],
      description: `What was written here and never reached ${otherRegion}: counts and places, no keys and no rows`,
      type: 'String',
      value: 'nobody reconciled anything yet',
    });
    new ssm.CfnParameter(this, 'State', {
      name: names[1],
      description: 'How far that is',
      type: 'String',
      value: 'none',
    });
    return names;
  }

  private nobody(app: MultiAzClinicalApp): ec2.SecurityGroup {
    return new ec2.SecurityGroup(this, 'Comparison', {
      vpc: app.network.vpc,
      description: `Of a database of ${app.systemName} that people compare: lets nobody in by itself`,
      allowAllOutbound: false,
    });
  }

  private documentLists({ dr, app, region, scope }: ReconciledRegion): DocumentLists | undefined {
    const replication = dr.primary.documents?.replication;
    return replication && app.documents
      ? new DocumentLists(scope as Construct, 'Documents', {
          systemName: app.systemName,
          bucketName: replication.bucketNameIn(region, Stack.of(scope).account),
          encryptionKey: app.documents.encryptionKey,
          dataProtection: app.dataProtection,
        })
      : undefined;
  }

  /** The key's policy is where the key is: of the recovery Region, in the landing. */
  private logDestination({ dr, app }: ReconciledRegion): { logGroupName: string; encryptionKey: kms.IKey } {
    const logGroupName = `/${app.systemName}/reconciliation`;
    if (app === dr.primary) {
      const key = (app.documents ?? app.database ?? Object.values(app.files)[0]).encryptionKey;
      allowLogGroup(key, this, logGroupName);
      return { logGroupName, encryptionKey: key };
    }
    allowLogGroup(dr.landing.encryptionKey, dr.landing.stack, logGroupName);
    return { logGroupName, encryptionKey: dr.landing.importedKey };
  }

  private publish(otherRegion: string): void {
    const lost = `When ${this.region} was lost and is back`;
    const outputs: [string, string, string | undefined][] = [
      ['Reconcile', `${lost}: keeps what never reached ${otherRegion}, and lets people compare it`, this.startCommand],
      ['ReadReconciliation', `${lost}: prints what was found, and where it is`, this.readCommand],
      [
        'ApproveReconciliation',
        `${lost}, and what was found is entered: approves, as one of the approvers`,
        this.approveCommand,
      ],
      ['ReturnDatabase', `${lost}, and everything is reconciled: makes the database write here`, this.returnCommand],
    ];
    for (const [id, description, value] of outputs) {
      if (value) {
        new CfnOutput(this, id, { description, value });
      }
    }
  }
}

function payloadOf(of: ReconciledRegion, stores: ReconciledStore[], report: string): Record<string, unknown> {
  const { region, otherRegion } = of;
  const told = stores.map(({ name, kind, wanted }) => [name, { kind, wanted }]);
  return { region, otherRegion, report, stores: Object.fromEntries(told) };
}

/** What a store lets see of it. */
function reads({ rights }: ReconciledStore): ReconciliationRight[] {
  return rights.filter(({ actions }) => actions.every((action) => action.includes(':Describe')));
}

function reportRights(scope: Construct, names: [string, string]): ReconciliationRight[] {
  const [report, state] = names.map((name) => parameterArn(scope, name));
  return [
    { actions: ['ssm:GetParameter'], resources: [report] },
    { actions: ['ssm:PutParameter'], resources: [report, state] },
  ];
}

function parameterArn(scope: Construct, name: string): string {
  return Stack.of(scope).formatArn({ service: 'ssm', resource: 'parameter', resourceName: name.slice(1) });
}
