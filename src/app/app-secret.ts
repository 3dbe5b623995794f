import { type IResource, Stack } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import type { Construct } from 'constructs';
import { fail } from '../core/private/fail';
import type { SettingSources } from './private/container-settings';
import { livesElsewhere } from './private/regional-arn';

/** How a secret becomes a value in a container. */
type RenderSecret = (scope: Construct, name: string, sources: SettingSources) => ecs.Secret;

/**
 * A secret that Amazon ECS hands to the application as an environment variable when a task starts. It never appears in the
 * template. A rotated value reaches only tasks that start afterwards: when the database's credentials are rotated, tasks are replaced,
 * a few at a time.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html
 */
export class AppSecret {
  /** The user name of the system's database, in whichever Region the system is bound. */
  public static databaseUsername(): AppSecret {
    return AppSecret.databaseField('username');
  }

  /** The password of the system's database, in whichever Region the system is bound. */
  public static databasePassword(): AppSecret {
    return AppSecret.databaseField('password');
  }

  /** The password of the system's cache, in whichever Region the system is bound. */
  public static cachePassword(): AppSecret {
    return new AppSecret((scope, name, { cache }) => {
      if (!cache) {
        fail(scope, 'InvalidAppSecret', `the secret "${name}" is the cache's password, but the system has no cache`);
      }
      return ecs.Secret.fromSecretsManager(cache.credentials, 'password');
    });
  }

  /**
   * A secret of this Region. A system that also lives in another Region needs `fromSecretName`.
   *
   * @param field the key in a JSON secret; the whole secret if left out
   */
  public static fromSecretsManager(secret: secretsmanager.ISecret, field?: string): AppSecret {
    return new AppSecret((scope, name) => {
      refuseOtherRegion(scope, name, secret, 'AppSecret.fromSecretName with a replicated secret');
      return ecs.Secret.fromSecretsManager(secret, field);
    });
  }

  /**
   * A secret that has the same name in every Region of the system, for example because AWS Secrets Manager replicates it.
   * It must be encrypted with the key `aws/secretsmanager`, or with a key whose policy lets the task's execution role use it.
   *
   * @param field the key in a JSON secret; the whole secret if left out
   */
  public static fromSecretName(secretName: string, field?: string): AppSecret {
    return new AppSecret((scope, name) =>
      ecs.Secret.fromSecretsManager(secretsmanager.Secret.fromSecretNameV2(scope, `Secret-${name}`, secretName), field),
    );
  }

  /** A parameter of this Region. A system that also lives in another Region needs `fromParameterName`. */
  public static fromSsmParameter(parameter: ssm.IParameter): AppSecret {
    return new AppSecret((scope, name) => {
      refuseOtherRegion(scope, name, parameter, 'AppSecret.fromParameterName with a parameter in each Region');
      return ecs.Secret.fromSsmParameter(parameter);
    });
  }

  /** A SecureString parameter that has the same name in every Region of the system, encrypted with the key `aws/ssm`. */
  public static fromParameterName(parameterName: string): AppSecret {
    return new AppSecret((scope, name) =>
      ecs.Secret.fromSsmParameter(
        ssm.StringParameter.fromSecureStringParameterAttributes(scope, `Parameter-${name}`, { parameterName }),
      ),
    );
  }

  private static databaseField(field: string): AppSecret {
    return new AppSecret((scope, name, { database }) => {
      if (!database) {
        fail(
          scope,
          'InvalidAppSecret',
          `the secret "${name}" is the database's ${field}, but the system has no database`,
        );
      }
      if (!database.credentials) {
        fail(
          scope,
          'InvalidAppSecret',
          `the secret "${name}" is the database's ${field}, but the database has none: its application signs in by IAM`,
        );
      }
      return ecs.Secret.fromSecretsManager(database.credentials, field);
    }, true);
  }

  private constructor(
    private readonly render: RenderSecret,
    /** @internal */
    public readonly _isDatabaseCredential = false,
  ) {}

  /** @internal */
  public _render(scope: Construct, name: string, sources: SettingSources): ecs.Secret {
    return this.render(scope, name, sources);
  }
}

/** A secret of another Region would be asked for in exactly the disaster that took that Region. */
function refuseOtherRegion(scope: Construct, name: string, source: IResource, instead: string): void {
  if (livesElsewhere(scope, source)) {
    fail(
      scope,
      'SecretInOtherRegion',
      `the secret "${name}" lives in ${source.env.region}, but tasks in ${Stack.of(scope).region} would need it to start; use ${instead}`,
    );
  }
}
