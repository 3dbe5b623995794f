import { join } from 'node:path';
import { ArnFormat, Duration, Stack } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { acknowledge } from '../../core/private/acknowledgements';
import { asFindingText } from '../../core/private/granular-finding';
import { ManagedPolicyRole } from '../../core/private/managed-policy-role';
import type { DatabaseMigration } from '../database-migration';
import { CONTAINER_NAME } from './fargate-task';
import { timeLimitOf } from './migration-limits';

/** Properties of a MigrationHook. */
export interface MigrationHookProps {
  readonly systemName: string;
  readonly migration: DatabaseMigration;
  readonly service: ecs.FargateService;
  readonly subnets: ec2.ISubnet[];
  /** The application's own, where somebody looks who wants to know why a new version did not come. */
  readonly logGroup: logs.ILogGroup;
}

/**
 * Amazon ECS asks a function before it starts the first task of a new version, and goes on when the function says so. The function
 * starts the migration as a task of the new version, and watches it. It is on no recovery path: nothing asks it but a deployment.
 *
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-lifecycle-hooks.html
 */
export class MigrationHook extends Construct {
  public constructor(
    scope: Construct,
    id: string,
    private readonly props: MigrationHookProps,
  ) {
    super(scope, id);
    const { service, systemName } = props;
    const handler = this.makeFunction();
    const role = new ManagedPolicyRole(this, 'HookRole', {
      description: `Lets Amazon ECS ask whether the schema of ${systemName} is ready for a new version`,
      assumedBy: new iam.ServicePrincipal('ecs.amazonaws.com'),
    });
    role.addToPrincipalPolicy(
      new iam.PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [handler.functionArn] }),
    );
    service.addLifecycleHook(
      new ecs.DeploymentLifecycleLambdaTarget(handler, 'Hook', {
        role,
        lifecycleStages: [ecs.DeploymentLifecycleStage.PRE_SCALE_UP],
      }),
    );
    service.node.addDependency(role); // with its policy
  }

  private makeFunction(): lambda.Function {
    const { service, systemName, migration, subnets, logGroup } = this.props;
    const role = new ManagedPolicyRole(this, 'Role', {
      description: `Lets a deployment change the schema of ${systemName}`,
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
    });
    logGroup.grantWrite(role);
    this.allowTask(role);
    const handler = new lambda.Function(this, 'Function', {
      description: `Changes the schema of ${systemName} before a new version starts`,
      code: lambda.Code.fromAsset(join(__dirname, '..', '..', '..', 'assets', 'database-migration')),
      handler: 'index.handler',
      runtime: lambda.Runtime.NODEJS_24_X,
      role,
      timeout: Duration.minutes(1),
      logGroup,
      environment: {
        MIGRATION: Stack.of(this).toJsonString({
          cluster: service.cluster.clusterArn,
          taskDefinition: service.taskDefinition.taskDefinitionArn,
          container: CONTAINER_NAME,
          command: migration.command,
          subnets: subnets.map(({ subnetId }) => subnetId),
          securityGroups: service.connections.securityGroups.map(({ securityGroupId }) => securityGroupId),
          timeLimitSeconds: timeLimitOf(migration).toSeconds(),
        }),
      },
    });
    acknowledge(handler, 'deploymentHook');
    return handler;
  }

  /** One task definition, in one cluster, as the roles that the application has itself. */
  private allowTask(role: iam.Role): void {
    const { cluster, taskDefinition } = this.props.service;
    const tasks = Stack.of(this).formatArn({
      service: 'ecs',
      resource: 'task',
      resourceName: `${cluster.clusterName}/*`,
      arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
    });
    const inCluster = { ArnEquals: { 'ecs:cluster': cluster.clusterArn } };
    const { taskRole, executionRole } = taskDefinition;
    for (const statement of [
      { actions: ['ecs:RunTask'], resources: [taskDefinition.taskDefinitionArn], conditions: inCluster },
      { actions: ['ecs:DescribeTasks', 'ecs:StopTask'], resources: [tasks], conditions: inCluster },
      {
        actions: ['iam:PassRole'],
        resources: [taskRole, executionRole].flatMap((passed) => passed?.roleArn ?? []),
        conditions: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
      },
    ]) {
      role.addToPrincipalPolicy(new iam.PolicyStatement(statement));
    }
    acknowledge(role, 'migrationTasks', [`Resource::${asFindingText(this, tasks)}`]);
  }
}
