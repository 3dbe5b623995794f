import { Stack, Token } from 'aws-cdk-lib';
import type * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as route53 from 'aws-cdk-lib/aws-route53';
import * as targets from 'aws-cdk-lib/aws-route53-targets';
import { Construct } from 'constructs';
import { BirthRole } from '../../core';
import { fail } from '../../core/private/fail';
import { knownRegion, partitionOf } from '../../core/private/tokens';
import type { IIngressRouting } from '../ingress-ref';
import { livesElsewhere } from './regional-arn';

/** Properties of a FailoverRecord. */
export interface FailoverRecordProps {
  readonly domainName: string;
  readonly hostedZone: route53.IHostedZone;
  readonly loadBalancer: elbv2.ILoadBalancerV2;
  readonly bornAs: BirthRole;
  readonly reachableFromInternet: boolean;
}

/**
 * The address of a system, as the failover record of this Region. It is one from the first day: Amazon Route 53 keeps no
 * simple record beside a failover record, so a recovery Region added later would have to take the address down first. Where both Regions
 * serve it is a latency record, which Route 53 keeps beside others of its kind only.
 */
export class FailoverRecord extends Construct implements IIngressRouting {
  public readonly hostedZone: route53.IHostedZone;
  public readonly reachableFromInternet: boolean;
  public readonly targetDomainName: string;
  private readonly record: route53.ARecord;

  public constructor(scope: Construct, id: string, props: FailoverRecordProps) {
    super(scope, id);
    refuseGovCloud(this, props);
    refuseForeignZone(this, props);
    this.hostedZone = props.hostedZone;
    this.reachableFromInternet = props.reachableFromInternet;
    this.targetDomainName = props.loadBalancer.loadBalancerDnsName;
    this.record = new route53.ARecord(this, 'A', {
      zone: props.hostedZone,
      recordName: props.domainName,
      target: route53.RecordTarget.fromAlias(
        new targets.LoadBalancerTarget(props.loadBalancer, { evaluateTargetHealth: true }),
      ),
      // Region switch finds the record of a Region by this: https://docs.aws.amazon.com/r53recovery/latest/dg/route53-health-check-block.html
      setIdentifier: knownRegion(this, 'the DNS record of each Region is identified by the name of the Region'),
      failover: props.bornAs === BirthRole.PRIMARY ? route53.Failover.PRIMARY : route53.Failover.SECONDARY,
    });
  }

  public failAwayWhenUnhealthy(healthCheck: route53.IHealthCheck): void {
    this.recordSet.healthCheckId = healthCheck.healthCheckId;
  }

  public serveNearestUsers(): void {
    this.recordSet.failover = undefined; // a record has one routing policy
    this.recordSet.region = knownRegion(this, 'users are sent to the Region that answers them sooner');
  }

  private get recordSet(): route53.CfnRecordSet {
    return this.record.node.defaultChild as route53.CfnRecordSet;
  }
}

/** https://docs.aws.amazon.com/govcloud-us/latest/UserGuide/govcloud-r53.html */
function refuseGovCloud(scope: Construct, { hostedZone }: FailoverRecordProps): void {
  const { region } = Stack.of(scope);
  if (!Token.isUnresolved(region) && partitionOf(region) === 'aws-us-gov') {
    fail(
      scope,
      'HostedZoneNotSupported',
      `Amazon Route 53 in ${region} has no public hosted zones, and no alias to a load balancer, got the zone "${hostedZone.zoneName}"; leave hostedZone out, give a certificate, and point your own DNS at the load balancer`,
    );
  }
}

function refuseForeignZone(scope: Construct, { domainName, hostedZone }: FailoverRecordProps): void {
  const { zoneName } = hostedZone;
  const known = !Token.isUnresolved(domainName) && !Token.isUnresolved(zoneName);
  if (known && domainName !== zoneName && !domainName.endsWith(`.${zoneName}`)) {
    fail(
      scope,
      'DomainNotInHostedZone',
      `the domain name "${domainName}" is not in the hosted zone "${zoneName}"; give the zone that contains it`,
    );
  }
  if (Token.isUnresolved(hostedZone.hostedZoneId) && livesElsewhere(scope, hostedZone)) {
    fail(
      scope,
      'HostedZoneInOtherRegion',
      `the hosted zone is made by a stack in ${hostedZone.env.region}, which this Region must not depend on; import it with HostedZone.fromHostedZoneAttributes`,
    );
  }
}
