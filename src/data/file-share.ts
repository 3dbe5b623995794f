import { EfsFileShare, type EfsFileShareProps } from './efs-file-share';
import type { IFileShare } from './file-share-ref';

/** The file shares a system can use. Your own: implement `IFileShare`. */
export class FileShare {
  /**
   * Amazon EFS for Linux: NFS, kept in three or more zones, nothing to fail over. Grows and shrinks by itself.
   *
   * @throws InvalidFileShare naming everything that is wrong
   */
  public static efs(props: EfsFileShareProps = {}): IFileShare {
    return new EfsFileShare(props);
  }

  private constructor() {}
}
