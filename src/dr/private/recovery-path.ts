import type { Duration } from 'aws-cdk-lib';
import type { ComputeConfig } from '../../app';
import { type DrStrategy, DrStrategyName, RecoveryAutomation, type RecoveryStep } from '../../core';
import type { DatabaseConfig, DocumentStoreConfig } from '../../data';
import type { FailoverConfig } from '../failover-ref';
import { RecoveryEstimate } from '../recovery-estimate';

/** What the way to the other Region is made of. */
export interface RecoveryPathProps {
  readonly failover: FailoverConfig;
  readonly compute: ComputeConfig;
  readonly database?: DatabaseConfig;
  readonly documents?: DocumentStoreConfig;
  readonly reconnectTime: Duration;
}

/**
 * The way to the other Region under a strategy. A standby can be read as soon as users are there, and is written to after a
 * decision. A pilot light waits for the decision with everything: nothing runs that could be read. Then reading comes first.
 */
export function recoveryPath({ strategyName }: DrStrategy, props: RecoveryPathProps): RecoveryEstimate {
  const { failover, compute } = props;
  const write = [...promotion(props), ...(failover.completion ?? [])];
  const stores = storesOf(props);
  return strategyName === DrStrategyName.PILOT_LIGHT
    ? new RecoveryEstimate({
        untilReadable: [
          ...failover.redirection,
          ...failover.decision,
          ...(failover.scalesCompute ? [] : (compute.activation?.steps ?? [])),
        ],
        untilWritable: write,
        stores,
      })
    : new RecoveryEstimate({
        untilReadable: failover.redirection,
        untilWritable: [...failover.decision, ...write],
        stores,
      });
}

function promotion({ database, reconnectTime }: RecoveryPathProps): RecoveryStep[] {
  const steps = database?.replication?.promotion ?? [];
  const reconnect: RecoveryStep = {
    description: 'the application lets go of connections that only read',
    duration: reconnectTime,
    automation: RecoveryAutomation.AUTOMATIC,
    source: 'declared as reconnectTime, or this default: judgement, until an exercise has measured it',
  };
  return steps.length > 0 ? [...steps, reconnect] : [];
}

function storesOf({ database, documents }: RecoveryPathProps) {
  const stores = { database: database?.replication, 'document store': documents?.replication };
  return Object.entries(stores).flatMap(([store, replication]) =>
    replication ? [{ store, recoveryPoint: replication.recoveryPoint }] : [],
  );
}
