import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import type { IDeploymentRollback } from '../compute-ref';

/** Rolls a deployment of an ECS service back when an alarm goes off while it runs. */
export class AlarmedDeployments implements IDeploymentRollback {
  public constructor(private readonly service: ecs.FargateService) {}

  /** By name and not by reference: the alarms watch what the service depends on. */
  public rollBackOn(alarms: cloudwatch.Alarm[]): void {
    if (alarms.length === 0) {
      return;
    }
    this.service.enableDeploymentAlarms(
      alarms.map((alarm) => physicalName(alarm)),
      { behavior: ecs.AlarmBehavior.ROLLBACK_ON_ALARM },
    );
    // the alarms must exist when Amazon ECS is told to watch them; the L2 as a whole would drag its security group along
    this.service.node.findChild('Service').node.addDependency(...alarms);
  }
}

/** The explicit name of an alarm. */
export function physicalName(alarm: cloudwatch.Alarm): string {
  return (alarm.node.defaultChild as cloudwatch.CfnAlarm).alarmName ?? alarm.alarmName;
}
