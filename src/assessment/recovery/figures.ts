import type { Step } from './step';
import { open, seconds } from './time';

const DOCS = 'https://docs.aws.amazon.com';
const AURORA = `${DOCS}/AmazonRDS/latest/AuroraUserGuide`;

/**
 * Budgets, not guarantees: documented values, rounded up. Where AWS publishes none, the step is open or says `judgement`.
 */
export const FIGURES = {
  clientsResolveAgain: {
    what: 'clients resolve the load balancer again and drop lost zones',
    time: seconds(60),
    source: `${DOCS}/elasticloadbalancing/latest/application/application-load-balancers.html (60 s time to live)`,
  },
  auroraFailover: {
    what: 'Aurora promotes a reader in another zone',
    time: seconds(60),
    source: `${AURORA}/Concepts.AuroraHighAvailability.html`,
  },
  auroraInstanceAgain: {
    what: 'Aurora creates the instance again in the same zone',
    time: seconds(600),
    needsControlPlane: true,
    source: `${AURORA}/Concepts.AuroraHighAvailability.html`,
  },
  rdsFailover: {
    what: 'RDS fails over to the standby',
    time: seconds(120),
    source: `${DOCS}/AmazonRDS/latest/UserGuide/Concepts.MultiAZSingleStandby.html`,
  },
  rdsClusterFailover: {
    what: 'RDS promotes a readable standby',
    time: seconds(35),
    source: `${DOCS}/AmazonRDS/latest/UserGuide/multi-az-db-clusters-concepts-failover.html`,
  },
  rdsHostReplacement: {
    what: 'RDS replaces the host in the same zone',
    time: open('AWS publishes no time for replacing the host of a single-AZ instance'),
    needsControlPlane: true,
    source: `${DOCS}/AmazonRDS/latest/UserGuide/USER_PIT.html`,
  },
  cacheFailover: {
    what: 'ElastiCache promotes a replica',
    time: seconds(30),
    source: `${DOCS}/AmazonElastiCache/latest/dg/AutoFailover.html (a few seconds, rounded up)`,
  },
  cacheGlobalFailover: {
    what: 'ElastiCache promotes the copy of a global datastore in the other Region',
    time: seconds(300),
    byHand: true,
    source:
      'judgement: five times the minute of https://disaster-recovery.workshop.aws/en/services/databases/elasticache/global-datastore.html',
  },
  nodeReplacement: {
    what: 'AWS replaces the node in the same zone',
    time: open('AWS publishes no time for replacing the only node'),
    needsControlPlane: true,
    source: `${DOCS}/AmazonElastiCache/latest/dg/AutoFailover.html`,
  },
  fsxFailover: {
    what: 'FSx fails over to the standby file server',
    time: seconds(60),
    source: `${DOCS}/fsx/latest/ONTAPGuide/high-availability-AZ.html`,
  },
  fsxSingleServer: {
    what: 'FSx recovers its only file server in the same zone',
    time: seconds(1800),
    source: `${DOCS}/fsx/latest/WindowsGuide/high-availability-multiAZ.html (about 30 min)`,
  },
  brokerFailover: {
    what: 'the standby broker takes over',
    time: seconds(60),
    source: 'judgement: brokers reconnect within a minute of the loss',
  },
  taskReplacement: {
    what: 'ECS starts a task elsewhere: image, start, health check',
    time: seconds(120),
    needsControlPlane: true,
    source: `${DOCS}/AmazonECS/latest/developerguide/service-rebalancing.html, judgement on documented parts`,
  },
  instanceReplacement: {
    what: 'Auto Scaling launches an instance elsewhere: boot, grace period',
    time: seconds(300),
    needsControlPlane: true,
    source: `${DOCS}/wellarchitected/latest/reliability-pillar/rel_withstand_component_failures_static_stability.html, judgement on documented parts`,
  },
  instanceRecovery: {
    what: 'EC2 recovers the instance on other hardware in the same zone',
    time: seconds(600),
    needsControlPlane: true,
    source: `${DOCS}/AWSEC2/latest/UserGuide/ec2-instance-recover.html (minutes, as after a restart)`,
  },
  lambdaShift: {
    what: 'Lambda runs in the other zones of its subnets',
    time: seconds(60),
    source: `${DOCS}/lambda/latest/dg/security-resilience.html`,
  },
  humanDecision: {
    what: 'somebody is called and decides',
    time: seconds(900),
    byHand: true,
    source: 'judgement: 15 minutes until a person decides',
  },
  buildElsewhere: {
    what: 'somebody changes and deploys the template for other zones',
    time: seconds(1800),
    byHand: true,
    needsControlPlane: true,
    source: 'judgement: half an hour to change, review and deploy a template',
  },
  restore: {
    what: 'the data is restored from a recovery point',
    time: open('restore time depends on the volume of data: measure it in a restore test'),
    byHand: true,
    needsControlPlane: true,
    source: `${DOCS}/aws-backup/latest/devguide/restore-testing.html`,
  },
  previousVersions: {
    what: 'earlier versions of the objects are made current again',
    time: open('bringing versions back depends on the number of objects: measure it'),
    byHand: true,
    source: `${DOCS}/AmazonS3/latest/userguide/Versioning.html`,
  },
  auroraGlobalFailover: {
    what: 'Aurora managed failover promotes the secondary cluster',
    time: seconds(900),
    byHand: true,
    source: `${AURORA}/aurora-global-database-disaster-recovery.html (order of minutes)`,
  },
  auroraHeadlessInstance: {
    what: 'an instance is created in the secondary cluster, if the Region still has capacity',
    time: seconds(600),
    byHand: true,
    needsControlPlane: true,
    source: `${AURORA}/aurora-global-database-attach.console.headless.html (less than 10 minutes)`,
  },
  readReplicaPromotion: {
    what: 'the read replica is promoted',
    time: seconds(600),
    byHand: true,
    source: `${DOCS}/AmazonRDS/latest/UserGuide/USER_ReadRepl.html (several minutes)`,
  },
  clientRedirect: {
    what: 'clients use the copy in the other Region',
    time: seconds(120),
    source: 'judgement: a DNS or time-to-live budget',
  },
  efsFailover: {
    what: 'replication is stopped and the replica is mounted',
    time: open('AWS publishes no time for making an EFS replica writable'),
    byHand: true,
    source: `${DOCS}/efs/latest/ug/efs-replication.html`,
  },
  regionRebuild: {
    what: 'everything but the data is deployed in another Region',
    time: open('deploying the system in another Region: rehearse and measure it', 3600),
    byHand: true,
    needsControlPlane: true,
    source: 'judgement: networks, databases and load balancers take at least an hour',
  },
  accountRebuild: {
    what: 'everything but the data is deployed in a clean account',
    time: open('deploying the system in a clean account: rehearse and measure it', 3600),
    byHand: true,
    needsControlPlane: true,
    source: 'judgement: networks, databases and load balancers take at least an hour',
  },
  controlPlaneBack: {
    what: 'the control plane of the Region is back',
    time: seconds(54_000),
    source: 'https://aws.amazon.com/message/101925/ (the longest that is told of: 14.5 h, rounded up)',
  },
  targetHealthSeen: {
    what: 'Route 53 finds no healthy target behind the address',
    time: open('AWS publishes no time for evaluating target health: add a health check', 30),
    source: `${DOCS}/Route53/latest/DeveloperGuide/dns-failover-complex-configs.html`,
  },
  dnsChangeByHand: {
    what: 'somebody points the address at the other Region',
    time: seconds(960),
    byHand: true,
    needsControlPlane: true,
    source: 'judgement: 15 minutes until a person decides, 60 s until caches expire; changing records needs us-east-1',
  },
  planMovesRecords: {
    what: 'health checks or routing controls turn, and cached addresses expire',
    time: seconds(90),
    source:
      'judgement: a state changes within seconds, an alias lives for 60 s; https://docs.aws.amazon.com/r53recovery/latest/dg/route53-health-check-block.html',
  },
  directoryFailover: {
    what: 'members of the domain find the other domain controller',
    time: seconds(60),
    source: `judgement: name servers and domain controllers are retried within a minute; ${DOCS}/directoryservice/latest/admin-guide/ms_ad_deploy_additional_dcs.html`,
  },
  directoryReplacement: {
    what: 'AWS replaces the domain controller in the same zone',
    time: open('AWS publishes no time for replacing a domain controller'),
    needsControlPlane: true,
    source: `${DOCS}/directoryservice/latest/admin-guide/ms_ad_deploy_additional_dcs.html`,
  },
  bgpHoldTimer: {
    what: 'BGP finds the other end gone and takes the other link',
    time: seconds(90),
    source: `${DOCS}/directconnect/latest/UserGuide/resiliency_toolkit.html (hold timer of 90 s; BFD needs about one)`,
  },
  routesByHand: {
    what: 'somebody moves static routes to the other link',
    time: seconds(300),
    byHand: true,
    needsControlPlane: true,
    source: 'judgement: five minutes to change route tables on both ends',
  },
  linkMended: {
    what: 'the hospital, or its carrier, mends the only link',
    time: open('nobody can promise when a router or a circuit is mended: agree on a time with the carrier', 3600),
    byHand: true,
    source: 'judgement: at least an hour on site',
  },
  tunnelDetection: {
    what: 'the VPN finds the dead peer and BGP takes the other path',
    time: seconds(40),
    source: `${DOCS}/vpn/latest/s2svpn/VPNTunnels.html (40 s until a dead peer is found)`,
  },
} as const satisfies Record<string, Step>;
