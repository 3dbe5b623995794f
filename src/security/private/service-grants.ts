import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';

/**
 * Nobody hands out the use of a key by a grant, which no policy shows, but AWS services for their resources. As CT.KMS.PR.3 of AWS Control
 * Tower asks, word for word.
 *
 * @see https://docs.aws.amazon.com/controltower/latest/controlreference/kms-rules.html
 */
export function onlyServicesGrant(key: kms.Key): void {
  key.addToResourcePolicy(
    new iam.PolicyStatement({
      effect: iam.Effect.DENY,
      principals: [new iam.AnyPrincipal()],
      actions: ['kms:CreateGrant'],
      resources: ['*'], // in a key policy: this key
      conditions: { BoolIfExists: { 'kms:GrantIsForAWSResource': 'false', 'aws:PrincipalIsAWSService': 'false' } },
    }),
  );
}
