import { ArnFormat, Resource, type SecretsManagerSecretOptions, type SecretValue, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';

/** Properties of a ReplicatedSecret. */
export interface ReplicatedSecretProps {
  /** Name of the secret, the same in every Region. */
  readonly secretName: string;
  /** The key that encrypts the replica. */
  readonly encryptionKey: kms.IKey;
}

/**
 * The replica, in this Region, of a secret that another Region owns. Known by name only, because nothing is looked up:
 * its ARN lacks the six random characters, which Secrets Manager and Amazon ECS accept. Readers are allowed the ARN with
 * and without them, whichever the caller asks with.
 *
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/troubleshoot.html#ARN_secretnamehyphen
 */
export class ReplicatedSecret extends Resource implements secretsmanager.ISecret {
  public readonly encryptionKey: kms.IKey;
  public readonly secretName: string;
  public readonly secretArn: string;
  public readonly secretFullArn = undefined;
  private readonly imported: secretsmanager.ISecret;

  public constructor(scope: Construct, id: string, props: ReplicatedSecretProps) {
    super(scope, id);
    this.encryptionKey = props.encryptionKey;
    this.secretName = props.secretName;
    this.secretArn = Stack.of(this).formatArn({
      service: 'secretsmanager',
      resource: 'secret',
      resourceName: props.secretName,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    this.imported = secretsmanager.Secret.fromSecretAttributes(this, 'Imported', {
      secretPartialArn: this.secretArn, // and no key: granting would change its policy, which another stack owns
    });
  }

  public get secretRef(): secretsmanager.SecretReference {
    return this.imported.secretRef;
  }

  public get secretValue(): SecretValue {
    return this.imported.secretValue;
  }

  public secretValueFromJson(key: string): SecretValue {
    return this.imported.secretValueFromJson(key);
  }

  public cfnDynamicReferenceKey(options?: SecretsManagerSecretOptions): string {
    return this.imported.cfnDynamicReferenceKey(options);
  }

  public grantRead(grantee: iam.IGrantable, versionStages?: string[]): iam.Grant {
    const { region, urlSuffix } = Stack.of(this);
    const byShortArn = iam.Grant.addToPrincipal({
      grantee,
      actions: ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'],
      resourceArns: [this.secretArn],
      conditions: versionStages && { 'ForAnyValue:StringEquals': { 'secretsmanager:VersionStage': versionStages } },
    });
    const decrypt = iam.Grant.addToPrincipal({
      grantee,
      actions: ['kms:Decrypt'],
      resourceArns: [this.encryptionKey.keyArn],
      conditions: { StringEquals: { 'kms:ViaService': `secretsmanager.${region}.${urlSuffix}` } },
    });
    return this.imported.grantRead(grantee, versionStages).combine(byShortArn).combine(decrypt);
  }

  public grantWrite(grantee: iam.IGrantable): iam.Grant {
    return this.imported.grantWrite(grantee);
  }

  public addRotationSchedule(
    id: string,
    options: secretsmanager.RotationScheduleOptions,
  ): secretsmanager.RotationSchedule {
    return this.imported.addRotationSchedule(id, options);
  }

  public addToResourcePolicy(statement: iam.PolicyStatement): iam.AddToResourcePolicyResult {
    return this.imported.addToResourcePolicy(statement);
  }

  public denyAccountRootDelete(): void {
    this.imported.denyAccountRootDelete();
  }

  public attach(target: secretsmanager.ISecretAttachmentTarget): secretsmanager.ISecret {
    return this.imported.attach(target);
  }
}
