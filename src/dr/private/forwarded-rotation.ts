import { Stack } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { ManagedPolicyRole } from '../../core/private/managed-policy-role';
import { rotationOf } from '../../core/private/secret-rotation-event';

/** Properties of a ForwardedRotation. */
export interface ForwardedRotationProps {
  /** Name of the secret, the same in every Region. */
  readonly secretName: string;
  /** The Region whose tasks were given the replica of the secret. */
  readonly recoveryRegion: string;
  /** Keeps a rotation that the other Region was not told of. */
  readonly deadLetterQueue: sqs.IQueue;
}

/**
 * Tells another Region that a secret was rotated here: tasks there hold the former password of a database that follows this one.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cross-region.html
 */
export class ForwardedRotation extends Construct {
  public constructor(scope: Construct, id: string, props: ForwardedRotationProps) {
    super(scope, id);
    const { secretName, recoveryRegion, deadLetterQueue } = props;
    const eventBusArn = Stack.of(this).formatArn({
      service: 'events',
      region: recoveryRegion,
      resource: 'event-bus',
      resourceName: 'default',
    });
    const role = new ManagedPolicyRole(this, 'Role', {
      description: `Sends events to ${recoveryRegion}`,
      assumedBy: new iam.ServicePrincipal('events.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    });
    new events.Rule(this, 'Rule', {
      description: `Tells ${recoveryRegion} that ${secretName} was rotated`,
      eventPattern: rotationOf(secretName),
      targets: [
        new targets.EventBus(events.EventBus.fromEventBusArn(this, 'Bus', eventBusArn), { role, deadLetterQueue }),
      ],
    });
  }
}
