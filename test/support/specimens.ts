import { att, network, ref, resource, subnets } from './assessment';

type Template = Record<string, unknown>;

/**
 * Three public stacks as they were read in 2025 and 2026, rebuilt from what is written about their properties. None of their code
 * is here, and what was not written down is left at the service's default.
 */

const HTTPS = {
  Protocol: 'HTTPS',
  Port: 443,
  Certificates: [{ CertificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/1' }],
};

function balancer(listener: Template, targets: Template): Template {
  return {
    Alb: resource('AWS::ElasticLoadBalancingV2::LoadBalancer', { Scheme: 'internet-facing', Subnets: subnets(2) }),
    Listener: resource('AWS::ElasticLoadBalancingV2::Listener', {
      LoadBalancerArn: ref('Alb'),
      DefaultActions: [{ Type: 'forward', TargetGroupArn: ref('Targets') }],
      ...listener,
    }),
    Targets: resource('AWS::ElasticLoadBalancingV2::TargetGroup', {
      Protocol: 'HTTP',
      Port: 80,
      TargetType: 'ip',
      ...targets,
    }),
  };
}

function service(container: Template, more: Template = {}): Template {
  return {
    Task: resource('AWS::ECS::TaskDefinition', {
      Cpu: '1024',
      Memory: '2048',
      NetworkMode: 'awsvpc',
      RequiresCompatibilities: ['FARGATE'],
      ContainerDefinitions: [{ Name: 'App', Essential: true, ...container }],
    }),
    Service: resource('AWS::ECS::Service', {
      LaunchType: 'FARGATE',
      DesiredCount: 2,
      TaskDefinition: ref('Task'),
      LoadBalancers: [{ ContainerName: 'App', ContainerPort: 80, TargetGroupArn: ref('Targets') }],
      NetworkConfiguration: {
        AwsvpcConfiguration: { Subnets: subnets(2), SecurityGroups: [att('AppGroup', 'GroupId')] },
      },
      ...more,
    }),
    AppGroup: resource('AWS::EC2::SecurityGroup', {}),
    DataGroup: resource('AWS::EC2::SecurityGroup', {
      SecurityGroupIngress: [{ SourceSecurityGroupId: att('AppGroup', 'GroupId') }],
    }),
  };
}

function auroraInstance(engine: string): Template {
  return resource('AWS::RDS::DBInstance', {
    DBClusterIdentifier: ref('Database'),
    Engine: engine,
    DBInstanceClass: 'db.serverless',
  });
}

/** OpenEMR on Fargate, July 2025. */
export function openEmrOnFargate(): Template {
  return {
    ...network(2),
    ...balancer(HTTPS, {
      HealthCheckPath: '/',
      HealthCheckIntervalSeconds: 300,
      UnhealthyThresholdCount: 3,
      Matcher: { HttpCode: '302' },
    }),
    ...service(
      {
        Image: 'openemr/openemr:7.0.3',
        Command: [
          'sh',
          '-c',
          'curl -o /ca/rds.pem https://truststore.pki.example.com/global-bundle.pem && curl -o /ca/redis.pem https://www.example.org/ca1.pem && ./openemr.sh',
        ],
        HealthCheck: { Command: ['CMD', 'true'], Interval: 120, StartPeriod: 300 },
      },
      { AvailabilityZoneRebalancing: 'ENABLED', HealthCheckGracePeriodSeconds: 300 },
    ),
    Scaling: resource('AWS::ApplicationAutoScaling::ScalableTarget', {
      MinCapacity: 2,
      MaxCapacity: 100,
      ResourceId: { 'Fn::Join': ['/', ['service', 'cluster', att('Service', 'Name')]] },
      ScalableDimension: 'ecs:service:DesiredCount',
      ServiceNamespace: 'ecs',
    }),
    Database: resource('AWS::RDS::DBCluster', {
      Engine: 'aurora-mysql',
      EngineVersion: '8.0.mysql_aurora.3.08.0',
      MasterUsername: 'openemr',
      DBSubnetGroupName: ref('DatabaseSubnets'),
      VpcSecurityGroupIds: [att('DataGroup', 'GroupId')],
      ServerlessV2ScalingConfiguration: { MinCapacity: 0, MaxCapacity: 256 },
    }),
    Writer: auroraInstance('aurora-mysql'),
    Reader: auroraInstance('aurora-mysql'),
    Sites: resource('AWS::EFS::FileSystem', { Encrypted: true }, { DeletionPolicy: 'Delete' }),
    SitesTarget0: resource('AWS::EFS::MountTarget', mountTarget(0)),
    SitesTarget1: resource('AWS::EFS::MountTarget', mountTarget(1)),
    Vault: resource('AWS::Backup::BackupVault', { BackupVaultName: 'openemr' }, { DeletionPolicy: 'Delete' }),
    Plan: resource(
      'AWS::Backup::BackupPlan',
      {
        BackupPlan: {
          BackupPlanName: 'openemr',
          BackupPlanRule: [
            {
              RuleName: 'Daily',
              TargetBackupVault: ref('Vault'),
              ScheduleExpression: 'cron(0 5 * * ? *)',
              Lifecycle: { DeleteAfterDays: 90 },
            },
          ],
        },
      },
      { DeletionPolicy: 'Delete' },
    ),
    Selection: resource('AWS::Backup::BackupSelection', {
      BackupPlanId: ref('Plan'),
      BackupSelection: {
        IamRoleArn: 'arn:aws:iam::111122223333:role/backup',
        SelectionName: 'openemr',
        // an ARN of an instance around the name of a cluster selects nothing
        Resources: [arn('rds', 'db:', 'Database'), arn('elasticfilesystem', 'file-system/', 'Sites')],
      },
    }),
  };
}

function mountTarget(slot: number): Template {
  return { FileSystemId: ref('Sites'), SubnetId: ref(`Subnet${slot}`), SecurityGroups: [att('DataGroup', 'GroupId')] };
}

function arn(of: string, kind: string, name: string) {
  return { 'Fn::Join': ['', [`arn:aws:${of}:us-east-1:`, ref('AWS::AccountId'), `:${kind}`, ref(name)]] };
}

/** Medplum's CDK package, with one instance, which its configuration accepts. */
export function medplum(): Template {
  return {
    ...network(2),
    ...balancer(HTTPS, {
      HealthCheckPath: '/healthcheck',
      HealthCheckIntervalSeconds: 30,
      HealthCheckTimeoutSeconds: 3,
      UnhealthyThresholdCount: 5,
    }),
    ...service({ Image: 'medplum/medplum-server:latest' }, { HealthCheckGracePeriodSeconds: 300 }),
    Database: resource('AWS::RDS::DBCluster', {
      Engine: 'aurora-postgresql',
      EngineVersion: '12.9',
      MasterUsername: 'clusteradmin',
      BackupRetentionPeriod: 7,
      StorageEncrypted: true,
      DBSubnetGroupName: ref('DatabaseSubnets'),
      VpcSecurityGroupIds: [att('DataGroup', 'GroupId')],
    }),
    Writer: resource('AWS::RDS::DBInstance', {
      DBClusterIdentifier: ref('Database'),
      Engine: 'aurora-postgresql',
      DBInstanceClass: 'db.t4g.medium',
    }),
    Cache: resource('AWS::ElastiCache::ReplicationGroup', {
      Engine: 'redis',
      NumNodeGroups: 1,
      ReplicasPerNodeGroup: 1,
      AutomaticFailoverEnabled: true,
      MultiAZEnabled: true,
      CacheSubnetGroupName: ref('CacheSubnets'),
      SecurityGroupIds: [att('DataGroup', 'GroupId')],
    }),
    Logs: resource('AWS::Logs::LogGroup', {}, { DeletionPolicy: 'Delete' }),
  };
}

/** The sample of Orthanc on Fargate, with its flags as they stand. */
export function orthancSample(): Template {
  return {
    ...network(2),
    ...balancer({ Protocol: 'HTTP', Port: 80 }, { HealthCheckPath: '/' }),
    ...service(
      { Image: 'orthancteam/orthanc:24.6.1', Environment: [{ Name: 'BUCKET', Value: ref('Images') }] },
      { HealthCheckGracePeriodSeconds: 60 },
    ),
    Database: resource(
      'AWS::RDS::DBInstance',
      {
        Engine: 'postgres',
        EngineVersion: '16.4',
        DBInstanceClass: 'db.t4g.medium',
        AllocatedStorage: '20',
        MultiAZ: false,
        BackupRetentionPeriod: 0,
        DBSubnetGroupName: ref('DatabaseSubnets'),
        VPCSecurityGroups: [att('DataGroup', 'GroupId')],
      },
      { DeletionPolicy: 'Delete' },
    ),
    Images: resource('AWS::S3::Bucket', {}, { DeletionPolicy: 'Delete' }),
  };
}
