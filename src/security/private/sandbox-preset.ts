import { DataProtection } from '../../core/data-protection';
import { Enablement } from '../enablement';
import type { SandboxBaselineOptions } from '../sandbox-baseline-options';
import type { SecurityBaselineProps } from '../security-baseline-props';

/** What sees an intruder in an account without patients, and nothing that keeps records or costs by the resource. */
export function sandboxPreset({ acknowledgeDataLoss, ...regions }: SandboxBaselineOptions): SecurityBaselineProps {
  const off = (why: string) => Enablement.off({ reason: `sandbox: ${why}` });
  return {
    ...regions,
    dataProtection: DataProtection.destroyWithStack({ acknowledgeDataLoss }),
    guardDuty: { runtimeAgents: [] }, // its agent makes endpoints, which keep a VPC from being deleted
    archiveFindings: false,
    enablement: {
      auditTrail: off('its bucket could not be deleted while it holds records'),
      config: off('its bucket could not be deleted while it holds records, and each change costs'),
      securityHubCspm: off('without AWS Config it checks nothing'),
      securityHub: off('it costs by the resource'),
    },
  };
}
