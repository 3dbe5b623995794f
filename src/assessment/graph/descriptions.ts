import { APIS } from './describe/apis';
import { CACHES } from './describe/caches';
import { COMPUTE } from './describe/compute';
import { DATABASES } from './describe/databases';
import type { Describe } from './describe/describe';
import { DIRECTORIES } from './describe/directories';
import { ENTRIES } from './describe/entries';
import { FILES } from './describe/files';
import { KUBERNETES } from './describe/kubernetes';
import { LINKS } from './describe/links';
import { MESSAGING } from './describe/messaging';
import { NETWORK_PATHS } from './describe/network-paths';
import { STORAGE } from './describe/storage';

/** Every type that becomes a node, with what describes it. */
export const DESCRIPTIONS: ReadonlyMap<string, Describe> = new Map(
  [
    ENTRIES,
    APIS,
    COMPUTE,
    KUBERNETES,
    DATABASES,
    STORAGE,
    FILES,
    CACHES,
    MESSAGING,
    NETWORK_PATHS,
    LINKS,
    DIRECTORIES,
  ].flatMap(Object.entries),
);

/** Types that are read as part of something else, or that do nothing at run time. They are neither nodes nor unknown. */
export const SUPPORTING = new RegExp(
  `^(${[
    'AWS::CDK::Metadata',
    'AWS::CloudFormation::(Stack|CustomResource|WaitCondition.*|Macro)',
    'Custom::.*',
    'AWS::(IAM|KMS|Logs|CloudWatch|Config|GuardDuty|SecurityHub|CloudTrail|SSM|WAFv2|AccessAnalyzer|Backup|Route53|SecretsManager|CertificateManager|ApplicationAutoScaling|ECR)::.*',
    'AWS::EC2::(VPC|Subnet|RouteTable|Route|SubnetRouteTableAssociation|SecurityGroup.*|InternetGateway|VPCGatewayAttachment|EIP|EIPAssociation|FlowLog|LaunchTemplate|VolumeAttachment|NetworkAcl.*|SubnetNetworkAclAssociation|VPNConnectionRoute|CustomerGateway|VPNGateway|VPNGatewayRoutePropagation|VPCCidrBlock|SubnetCidrBlock|DHCPOptions|VPCDHCPOptionsAssociation|EgressOnlyInternetGateway|VPCPeeringConnection|KeyPair|PrefixList|TransitGatewayRoute|TransitGatewayRouteTable(Association|Propagation)?)',
    'AWS::DirectConnect::(Connection|Lag|DirectConnectGateway|DirectConnectGatewayAssociation)',
    'AWS::ECS::(Cluster|TaskDefinition|ClusterCapacityProviderAssociations|CapacityProvider)',
    'AWS::ElasticLoadBalancingV2::(Listener|ListenerRule|ListenerCertificate)',
    'AWS::(RDS|DocDB|Neptune)::(DBInstance|DBSubnetGroup|DB.*ParameterGroup|GlobalCluster|OptionGroup|EventSubscription|DBProxy(TargetGroup|Endpoint))',
    'AWS::EFS::(MountTarget|AccessPoint)',
    'AWS::(ElastiCache|MemoryDB)::(SubnetGroup|ParameterGroup|ACL|User|UserGroup|CacheCluster|GlobalReplicationGroup)',
    'AWS::AutoScaling::(ScalingPolicy|LaunchConfiguration|ScheduledAction|LifecycleHook)',
    'AWS::Lambda::(Permission|Version|Alias|EventInvokeConfig|EventSourceMapping|LayerVersion)',
    'AWS::S3::BucketPolicy',
    'AWS::SNS::(Subscription|TopicPolicy)',
    'AWS::SQS::QueuePolicy',
    'AWS::ApiGateway(V2)?::.*',
    'AWS::AppSync::(ApiKey|DataSource|DomainName.*|FunctionConfiguration|GraphQLSchema|Resolver)',
    'AWS::Transfer::User',
    'AWS::EKS::(AccessEntry|Addon|IdentityProviderConfig|PodIdentityAssociation)',
    'AWS::CloudFront::(CachePolicy|CloudFrontOriginAccessIdentity|Function|KeyGroup|OriginAccessControl|OriginRequestPolicy|PublicKey|ResponseHeadersPolicy)',
    'AWS::Kinesis::StreamConsumer',
    'AWS::Cognito::(IdentityPool|IdentityPoolRoleAttachment|UserPool(Client|Domain|Group|IdentityProvider|ResourceServer|User|UserToGroupAttachment))',
    'AWS::EC2::VPCEndpointService(Permissions)?', // the balancer behind it is the entry
    'AWS::AmazonMQ::Configuration.*',
    // starts what is judged by itself, spreads over its Region, and keeps nothing: no failure below that of the Region stops it
    'AWS::Events::(Archive|EventBus|Rule|EventBusPolicy)',
    'AWS::Pipes::Pipe',
    'AWS::Scheduler::Schedule(Group)?',
    // watches, tells and practises, beside the way of any request; rules look at them
    'AWS::Synthetics::(Canary|Group)',
    'AWS::Chatbot::.*',
    'AWS::ARCZonalShift::.*',
    'AWS::EC2::NetworkInterface', // part of the instance that it is attached to
    'AWS::Organizations::.*',
    // builds and releases: what they release is judged by itself
    'AWS::Code(Artifact|Build|Commit|Connections|Deploy|Pipeline|StarConnections|StarNotifications)::.*',
    // sends users to entry points, which are judged by themselves; how fast is read with the loss of a Region
    'AWS::GlobalAccelerator::.*',
  ].join('|')})$`,
);
