import type { IDocumentStore } from './document-store-ref';
import { ExistingDocumentStore, type ExistingDocumentStoreProps } from './existing-document-store';
import { S3DocumentStore, type S3DocumentStoreProps } from './s3-document-store';

/** The document stores a system can use. Your own: implement `IDocumentStore`. */
export class DocumentStore {
  /**
   * A new Amazon S3 bucket: versioned, encrypted with a customer key, TLS only, closed to the public, able to follow into
   * another Region within 15 minutes.
   *
   * @throws InvalidDocumentStore naming everything that is wrong
   */
  public static s3(props: S3DocumentStoreProps = {}): IDocumentStore {
    return new S3DocumentStore(props);
  }

  /** A bucket that exists, or that you make yourself. It is backed up; replicating it stays yours to do. */
  public static existing(props: ExistingDocumentStoreProps): IDocumentStore {
    return new ExistingDocumentStore(props);
  }

  private constructor() {}
}
