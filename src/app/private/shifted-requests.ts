import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { acknowledge } from '../../core/private/acknowledgements';
import { fail } from '../../core/private/fail';
import type { IShiftedRequests, ShiftedRoute } from '../compute-ref';
import { CONTAINER_NAME } from './fargate-task';

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/AmazonECSInfrastructureRolePolicyForLoadBalancers.html */
const POLICY = 'AmazonECSInfrastructureRolePolicyForLoadBalancers';

/** Lets Amazon ECS move requests from one target group to the other when it deploys. */
export class ShiftedRequests extends Construct implements IShiftedRequests {
  private route?: ShiftedRoute;

  public constructor(
    scope: Construct,
    id: string,
    private readonly service: ecs.FargateService,
    private readonly port: number,
  ) {
    super(scope, id);
  }

  public shift(route: ShiftedRoute): void {
    if (this.route) {
      fail(
        this.service,
        'TooManyShiftedRoutes',
        `deployments move the requests of one HTTPS ingress, got ${this.route.targets.node.path} and ${route.targets.node.path}; keep one, or use Deployments.rolling()`,
      );
    }
    this.route = route;
    const alternateTarget = new ecs.AlternateTarget('Alternate', {
      alternateTargetGroup: route.alternateTargets,
      productionListener: ecs.ListenerRuleConfiguration.applicationListenerRule(route.rule),
      role: this.role(),
    });
    route.targets.addTarget(
      this.service.loadBalancerTarget({ containerName: CONTAINER_NAME, containerPort: this.port, alternateTarget }),
    );
  }

  private role(): iam.IRole {
    const role = new iam.Role(this, 'Role', {
      description: 'Amazon ECS moves requests between target groups',
      assumedBy: new iam.ServicePrincipal('ecs.amazonaws.com'),
      managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName(POLICY)],
    });
    acknowledge(role, 'awsManagedServicePolicy', [`Policy::arn:<AWS::Partition>:iam::aws:policy/${POLICY}`]);
    return role;
  }
}
