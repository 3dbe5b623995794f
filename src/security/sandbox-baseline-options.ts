/** What a sandbox's baseline needs to know. */
export interface SandboxBaselineOptions {
  /** The home Region of the sandbox. */
  readonly homeRegion: string;
  /**
   * Every other Region of the sandbox that has a baseline.
   *
   * @default - none
   */
  readonly linkedRegions?: string[];
  /** Why it is right that findings are lost with the stack. Written into the template. */
  readonly acknowledgeDataLoss: string;
}
