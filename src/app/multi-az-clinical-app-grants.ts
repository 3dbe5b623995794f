import * as iam from 'aws-cdk-lib/aws-iam';
import { fail } from '../core/private/fail';
import type { DocumentStoreConfig } from '../data';
import type { IMultiAzClinicalApp } from './multi-az-clinical-app-ref';
import { grantRead, grantReadWrite } from './private/document-access';

/** What others may do with a system's data. The application itself has these permissions already. */
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

  private documents(): DocumentStoreConfig {
    return this.app.documents ?? fail(this.app, 'NoDocuments', 'the system has no document store to grant access to');
  }
}
