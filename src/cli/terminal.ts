/** Where the command writes. */
export interface Terminal {
  /** Results. */
  readonly write: (text: string) => void;
  /** Everything else. */
  readonly complain: (text: string) => void;
  /** Columns, where somebody looks at it. */
  readonly width?: number;
  /** Whether somebody waits before it. */
  readonly showsProgress: boolean;
}
