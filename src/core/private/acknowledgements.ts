import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** A cdk-nag rule this library answers for, and why. */
export interface Acknowledgement {
  /** `<pack>::<rule>`: only this form leaves the reason in validation-report.json, where an auditor finds it. */
  readonly ids: string[];
  /** What the construct does instead, or why the rule does not apply. */
  readonly reason: string;
}

/** The ids of a rule that both the HIPAA Security and the NIST 800-53 r5 pack carry. */
const hipaaAndNist = (rule: string) => [
  `HIPAA.Security::HIPAA.Security-${rule}`,
  `NIST.800.53.R5::NIST.800.53.R5-${rule}`,
];
const awsSolutions = (rule: string) => [`AwsSolutions::AwsSolutions-${rule}`];

/**
 * Every finding of the HIPAA Security, NIST 800-53 r5 and AWS Solutions packs that remains in what this library makes.
 * test/contract/acknowledgements.test.ts fails when one is no longer needed.
 */
export const ACKNOWLEDGEMENTS = {
  internetGatewayRoute: {
    ids: hipaaAndNist('VPCNoUnrestrictedRouteToIGW'),
    reason:
      'Public subnets hold only load balancers and NAT gateways, which need the route; applications and databases have none to an internet gateway',
  },
  defaultSecurityGroup: {
    ids: hipaaAndNist('VPCDefaultSecurityGroupClosed'),
    reason:
      'Nothing uses the default security group, which lets in only its own members. CloudFormation cannot close it, and a custom resource that could needs rights on every security group; AWS Config rule vpc-default-security-group-closed watches it',
  },
  auditRecordReplication: {
    ids: hipaaAndNist('S3BucketReplicationEnabled'),
    reason:
      'Holds audit records that an AWS service writes in this Region, not patient data: no recovery reads them. Copy them to a log-archive account where policy asks for a second place',
  },
  accessLogBucketEncryption: {
    ids: hipaaAndNist('S3DefaultEncryptionKMS'),
    reason:
      'S3 delivers server access logs only to buckets whose default encryption is SSE-S3: https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html',
  },
  deadLetterQueueItself: {
    ids: awsSolutions('SQS3'),
    reason: 'The queue is itself a dead-letter queue, of targets the rule does not look at',
  },
  ecrAuthorizationToken: {
    ids: awsSolutions('IAM5'),
    reason:
      'ecr:GetAuthorizationToken takes no resource: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerregistry.html',
  },
  instanceAgents: {
    ids: awsSolutions('IAM5'),
    reason:
      "The channels of Session Manager, CloudWatch's PutMetricData and, where instances are patched in place, inventory and compliance take no resource; metrics are narrowed to the system's namespace: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsessionmanagermessagegatewayservice.html",
  },
  mixedInstanceTypes: {
    ids: [...hipaaAndNist('EC2IMDSv2Enabled'), ...awsSolutions('EC26')],
    reason:
      'The group launches from one template, with tokens for metadata and an encrypted disk, in several instance types; the rules look for the template where only a group of one type has it',
  },
  imageById: {
    ids: ['CloudFormation-Validate::W9010'],
    reason:
      'The image is named by its id on purpose: a member of a pair runs the code it was tested with, and a parameter could come to mean other code',
  },
  instanceBehindNetworkInterface: {
    ids: hipaaAndNist('EC2InstancesInVPC'),
    reason:
      'The instance is in the VPC by its network interface, a resource of its own that keeps its address; Amazon EC2 refuses a subnet beside it, and the rule looks for nothing else',
  },
  volumeInInstanceBackup: {
    ids: hipaaAndNist('EC2EBSInBackupPlan'),
    reason:
      'AWS Backup selects the whole instance, whose volumes it then takes at the same moment; a volume selected by itself would be of another moment: https://docs.aws.amazon.com/aws-backup/latest/devguide/multi-volume-crash-consistent.html',
  },
  scalingNotifications: {
    ids: awsSolutions('AS3'),
    reason:
      'An alarm tells when a fleet stays short of instances, whatever the reason; a message for every start and end would be one for every scaling',
  },
  guardDutyAgent: {
    ids: awsSolutions('IAM5'),
    reason:
      'The account that holds the image of the GuardDuty agent differs by Region; the repository has one name: https://docs.aws.amazon.com/guardduty/latest/ug/ecs-runtime-agent-ecr-image-uri.html',
  },
  containerSettings: {
    ids: awsSolutions('ECS2'),
    reason:
      'Environment variables hold addresses and switches that differ by Region; secret values are injected by Amazon ECS from AWS Secrets Manager or Parameter Store',
  },
  publicHttps: {
    ids: awsSolutions('EC23'),
    reason:
      'The ingress is meant for the internet: it accepts HTTPS only, behind a web ACL; allowedSources and internetFacing restrict it',
  },
  loadBalancerLogBucket: {
    ids: [
      ...hipaaAndNist('S3BucketLoggingEnabled'),
      ...hipaaAndNist('S3BucketReplicationEnabled'),
      ...hipaaAndNist('S3DefaultEncryptionKMS'),
      ...awsSolutions('S1'),
    ],
    reason:
      'The bucket receives access logs, which Elastic Load Balancing delivers to SSE-S3 buckets only; they are no source of truth for care, and logging who reads a log would log itself',
  },
  removableLoadBalancer: {
    ids: hipaaAndNist('ELBDeletionProtectionEnabled'),
    reason:
      'DataProtection.destroyWithStack was asked for, with a written reason and a warning: nothing is to outlive its stack',
  },
  tlsPassThrough: {
    ids: hipaaAndNist('ELBv2ACMCertificateRequired'),
    reason:
      'TLS ends behind this load balancer, where senders can be asked for certificates: it passes bytes on, has no certificate, and cannot tell whether they are encrypted',
  },
  noAccessLogWithoutTls: {
    ids: [...hipaaAndNist('ELBLoggingEnabled'), ...awsSolutions('ELB2')],
    reason:
      'A Network Load Balancer writes an access log of TLS listeners only, and this one has none; flow logs of the VPC record who connected: https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-access-logs.html',
  },
  documentObjects: {
    ids: awsSolutions('IAM5'),
    reason: 'The application reads and writes objects whose keys it chooses itself, in this one bucket',
  },
  backupReports: {
    ids: [
      ...hipaaAndNist('S3BucketLoggingEnabled'),
      ...hipaaAndNist('S3BucketReplicationEnabled'),
      ...hipaaAndNist('S3DefaultEncryptionKMS'),
      ...awsSolutions('S1'),
    ],
    reason:
      'Holds lists of jobs that AWS Backup writes under a service-linked role: no patient data, and nothing that a recovery reads. They are written anew every day',
  },
  awsManagedServicePolicy: {
    ids: awsSolutions('IAM4'),
    reason:
      'The policy AWS maintains for this service role and documents as the one to use; a copy of it would miss permissions that the service needs later',
  },
  auroraInstanceInBackupPlan: {
    ids: hipaaAndNist('RDSInBackupPlan'),
    reason:
      'Aurora is backed up as a cluster, and the cluster is what AWS Backup selects; the rule looks for its instances: https://docs.aws.amazon.com/aws-backup/latest/devguide/backup-feature-availability.html',
  },
  deletableDatabase: {
    ids: [...hipaaAndNist('RDSInstanceDeletionProtectionEnabled'), ...awsSolutions('RDS10'), ...awsSolutions('EC29')],
    reason:
      'Its owner acknowledged that this data may be lost with its stack (DataProtection.destroyWithStack), which deletion protection would prevent',
  },
  encryptedReplica: {
    ids: [...hipaaAndNist('RDSStorageEncrypted'), ...awsSolutions('RDS2')],
    reason:
      'A read replica takes encryption from its source, which is encrypted, and its key from KmsKeyId; CloudFormation refuses StorageEncrypted beside SourceDBInstanceIdentifier, and the rules look for nothing else',
  },
  bareReplica: {
    ids: [
      ...hipaaAndNist('RDSMultiAZSupport'),
      ...hipaaAndNist('RDSInstanceBackupEnabled'),
      ...hipaaAndNist('RDSInBackupPlan'),
      ...awsSolutions('RDS3'),
      ...awsSolutions('RDS13'),
    ],
    reason:
      'Amazon RDS gives a read replica of SQL Server no standby, backups or snapshots; its source has them, and promotion, which the runbook has the commands of, gives it all of them: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/SQLServer.ReadReplicas.html',
  },
  encryptedSnapshot: {
    ids: [...hipaaAndNist('RDSStorageEncrypted'), ...awsSolutions('RDS2')],
    reason:
      'A database that is restored takes encryption from the snapshot, a copy in a vault that encrypts with a customer key, or from replicated backups, which are under one; CloudFormation asks to leave StorageEncrypted out beside it, and the rules look for nothing else',
  },
  cachePassword: {
    ids: [...hipaaAndNist('SecretsManagerRotationEnabled'), ...awsSolutions('SMG4')],
    reason:
      'ElastiCache takes a new password only from a change of the replication group, so nothing can rotate it alone; it opens a cache that holds no record alone, inside the VPC. Renew it by replacing the secret',
  },
  cacheCopy: {
    ids: [...awsSolutions('AEC3'), ...awsSolutions('AEC4')],
    reason:
      'The copy of a cache takes encryption at rest and on the way, Multi-AZ and automatic failover from the primary of its global datastore, which has them, and its key from KmsKeyId; ElastiCache asks to leave them out, and the rules look for nothing else: https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Redis-Global-Datastores-CLI.html',
  },
  noBacktrack: {
    ids: awsSolutions('RDS14'),
    reason:
      'A cluster that can be rewound cannot be a member of an Aurora global database, which this one is or may become; a bad change is undone by a point-in-time restore of the last 35 days. Set backtrackWindow where one Region is enough',
  },
  documentReplication: {
    ids: hipaaAndNist('S3BucketReplicationEnabled'),
    reason:
      'Documents are replicated where a recovery Region is asked for, from the first Region; their copy is replicated back from the second deployment on, where that is asked for, and a system of one Region has nowhere to replicate to',
  },
  regionSwitchReads: {
    ids: awsSolutions('IAM5'),
    reason:
      'What ARC Region switch reads to know capacity, quotas, members and alarms takes no resource; what it changes is named, and scaling is narrowed to Amazon ECS by condition: https://docs.aws.amazon.com/r53recovery/latest/dg/security_iam_region_switch_ecs.html',
  },
  namesOfAws: {
    ids: awsSolutions('IAM5'),
    reason:
      'AWS makes up the id at the end of the ARN of a scalable target, and the names of the default groups of a database; each statement allows one action in this account and Region, and the document that uses it names the service, or the instance: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsapplicationautoscaling.html',
  },
  latchMetric: {
    ids: awsSolutions('IAM5'),
    reason: 'cloudwatch:PutMetricData takes no resource; the statement allows one namespace',
  },
  latchFunction: {
    ids: [...hipaaAndNist('LambdaConcurrency'), ...hipaaAndNist('LambdaDLQ'), ...hipaaAndNist('LambdaInsideVPC')],
    reason:
      'Called synchronously by ARC Region switch, a few times a year: an error stops the plan, which shows it, so that nothing is queued; it writes one metric, reads no data, and must not depend on a network; a reservation would fail in an account with a small quota',
  },
  readinessFunction: {
    ids: [...hipaaAndNist('LambdaConcurrency'), ...hipaaAndNist('LambdaInsideVPC')],
    reason:
      'Called again and again by a schedule, one run at a time: it reads no data, and must not depend on a network that it judges; a reservation would fail in an account with a small quota',
  },
  readinessReads: {
    ids: awsSolutions('IAM5'),
    reason:
      'Reads only: capacity, quotas, images of machines and file systems of Amazon FSx take no resource, metrics are narrowed to one namespace, keys to one alias, and CloudFormation and Amazon RDS make up the names of parameter groups, whose values are no secrets, and of backups',
  },
  reconciliationFunction: {
    ids: [...hipaaAndNist('LambdaConcurrency'), ...hipaaAndNist('LambdaInsideVPC')],
    reason:
      'Called synchronously by an automation, or a plan, that a person starts after a disaster: it reads no data, and must not depend on a network that was just lost; a reservation would fail in an account with a small quota',
  },
  reconciliationRights: {
    ids: awsSolutions('IAM5'),
    reason:
      'What is made and deleted has names that begin with the database and -kept- or -compare-, and objects are of two named buckets; the rest is read, or are groups whose names CloudFormation makes up, and jobs that have no name before they are made',
  },
  reconciliationLists: {
    ids: [
      ...hipaaAndNist('S3BucketLoggingEnabled'),
      ...hipaaAndNist('S3BucketReplicationEnabled'),
      ...awsSolutions('S1'),
    ],
    reason:
      'Holds lists that S3 makes of another bucket in this Region, after a disaster and again whenever it is asked: nothing a recovery reads; empty in every other year. Data events of CloudTrail tell who read them',
  },
  replicatedObjects: {
    ids: awsSolutions('IAM5'),
    reason:
      "Replication reads and writes every object of two named buckets; the recovery Region's key is not known here, so keys are narrowed by alias, account, Region and calling service instead of by ARN",
  },
  scannedObjects: {
    ids: awsSolutions('IAM5'),
    reason:
      'GuardDuty scans and tags every object of one named bucket, and manages EventBridge rules of its own name: https://docs.aws.amazon.com/guardduty/latest/ug/malware-protection-s3-iam-policy-prerequisite.html',
  },
  accountWideApi: {
    ids: awsSolutions('IAM5'),
    reason:
      'The APIs that turn on a service, or set what holds for a whole account, name no resource; the role has only those of its one service, in its own Region',
  },
  containment: {
    ids: awsSolutions('IAM5'),
    reason:
      'Which instance, user, role or bucket is to be contained a finding says; each runbook has a role of its own, with the actions its page lists: https://docs.aws.amazon.com/security-ir/latest/userguide/containment-only-template.html',
  },
  patching: {
    ids: awsSolutions('IAM5'),
    reason:
      'Which instances have a tag, and what became of a command, is asked of all; what is run is one document of AWS, on instances of this account and Region: https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-maintenance-permissions.html',
  },
  stateMachineLogs: {
    ids: awsSolutions('IAM5'),
    reason:
      'Delivery of logs to CloudWatch Logs, and of traces to AWS X-Ray, takes no resource: https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html',
  },
  deploymentFunction: {
    ids: [...hipaaAndNist('LambdaConcurrency'), ...hipaaAndNist('LambdaInsideVPC')],
    reason:
      'Runs only while its stack is deployed, and calls AWS APIs only: a VPC would add ways to fail, and new accounts have no concurrency to reserve. No care depends on it',
  },
  deploymentHook: {
    ids: [...hipaaAndNist('LambdaConcurrency'), ...hipaaAndNist('LambdaDLQ'), ...hipaaAndNist('LambdaInsideVPC')],
    reason:
      'Asked by Amazon ECS while a deployment waits, which goes back to the former version when it gets no answer, so that nothing is queued; it reads no data and speaks to Amazon ECS only; one call at a time needs no reservation',
  },
  migrationTasks: {
    ids: awsSolutions('IAM5'),
    reason:
      'A task has no name before it is started; the function may ask for and stop tasks of one named cluster, and start one task definition',
  },
  probeResults: {
    ids: [
      ...hipaaAndNist('S3BucketLoggingEnabled'),
      ...hipaaAndNist('S3BucketReplicationEnabled'),
      ...awsSolutions('S1'),
    ],
    reason:
      'Holds whether probes were answered, and how fast, for some weeks: no patient data, nothing that recovery reads',
  },
  probeRole: {
    ids: awsSolutions('IAM5'),
    reason:
      'A canary names its own objects and log group, puts metrics in one namespace, and calls actions that take no resource: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Synthetics_Canaries_CanaryPermissions.html',
  },
  windowOfBurnRate: {
    ids: hipaaAndNist('CloudWatchAlarmAction'),
    reason:
      'One window of a burn rate alone is no reason to act: the composite alarm over both windows notifies (https://sre.google/workbook/alerting-on-slos/)',
  },
} satisfies Record<string, Acknowledgement>;

/**
 * Acknowledge a catalogued finding on a construct and everything in it. Harmless where cdk-nag is not installed.
 *
 * @param findings for rules that report granular findings, such as `Resource::*`: one acknowledgement for each
 */
export function acknowledge(scope: IConstruct, name: keyof typeof ACKNOWLEDGEMENTS, findings: string[] = []): void {
  const { ids, reason }: Acknowledgement = ACKNOWLEDGEMENTS[name];
  const exact = findings.length > 0 ? ids.flatMap((id) => findings.map((finding) => `${id}[${finding}]`)) : ids;
  withoutStackTraces(() => Validations.of(scope).acknowledge(...exact.map((id) => ({ id, reason }))));
}

/** CDK captures a stack trace for each id, which is the longest part of it and would only name this file. */
function withoutStackTraces(action: () => void): void {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  try {
    action();
  } finally {
    Error.stackTraceLimit = limit;
  }
}
