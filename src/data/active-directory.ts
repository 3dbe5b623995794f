import { Stack, Token } from 'aws-cdk-lib';
import type * as fsx from 'aws-cdk-lib/aws-fsx';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { Problems } from '../core/private/fail';

/** A directory that the hospital runs itself, on premises or on virtual machines. */
export interface SelfManagedDirectoryProps {
  /** The domain, for example `corp.example.org`. */
  readonly domainName: string;
  /** Addresses of its DNS servers or domain controllers: one to three, two at most for FSx for Windows. In two places, or one is a single point of failure. */
  readonly dnsIps: string[];
  /**
   * Credentials of the service account that joins file systems to the domain: a JSON secret with
   * `CUSTOMER_MANAGED_ACTIVE_DIRECTORY_USERNAME` (without the domain) and `CUSTOMER_MANAGED_ACTIVE_DIRECTORY_PASSWORD`, under
   * a customer key. Amazon FSx needs them for as long as the file system lives, also to replace a failed file server. A secret
   * and key made in CDK are made readable for it; of imported ones, their owner must do that.
   *
   * @see https://docs.aws.amazon.com/fsx/latest/WindowsGuide/self-manage-prereqs.html
   */
  readonly credentials: secretsmanager.ISecret;
  /**
   * Organizational unit to join, for example `OU=FSx,DC=corp,DC=example,DC=org`. Cannot be changed later without replacing
   * the file system.
   *
   * @default - the directory's default
   */
  readonly organizationalUnit?: string;
  /**
   * Group whose members administer the file system. It must exist. Cannot be changed later without replacing the file system.
   *
   * @default - Domain Admins
   */
  readonly administratorsGroup?: string;
}

/** The Microsoft Active Directory whose users a file share knows. */
export class ActiveDirectory {
  /**
   * A directory of AWS Directory Service: AWS Managed Microsoft AD.
   *
   * @param directoryId for example `d-1234567890`
   * @throws InvalidDirectory when that is no id
   */
  public static managed(directoryId: string): ActiveDirectory {
    const problems = new Problems(undefined, 'InvalidDirectory');
    problems.require(
      Token.isUnresolved(directoryId) || /^d-[0-9a-f]{10}$/.test(directoryId),
      `directoryId must look like d-1234567890, got "${directoryId}"`,
    );
    problems.throwIfAny();
    return new ActiveDirectory(directoryId, undefined);
  }

  /**
   * A directory that the hospital runs itself. The subnets of the file share must reach it.
   *
   * @throws InvalidDirectory naming everything that is wrong
   */
  public static selfManaged(props: SelfManagedDirectoryProps): ActiveDirectory {
    const problems = new Problems(undefined, 'InvalidDirectory');
    const { domainName, dnsIps, credentials } = props;
    problems.require(
      Token.isUnresolved(domainName) || /^([A-Za-z0-9-]+\.)+[A-Za-z0-9-]+$/.test(domainName),
      `domainName must be fully qualified, such as corp.example.org, got "${domainName}"`,
    );
    problems.require(
      Token.isUnresolved(dnsIps) || (dnsIps.length >= 1 && dnsIps.length <= 3),
      `dnsIps must be one to three addresses, got ${dnsIps.length}`,
    );
    problems.require(
      !(credentials instanceof secretsmanager.Secret) || credentials.encryptionKey !== undefined,
      'the credentials are encrypted by the default key of AWS Secrets Manager, which Amazon FSx cannot use; give the secret a customer key',
    );
    problems.throwIfAny();
    return new ActiveDirectory(undefined, props);
  }

  private constructor(
    /** Id of the managed directory, if it is one. */
    public readonly directoryId: string | undefined,
    /** The directory the hospital runs itself, if it is one. */
    public readonly selfManagedDirectory: SelfManagedDirectoryProps | undefined,
  ) {}

  /**
   * What Amazon FSx is told, after it was allowed to read the credentials. Undefined for a managed directory.
   *
   * @internal
   */
  public _join(scope: Construct): fsx.CfnFileSystem.SelfManagedActiveDirectoryConfigurationProperty | undefined {
    if (!this.selfManagedDirectory) {
      return undefined;
    }
    const { domainName, dnsIps, credentials, organizationalUnit, administratorsGroup } = this.selfManagedDirectory;
    allowAmazonFsx(scope, credentials);
    return {
      domainName,
      dnsIps,
      domainJoinServiceAccountSecret: credentials.secretArn,
      organizationalUnitDistinguishedName: organizationalUnit,
      fileSystemAdministratorsGroup: administratorsGroup,
    };
  }
}

/** The permissions of https://docs.aws.amazon.com/fsx/latest/WindowsGuide/self-manage-prereqs.html */
function allowAmazonFsx(scope: Construct, credentials: secretsmanager.ISecret): void {
  const { partition, region, account, urlSuffix } = Stack.of(scope);
  const principals = [new iam.ServicePrincipal('fsx.amazonaws.com')];
  const ours = { ArnLike: { 'aws:SourceArn': `arn:${partition}:fsx:${region}:${account}:*` } };
  credentials.addToResourcePolicy(
    new iam.PolicyStatement({
      principals,
      actions: ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'],
      resources: ['*'], // in a secret's policy: this secret
      conditions: { ...ours, StringEquals: { 'aws:SourceAccount': account } },
    }),
  );
  credentials.encryptionKey?.addToResourcePolicy(
    new iam.PolicyStatement({
      principals,
      actions: ['kms:Decrypt', 'kms:DescribeKey'],
      resources: ['*'], // in a key policy: this key
      conditions: {
        ...ours,
        StringEquals: { 'aws:SourceAccount': account, 'kms:ViaService': `secretsmanager.${region}.${urlSuffix}` },
      },
    }),
  );
}
