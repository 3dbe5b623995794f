import type { Construct } from 'constructs';
import type { ProbeTarget } from '../probe-target';
import { CANARY_SCRIPT } from './canary-script';
import { ProbeCanary, type ProbeSettings } from './probe-canary';

/** Properties of an HttpCanary. */
export interface HttpCanaryProps extends ProbeSettings {
  readonly canaryName: string;
  readonly target: ProbeTarget;
  readonly path: string;
  readonly healthyHttpCodes: string;
  readonly deep: boolean;
}

/** A canary that asks one path. */
export class HttpCanary extends ProbeCanary {
  public constructor(scope: Construct, id: string, props: HttpCanaryProps) {
    const { target, path, deep } = props;
    super(scope, id, {
      ...props,
      script: CANARY_SCRIPT,
      environment: {
        PROBE_HOST: target.host,
        PROBE_PORT: String(target.port),
        PROBE_SERVER_NAME: target.serverName,
        PROBE_PATH: path,
        PROBE_HEALTHY_CODES: props.healthyHttpCodes,
      },
      asked: `https://${target.serverName}${path} as users do${deep ? ', through to what it depends on,' : ''}`,
      entrance: target.connections && { connections: target.connections, ports: [target.port] },
    });
  }
}
