import { type App, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { PRIMARY_REGION, SYSTEM_ACCOUNT, SYSTEM_NAME, VAULT_ACCOUNT } from '../hospital-facts';
import { newVault } from './backup';
import { newDataKey } from './keys';

/** The vault in another account, and a policy that lets the system's account copy into it. */
export function buildIsolatedVault(app: App): void {
  const stack = new Stack(app, 'EhrVault', {
    description: 'Copies of the HAPI FHIR server, in an account that nobody administers from its own',
    env: { account: VAULT_ACCOUNT, region: PRIMARY_REGION },
  });
  const key = newDataKey(stack, 'Key', `Encrypts copies of ${SYSTEM_NAME} from other accounts`);
  const vault = newVault(stack, isolatedVaultName(SYSTEM_NAME), key, { min: 90, max: 91 });
  vault.addToAccessPolicy(
    new iam.PolicyStatement({
      actions: ['backup:CopyIntoBackupVault'],
      principals: [new iam.AccountPrincipal(SYSTEM_ACCOUNT)],
      resources: ['*'],
    }),
  );
}

export function isolatedVaultName(systemName: string): string {
  return `${systemName}-isolated`;
}
