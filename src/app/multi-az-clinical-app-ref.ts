import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type { IConstruct } from 'constructs';
import type { HealthProfile, ResilienceObjectives } from '../core';
import type { DatabaseConfig, DocumentStoreConfig, FileShareConfig, TableStoreConfig } from '../data';
import type { NetworkConfig } from '../network';
import type { ComputeConfig } from './compute-ref';
import type { IngressConfig } from './ingress-ref';

/** A clinical application that survives the loss of a zone. */
export interface IMultiAzClinicalApp extends IConstruct, ec2.IConnectable {
  /** The system's name; the same in every Region. */
  readonly systemName: string;
  /** What it must achieve. */
  readonly objectives: ResilienceObjectives;
  /** What healthy means. */
  readonly health: HealthProfile;
  /** Where it runs. */
  readonly network: NetworkConfig;
  /** How it runs. */
  readonly compute: ComputeConfig;
  /** Its ways in. */
  readonly ingress: IngressConfig[];
  /** Its database, if it has one. */
  readonly database?: DatabaseConfig;
  /** Its document store, if it has one. */
  readonly documents?: DocumentStoreConfig;
  /** Its file shares, by name. */
  readonly files: { [name: string]: FileShareConfig };
  /** Its tables, by name. */
  readonly tables: { [name: string]: TableStoreConfig };
  /** Where alarms and backup events are sent. */
  readonly notifications: sns.ITopic;
}
