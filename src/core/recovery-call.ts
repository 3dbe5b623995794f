/** What somebody must be allowed to do, on what. */
export interface RecoveryPermission {
  /** IAM actions, such as `rds:FailoverGlobalCluster`. */
  readonly actions: string[];
  /** ARNs the actions are allowed on. */
  readonly resources: string[];
  /**
   * What narrows actions that take no resource, for `StringEquals`.
   *
   * @default - nothing
   */
  readonly conditions?: { [key: string]: string };
}

/** What a call consists of. */
export interface RecoveryCallProps {
  /** What it does, for whoever runs it. */
  readonly description: string;
  /** The service, by the name of its command line, such as `application-autoscaling`. */
  readonly service: string;
  /** The API, such as `RegisterScalableTarget`. */
  readonly api: string;
  /** The Region that is asked: one that survives. */
  readonly region: string;
  /** Parameters by their names in the API, spelled as its SDKs do: text, numbers, objects, and a boolean for a switch. */
  readonly inputs: { [name: string]: unknown };
  /** What it takes to be allowed to call it. */
  readonly permissions: RecoveryPermission[];
}

/**
 * A call of an AWS API that recovery makes. Kept as data, so that the command people type, the step that AWS Systems Manager
 * takes for them, and the permissions of both are one and the same.
 */
export class RecoveryCall {
  /** What it does. */
  public readonly description: string;
  /** The service, by the name of its command line. */
  public readonly service: string;
  /** The API. */
  public readonly api: string;
  /** The Region that is asked. */
  public readonly region: string;
  /** Parameters by their names in the API. */
  public readonly inputs: { [name: string]: unknown };
  /** What it takes to be allowed to call it. */
  public readonly permissions: RecoveryPermission[];

  public constructor(props: RecoveryCallProps) {
    this.description = props.description;
    this.service = props.service;
    this.api = props.api;
    this.region = props.region;
    this.inputs = props.inputs;
    this.permissions = props.permissions;
  }

  /** As a command of the AWS CLI. */
  public get command(): string {
    const options = Object.entries(this.inputs).map(([name, value]) => option(dashed(name), value));
    return ['aws', this.service, dashed(this.api), '--region', this.region, ...options].join(' ');
  }
}

/** `TargetDbClusterIdentifier` is `target-db-cluster-identifier` on the command line, and `DBInstanceIdentifier` `db-instance-identifier`. */
function dashed(name: string): string {
  return name
    .replace(/([A-Z])([A-Z][a-z])/g, '$1-$2')
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase();
}

/** A switch that is off has a name of its own: https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-parameters-types.html */
function option(name: string, value: unknown): string {
  if (typeof value === 'boolean') {
    return value ? `--${name}` : `--no-${name}`;
  }
  return `--${name} ${typeof value === 'object' ? `'${JSON.stringify(value)}'` : value}`;
}
