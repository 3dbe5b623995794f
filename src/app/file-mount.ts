/** A file share of the system, as a directory of the application. */
export interface FileMount {
  /** Name of the share in the system's `files`. */
  readonly share: string;
  /** Where the application finds it: an absolute path. */
  readonly containerPath: string;
  /**
   * Whether the application may only read.
   *
   * @default false
   */
  readonly readOnly?: boolean;
}
