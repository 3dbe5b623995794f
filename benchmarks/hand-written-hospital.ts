/**
 * The twin of the reference hospital: the same resources, written by hand with the L2 and L1 constructs of aws-cdk-lib, as an
 * experienced team would write them for this one hospital. No validation, no objectives, no acknowledgements, no metadata.
 * It uses an L2 where the library uses one. test/contract/benchmark-twin.test.ts holds the two to the same resources.
 */
import { type App, CfnOutput, Stack, Tags } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as actions from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import type * as rds from 'aws-cdk-lib/aws-rds';
import * as route53 from 'aws-cdk-lib/aws-route53';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { addBackup } from './hand-written/backup';
import { auditBackups } from './hand-written/backup-audit';
import { type ComputeInput, newService, serviceAlarms, serviceWidgets } from './hand-written/compute';
import { addDashboard } from './hand-written/dashboard';
import { primaryCluster, replicaCluster } from './hand-written/database';
import { databaseAlarms, databaseWidgets, replicationLagAlarm } from './hand-written/database-alarms';
import { notifyOfDatabase } from './hand-written/database-events';
import { documentsBucket, documentsName, documentsWidgets, replicateDocuments } from './hand-written/documents';
import { failAway } from './hand-written/failover';
import { type Ingress, newIngress } from './hand-written/ingress';
import { ingressAlarms, ingressWidgets } from './hand-written/ingress-alarms';
import { buildIsolatedVault, isolatedVaultName } from './hand-written/isolated-vault';
import { newDataKey, newKey, shareWith } from './hand-written/keys';
import { fillLanding, type Landing } from './hand-written/landing';
import { scanForMalware } from './hand-written/malware';
import { newNetwork } from './hand-written/network';
import { newTopic } from './hand-written/notifications';
import { restoreWeekly } from './hand-written/restore-testing';
import { forwardRotation, restartOnRotation } from './hand-written/rotation';
import { fillSecurity } from './hand-written/security';
import { newDeadLetterQueue, undeliveredAlarm } from './hand-written/undelivered-events';
import { userImpactAlarms } from './hand-written/user-impact';
import { addWaf } from './hand-written/waf';
import { HOSTED_ZONE, PRIMARY_REGION, RECOVERY_REGION, SYSTEM_NAME, VAULT_ACCOUNT } from './hospital-facts';

/** What differs between the Regions, once their data stores are made. */
interface Front extends ComputeInput {
  readonly failover: route53.Failover;
  readonly topic: sns.Topic;
  readonly deadLetterQueue: sqs.Queue;
  readonly storeAlarms: cloudwatch.Alarm[];
  readonly sourceRegion?: string;
  readonly clusterArn: string;
  readonly copyTo: string[];
}

function buildSystem(app: App): { primary: Stack; recovery: Stack } {
  const systemName = SYSTEM_NAME;
  const primary = new Stack(app, 'Ehr', {
    description: 'HAPI FHIR server over three Availability Zones',
    env: { region: PRIMARY_REGION },
  });
  const recovery = new Stack(app, 'EhrDr', {
    description: 'The same HAPI FHIR server, smaller, in another Region',
    env: { region: RECOVERY_REGION },
  });
  const landingStack = new Stack(recovery, 'Landing', {
    stackName: 'EhrDr-Landing',
    description: `Copies of ${systemName} land here; deployed before its primary Region`,
    env: { region: RECOVERY_REGION },
  });
  const landing = fillLanding(landingStack, systemName);
  failAway(primary, systemName, fillPrimary(primary, systemName));
  fillRecovery(recovery, systemName, landing);
  for (const stack of [primary, recovery]) {
    Tags.of(stack).add('ehr:system', systemName); // the landing stack is below the recovery stack
    Tags.of(stack).add('ehr:tier', 'LIFE_CRITICAL');
    Tags.of(stack).add('ehr:data-class', 'PHI');
  }
  primary.addStackDependency(landingStack);
  recovery.addStackDependency(primary);
  return { primary, recovery };
}

/** What exists once per account and Region. */
function buildSecurity(app: App): { home: Stack; linked: Stack } {
  const linked = new Stack(app, 'SecurityLinked', {
    description: 'Security baseline of the recovery Region',
    env: { region: RECOVERY_REGION },
  });
  const home = new Stack(app, 'SecurityHome', {
    description: 'Security baseline of the primary Region, where findings of both come together',
    env: { region: PRIMARY_REGION },
  });
  fillSecurity(linked, undefined);
  fillSecurity(home, [RECOVERY_REGION]);
  home.addStackDependency(linked);
  return { home, linked };
}

/** All six stacks. */
export function buildHandWrittenHospital(app: App): void {
  const system = buildSystem(app);
  buildIsolatedVault(app);
  const security = buildSecurity(app);
  system.primary.addStackDependency(security.home); // AWS Backup Audit Manager evaluates through the recorder of AWS Config
  system.recovery.addStackDependency(security.linked);
}

function fillPrimary(stack: Stack, systemName: string): Ingress {
  const topic = newTopic(stack, 'Topic', newKey(stack, 'TopicKey', 'Encrypts operational notifications'));
  const deadLetterQueue = newDeadLetterQueue(stack);
  const vpc = newNetwork(stack, '10.0.0.0/16');
  const database = primaryCluster(stack, vpc, systemName, RECOVERY_REGION);
  forwardRotation(stack, `${systemName}/database`, RECOVERY_REGION, deadLetterQueue);
  const documentsKey = newDataKey(stack, 'DocumentsKey', `Encrypts the documents of ${systemName}`);
  const documents = documentsBucket(stack, systemName, documentsKey);
  scanForMalware(stack, documents, documentsKey);
  return fillFront(stack, {
    systemName,
    vpc,
    topic,
    deadLetterQueue,
    database,
    secret: database.secret,
    secretArns: [database.secret.secretArn],
    documents,
    documentsKey,
    running: 9,
    needed: 6,
    failover: route53.Failover.PRIMARY,
    clusterArn: (database.resource as rds.DatabaseCluster).clusterArn,
    copyTo: [
      `arn:${stack.partition}:backup:${RECOVERY_REGION}:${stack.account}:backup-vault:${systemName}-recovery`,
      `arn:${stack.partition}:backup:${PRIMARY_REGION}:${VAULT_ACCOUNT}:backup-vault:${isolatedVaultName(systemName)}`,
    ],
    storeAlarms: [
      ...databaseAlarms(stack, database.identifier),
      replicationLagAlarm(stack, database.identifier, RECOVERY_REGION, cloudwatch.TreatMissingData.MISSING),
      ...replicateDocuments(stack, documents, documentsKey, systemName, RECOVERY_REGION),
    ],
  });
}

function fillRecovery(stack: Stack, systemName: string, landing: Landing): void {
  const deadLetterQueue = newDeadLetterQueue(stack);
  const vpc = newNetwork(stack, '10.1.0.0/16');
  const database = replicaCluster(stack, vpc, systemName);
  const secretArn = `arn:${stack.partition}:secretsmanager:${RECOVERY_REGION}:${stack.account}:secret:${systemName}/database`;
  const bucketName = documentsName(stack, systemName, RECOVERY_REGION);
  fillFront(stack, {
    systemName,
    vpc,
    topic: landing.topic,
    deadLetterQueue,
    database,
    secret: secretsmanager.Secret.fromSecretAttributes(stack, 'DatabaseSecret', { secretPartialArn: secretArn }),
    secretArns: [secretArn, `${secretArn}-??????`],
    secretKey: landing.key,
    documents: s3.Bucket.fromBucketAttributes(stack, 'Documents', { bucketName, encryptionKey: landing.key }),
    documentsKey: landing.key,
    running: 6,
    needed: 3,
    failover: route53.Failover.SECONDARY,
    sourceRegion: PRIMARY_REGION,
    clusterArn: (database.resource as rds.CfnDBCluster).attrDbClusterArn,
    copyTo: [],
    storeAlarms: [
      ...databaseAlarms(stack, database.identifier),
      replicationLagAlarm(stack, database.identifier, PRIMARY_REGION, cloudwatch.TreatMissingData.BREACHING),
    ],
  });
  publishCommands(stack, systemName);
}

/** The same in both Regions: compute, load balancer, backups, alarms, dashboard. */
function fillFront(stack: Stack, front: Front): Ingress {
  const { systemName, vpc, database, documents, topic, deadLetterQueue, needed } = front;
  notifyOfDatabase(stack, database, topic);
  const service = newService(stack, front);
  const hostedZone = route53.HostedZone.fromHostedZoneAttributes(stack, 'Zone', HOSTED_ZONE);
  const ingress = newIngress(stack, { systemName, vpc, service, hostedZone, failover: front.failover });
  addWaf(stack, ingress.loadBalancer, systemName);
  const resources = [
    backup.BackupResource.fromRdsDatabaseCluster(database.resource),
    backup.BackupResource.fromArn(`arn:${stack.partition}:s3:::${documents.bucketName}`),
  ];
  const { vault, key } = addBackup(stack, systemName, resources, topic, deadLetterQueue, front.copyTo);
  if (front.copyTo.length > 0) {
    for (const each of [key, database.key, front.documentsKey]) {
      shareWith(each, VAULT_ACCOUNT);
    }
  }
  restoreWeekly(stack, { systemName, vpc, vault, clusterArn: front.clusterArn, documents, topic, deadLetterQueue });
  auditBackups(stack, systemName);
  const { alarms, outages, deploymentAlarms, deploymentAlarmNames } = ingressAlarms(stack, ingress, systemName);
  service.enableDeploymentAlarms(deploymentAlarmNames, { behavior: ecs.AlarmBehavior.ROLLBACK_ON_ALARM });
  service.node.findChild('Service').node.addDependency(...deploymentAlarms);
  const { minutes, composites } = userImpactAlarms(stack, systemName, ingress, outages);
  const all = [
    minutes,
    ...serviceAlarms(stack, service, needed),
    restartOnRotation(stack, `${systemName}/database`, service, deadLetterQueue, topic),
    undeliveredAlarm(stack, deadLetterQueue),
    ...alarms,
    ...deploymentAlarms,
    ...front.storeAlarms,
  ];
  for (const alarm of [...all, ...composites]) {
    alarm.addAlarmAction(new actions.SnsAction(topic));
    alarm.addOkAction(new actions.SnsAction(topic));
  }
  addDashboard(stack, systemName, ingress, { all, composites }, [
    ingressWidgets(ingress),
    serviceWidgets(service, needed),
    databaseWidgets(database.identifier, front.sourceRegion),
    documentsWidgets(documents.bucketName),
  ]);
  return ingress;
}

function publishCommands(stack: Stack, systemName: string): void {
  const latch = `aws cloudwatch put-metric-data --region ${RECOVERY_REGION} --namespace CdkResilientEhr --metric-name FailedOver --dimensions System=${systemName}`;
  const global = (verb: string, region: string) =>
    `aws rds ${verb}-global-cluster --region ${RECOVERY_REGION} --global-cluster-identifier ${systemName}-global --target-db-cluster-identifier arn:${stack.partition}:rds:${region}:${stack.account}:cluster:${systemName}-${region}`;
  const commands: Record<string, [string, string]> = {
    SendUsersHere: ['Sends users to this Region and keeps them here', `${latch} --value 1`],
    PromoteDatabase: [
      'Makes the database write in this Region',
      `${global('failover', RECOVERY_REGION)} --allow-data-loss`,
    ],
    DemoteDatabase: ['Makes the database write in the primary Region again', global('switchover', PRIMARY_REGION)],
    LetUsersReturn: ['Lets users return to the primary Region', `${latch} --value 0`],
  };
  for (const [id, [description, value]] of Object.entries(commands)) {
    new CfnOutput(stack, id, { description, value });
  }
}
