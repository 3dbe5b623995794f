import * as iam from 'aws-cdk-lib/aws-iam';
import { fail } from '../core/private/fail';
import type { DatabaseConfig, DocumentStoreConfig, EfsMount, TableStoreConfig } from '../data';
import type { IMultiAzClinicalApp } from './multi-az-clinical-app-ref';
import { grantDatabaseAdministration, grantDatabaseConnect } from './private/database-access';
import { grantRead, grantReadWrite } from './private/document-access';
import { grantMount } from './private/file-access';
import { grantTableRead, grantTableReadWrite } from './private/table-access';

/** What others may do with a system's data. The application itself has these permissions already, except for file shares that its compute does not mount. */
export class MultiAzClinicalAppGrants {
  /** The grants of a system. */
  public static fromApp(app: IMultiAzClinicalApp): MultiAzClinicalAppGrants {
    return new MultiAzClinicalAppGrants(app);
  }

  private constructor(private readonly app: IMultiAzClinicalApp) {}

  /**
   * Read the database's credentials. Connecting takes a network path as well.
   *
   * @throws NoDatabase when the system has none
   * @throws NoDatabaseCredentials when IAM lets into it, and nobody has a password
   */
  public readDatabaseCredentials(grantee: iam.IGrantable): iam.Grant {
    const { credentials, encryptionKey } = this.database();
    if (!credentials) {
      fail(
        this.app,
        'NoDatabaseCredentials',
        'there are no database credentials to read: IAM lets people into this database; use grants.connectToDatabase',
      );
    }
    return iam.Grant.addToPrincipalOrResource({
      grantee,
      actions: ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'],
      resourceArns: [credentials.secretArn],
      resource: credentials,
    }).combine(encryptionKey.grant(grantee, 'kms:Decrypt'));
  }

  /**
   * Sign in to the database by IAM, as the application does. Connecting takes a network path, and a role in the database, as well.
   *
   * @throws NoDatabase when the system has none
   * @throws NoDatabaseSignIn when nobody signs in to it by IAM
   */
  public connectToDatabase(grantee: iam.IGrantable): iam.Grant {
    return grantDatabaseConnect(this.database(), grantee) ?? this.noSignIn('users');
  }

  /**
   * Sign in to the database by IAM as its administrator, who makes tables and roles: for people, and for tasks that change the schema.
   *
   * @throws NoDatabase when the system has none
   * @throws NoDatabaseSignIn when no administrator signs in to it by IAM
   */
  public administerDatabase(grantee: iam.IGrantable): iam.Grant {
    return grantDatabaseAdministration(this.database(), grantee) ?? this.noSignIn('an administrator');
  }

  /**
   * Read documents.
   *
   * @throws NoDocuments when the system has no document store
   */
  public readDocuments(grantee: iam.IGrantable): iam.Grant {
    return grantRead(this.app, this.documents(), grantee);
  }

  /**
   * Read, write and delete documents. Deleted and overwritten versions are kept.
   *
   * @throws NoDocuments when the system has no document store
   */
  public readWriteDocuments(grantee: iam.IGrantable): iam.Grant {
    return grantReadWrite(this.app, this.documents(), grantee);
  }

  /**
   * Mount a file share on Amazon EFS, and read it. Mounting takes a network path as well. Compute on AWS Fargate that names
   * the share in its `mounts` has this permission already; the role of a fleet has not.
   *
   * @param share name of the share in the system's `files`
   * @throws NoFileShare when the system has no such share, or another than Amazon EFS: who opens those, their directory decides
   */
  public readFiles(share: string, grantee: iam.IGrantable): iam.Grant {
    return grantMount(this.files(share), grantee, true);
  }

  /**
   * Mount a file share on Amazon EFS, read it and write to it.
   *
   * @param share name of the share in the system's `files`
   * @throws NoFileShare when the system has no such share, or another than Amazon EFS: who opens those, their directory decides
   */
  public readWriteFiles(share: string, grantee: iam.IGrantable): iam.Grant {
    return grantMount(this.files(share), grantee, false);
  }

  /**
   * Read items of a table, by its keys and those of its indexes; all of it at once only where the table allows scans.
   *
   * @param name name of the table in the system's `tables`
   * @throws NoTable when the system has no such table
   */
  public readTable(name: string, grantee: iam.IGrantable): iam.Grant {
    return grantTableRead(this.table(name), grantee);
  }

  /**
   * Read, write and delete items of a table. Not change, restore or delete the table itself.
   *
   * @param name name of the table in the system's `tables`
   * @throws NoTable when the system has no such table
   */
  public readWriteTable(name: string, grantee: iam.IGrantable): iam.Grant {
    return grantTableReadWrite(this.table(name), grantee);
  }

  private database(): DatabaseConfig {
    return this.app.database ?? fail(this.app, 'NoDatabase', 'the system has no database to grant access to');
  }

  private noSignIn(whom: string): never {
    fail(
      this.app,
      'NoDatabaseSignIn',
      `IAM does not let ${whom} into this database; use grants.readDatabaseCredentials, or Database.auroraDsql()`,
    );
  }

  private table(name: string): TableStoreConfig {
    const { tables } = this.app;
    return (
      tables[name] ??
      fail(
        this.app,
        'NoTable',
        `there is no table "${name}" to grant access to; the system has ${Object.keys(tables).join(', ') || 'none'}`,
      )
    );
  }

  private files(share: string): EfsMount {
    const names = Object.entries(this.app.files).flatMap(([name, { efs }]) => (efs ? [name] : []));
    return (
      this.app.files[share]?.efs ??
      fail(
        this.app,
        'NoFileShare',
        `there is no file share "${share}" on Amazon EFS to grant access to; the system has ${names.join(', ') || 'none'}`,
      )
    );
  }

  private documents(): DocumentStoreConfig {
    return this.app.documents ?? fail(this.app, 'NoDocuments', 'the system has no document store to grant access to');
  }
}
