import { EfsFileShare, type EfsFileShareProps } from './efs-file-share';
import type { IFileShare } from './file-share-ref';
import { FsxOntapFileShare } from './fsx-ontap-file-share';
import type { FsxOntapFileShareProps } from './fsx-ontap-file-share-props';
import { FsxWindowsFileShare, type FsxWindowsFileShareProps } from './fsx-windows-file-share';

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

  /**
   * Amazon FSx for Windows File Server over two zones: SMB, in the hospital's Active Directory. For Windows applications, and
   * for archives such as WebBLOB. Fails over in about 30 seconds.
   *
   * @throws InvalidFileShare naming everything that is wrong
   */
  public static fsxWindows(props: FsxWindowsFileShareProps): IFileShare {
    return new FsxWindowsFileShare(props);
  }

  /**
   * Amazon FSx for NetApp ONTAP over two zones: NFS, or SMB in the hospital's Active Directory, with cold data in a cheaper
   * pool. Fails over in about 60 seconds.
   *
   * @throws InvalidFileShare naming everything that is wrong
   */
  public static fsxOntap(props: FsxOntapFileShareProps): IFileShare {
    return new FsxOntapFileShare(props);
  }

  private constructor() {}
}
