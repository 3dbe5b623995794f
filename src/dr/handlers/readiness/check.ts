import type { Aws } from './aws';

/** Which Region is asked: the one that watches, or the one it is compared with. */
export type Side = 'here' | 'there';

/** What is known beside the answers. */
export interface JudgeContext {
  readonly region: string;
  readonly otherRegion: string;
  readonly now: number;
}

/** What a check asks of a Region, and how it judges the answers. */
export interface Check<Wanted, Facts> {
  /** Whether it asks the other Region as well. */
  readonly compares: boolean;
  read(aws: Aws, wanted: Wanted, side: Side): Promise<Facts>;
  /** What is not ready. `there` is undefined where the other Region was not asked, or did not answer. */
  judge(wanted: Wanted, here: Facts, there: Facts | undefined, context: JudgeContext): string[];
}
