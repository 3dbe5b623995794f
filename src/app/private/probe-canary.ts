import { ArnFormat, Duration, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as synthetics from 'aws-cdk-lib/aws-synthetics';
import { Construct } from 'constructs';
import { acknowledge } from '../../core/private/acknowledgements';
import { asFindingText } from '../../core/private/granular-finding';
import { ManagedPolicyRole } from '../../core/private/managed-policy-role';
import type { NetworkConfig } from '../../network';
import type { ProbeResults } from './probe-results';

/** When probes ask, and when they tell. */
export interface ProbeSettings {
  readonly network: NetworkConfig;
  readonly results: ProbeResults;
  readonly every: Duration;
  readonly failures: number;
  readonly timeout: Duration;
  readonly downtimeTrigger: Duration;
  readonly runtime?: synthetics.Runtime;
}

/** Where a probe is let in, if it asks from inside the VPC. */
export interface ProbeEntrance {
  readonly connections: ec2.Connections;
  readonly ports: number[];
}

/** Properties of a ProbeCanary. */
export interface ProbeCanaryProps extends ProbeSettings {
  readonly canaryName: string;
  readonly script: string;
  /** What the script is told. */
  readonly environment: { readonly [name: string]: string };
  /** What it did, for alarms: `A probe asked …`. */
  readonly asked: string;
  /**
   * Who has to let it in.
   *
   * @default - it asks from the internet, as everybody does
   */
  readonly entrance?: ProbeEntrance;
}

/** Start-up of the runtime, on top of waiting for an answer: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Synthetics_Library_nodejs_puppeteer.html */
const START_UP = Duration.seconds(20);

/** Of a longer name, its function and log group take the start: https://docs.aws.amazon.com/AmazonSynthetics/latest/APIReference/API_DeleteCanary.html */
const NAME_IN_FUNCTION = 21;

/** A canary, and the two alarms on it. */
export class ProbeCanary extends Construct {
  public readonly canary: synthetics.Canary;
  public readonly failing: cloudwatch.Alarm;
  public readonly downtime: cloudwatch.Alarm;

  public constructor(
    scope: Construct,
    id: string,
    private readonly props: ProbeCanaryProps,
  ) {
    super(scope, id);
    const { canaryName, results, every } = props;
    this.canary = new synthetics.Canary(this, 'Canary', {
      canaryName,
      runtime: props.runtime ?? synthetics.Runtime.SYNTHETICS_NODEJS_PUPPETEER_13_0,
      test: synthetics.Test.custom({
        code: synthetics.Code.fromInline(props.script),
        handler: 'index.handler',
      }),
      environmentVariables: { ...props.environment, PROBE_TIMEOUT: String(props.timeout.toMilliseconds()) },
      schedule: synthetics.Schedule.rate(every),
      timeout: props.timeout.plus(START_UP),
      role: this.role(),
      artifactsBucketLocation: { bucket: results.bucket, prefix: canaryName },
      provisionedResourceCleanup: true,
      ...this.place(),
    });
    // the L2 property would grant the role more than it uses
    (this.canary.node.defaultChild as synthetics.CfnCanary).artifactConfig = {
      s3Encryption: { encryptionMode: 'SSE_KMS', kmsKeyArn: results.key.keyArn },
    };
    this.failing = this.alarm('Failing', props.failures, 'several times in a row');
    const periods = Math.max(1, Math.floor(props.downtimeTrigger.toSeconds() / every.toSeconds()));
    this.downtime = this.alarm('Downtime', periods, `for ${props.downtimeTrigger.toHumanString()}`);
  }

  /** Where users are: on the internet, or in networks that reach the VPC. */
  private place(): Pick<synthetics.CanaryProps, 'vpc' | 'vpcSubnets' | 'securityGroups'> {
    const { entrance, network, canaryName } = this.props;
    if (!entrance) {
      return {};
    }
    const securityGroup = new ec2.SecurityGroup(this, 'SecurityGroup', {
      vpc: network.vpc,
      description: `Probe ${canaryName}`,
    });
    for (const port of entrance.ports) {
      entrance.connections.allowFrom(securityGroup, ec2.Port.tcp(port), 'Probes');
    }
    return { vpc: network.vpc, vpcSubnets: network.applicationSubnets, securityGroups: [securityGroup] };
  }

  /** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Synthetics_Canaries_CanaryPermissions.html */
  private role(): iam.Role {
    const { canaryName, results, entrance } = this.props;
    const { bucket, key } = results;
    const objects = bucket.arnForObjects(`${canaryName}/*`);
    const logs = Stack.of(this).formatArn({
      service: 'logs',
      resource: 'log-group',
      resourceName: `/aws/lambda/${functionsOf(canaryName)}`,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    const role = new ManagedPolicyRole(this, 'Role', {
      description: `What the probe ${canaryName} may do`,
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
    });
    const allow = (actions: string[], resource: string, conditions?: iam.PolicyStatementProps['conditions']) =>
      role.addToPrincipalPolicy(new iam.PolicyStatement({ actions, resources: [resource], conditions }));
    allow(['s3:PutObject', 's3:GetObject'], objects);
    allow(['s3:GetBucketLocation'], bucket.bucketArn);
    allow(['kms:GenerateDataKey', 'kms:Decrypt'], key.keyArn, {
      StringEquals: { 'kms:ViaService': `s3.${Stack.of(this).region}.${Stack.of(this).urlSuffix}` },
    });
    allow(['logs:CreateLogStream', 'logs:PutLogEvents', 'logs:CreateLogGroup'], logs);
    allow(['s3:ListAllMyBuckets'], '*'); // takes no resource
    allow(['cloudwatch:PutMetricData'], '*', { StringEquals: { 'cloudwatch:namespace': 'CloudWatchSynthetics' } });
    if (entrance) {
      allow(['ec2:CreateNetworkInterface', 'ec2:DescribeNetworkInterfaces', 'ec2:DeleteNetworkInterface'], '*');
    }
    acknowledge(role, 'probeRole', [
      'Resource::*',
      ...[objects, logs].map((arn) => `Resource::${asFindingText(this, arn)}`),
    ]);
    return role;
  }

  private alarm(id: string, evaluationPeriods: number, howLong: string): cloudwatch.Alarm {
    return this.canary.metricSuccessPercent({ period: this.props.every, statistic: 'Average' }).createAlarm(this, id, {
      alarmDescription: `A probe asked ${this.props.asked} and failed ${howLong}`,
      threshold: 100,
      comparisonOperator: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
      evaluationPeriods,
      treatMissingData: cloudwatch.TreatMissingData.BREACHING, // a probe that does not ask sees nothing
    });
  }
}

/** The functions that Synthetics makes for a canary: `cwsyn-`, its name or the start of it, and an id. */
function functionsOf(canaryName: string): string {
  return canaryName.length <= NAME_IN_FUNCTION
    ? `cwsyn-${canaryName}-*`
    : `cwsyn-${canaryName.slice(0, NAME_IN_FUNCTION)}*`;
}
