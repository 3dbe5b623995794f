import { App, Stack, type StackProps } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ClinicalNetwork, type ClinicalNetworkProps } from '../../src/network';

export const ACCOUNT = '111122223333';

/** The zones that a lookup would find, as the CDK CLI writes them into cdk.context.json. */
export function zonesContext(region: string, zones: string[]): Record<string, unknown> {
  return { [`availability-zones:account=${ACCOUNT}:region=${region}`]: zones };
}

/** A network in a stack of its own, at the path `Hospital/Network`. */
export function clinicalNetwork(
  props: ClinicalNetworkProps = {},
  stackProps: StackProps = {},
  context: Record<string, unknown> = {},
): { network: ClinicalNetwork; stack: Stack; template: () => Template } {
  const stack = new Stack(new App({ context }), 'Hospital', stackProps);
  const network = new ClinicalNetwork(stack, 'Network', props);
  return { network, stack, template: () => Template.fromStack(stack) };
}
