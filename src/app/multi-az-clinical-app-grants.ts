import * as iam from 'aws-cdk-lib/aws-iam';
import { fail } from '../core/private/fail';
import type { DocumentStoreConfig, EfsMount, TableStoreConfig } from '../data';
import type { IMultiAzClinicalApp } from './multi-az-clinical-app-ref';
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
   */
  public readDatabaseCredentials(grantee: iam.IGrantable): iam.Grant {
    const { database } = this.app;
    if (!database) {
      fail(this.app, 'NoDatabase', 'there are no database credentials to read: the system has no database');
    }
    return iam.Grant.addToPrincipalOrResource({
      grantee,
      actions: ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'],
      resourceArns: [database.credentials.secretArn],
      resource: database.credentials,
    }).combine(database.encryptionKey.grant(grantee, 'kms:Decrypt'));
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
