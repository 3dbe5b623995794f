import { FailureScope } from '../../../core/failure-scope';
import { type Assembly, type Resource, referencesIn } from '../../model';
import { defineRule, failed, PASS } from '../rule';

const indexes = new WeakMap<Assembly, Set<Resource>>();

/** A secret is rotated on a schedule. */
export const secretRotation = defineRule({
  id: 'RES-STO-015',
  title: 'a secret is rotated on a schedule',
  severity: 'warning',
  scope: FailureScope.ACCOUNT,
  why: 'a credential that leaked stays good until it is changed',
  fix: 'add an AWS::SecretsManager::RotationSchedule',
  docs: 'https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets.html',
  alsoKnownAs: [
    'SecurityHub:SecretsManager.1',
    'Config:SECRETSMANAGER_ROTATION_ENABLED_CHECK',
    'Prowler:secretsmanager_automatic_rotation_enabled',
    'GuardRegistry:SECRETSMANAGER_ROTATION_ENABLED_CHECK',
    'cdk-nag:HIPAA.Security-SecretsManagerRotationEnabled',
    'cdk-nag:AwsSolutions-SMG4',
  ],
  resourceTypes: ['AWS::SecretsManager::Secret'],
  evaluate(secret, { assembly }) {
    const rotated = rotatedIn(assembly);
    return rotated.has(secret) ? PASS : failed('no rotation is scheduled');
  },
});

/** The secrets that rotation schedules name, also through the attachment to a database. */
function rotatedIn(assembly: Assembly): ReadonlySet<Resource> {
  let rotated = indexes.get(assembly);
  if (!rotated) {
    rotated = new Set<Resource>();
    for (const schedule of assembly.resourcesOf('AWS::SecretsManager::RotationSchedule')) {
      for (const { resource } of referencesIn(schedule.property('SecretId'))) {
        const attached = referencesIn(resource.property('SecretId')).map((reference) => reference.resource);
        for (const secret of [resource, ...attached]) {
          rotated.add(secret);
        }
      }
    }
    indexes.set(assembly, rotated);
  }
  return rotated;
}
