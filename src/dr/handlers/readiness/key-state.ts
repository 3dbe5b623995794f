import { orAbsent } from './absent';
import type { Aws } from './aws';

/** A customer key. */
export interface KeyState {
  readonly arn: string;
  readonly state: string;
  /** When it is deleted, in milliseconds, where somebody scheduled that. */
  readonly deletion?: number;
}

interface Answer {
  readonly KeyMetadata: { readonly Arn: string; readonly KeyState: string; readonly DeletionDate?: Date };
}

/** A key by its ARN or alias, or null where there is none. */
export async function readKey(aws: Aws, KeyId: string): Promise<KeyState | null> {
  const answer = await orAbsent(aws<Answer>('kms', 'DescribeKey', { KeyId }));
  return (
    answer && {
      arn: answer.KeyMetadata.Arn,
      state: answer.KeyMetadata.KeyState,
      deletion: answer.KeyMetadata.DeletionDate?.getTime(),
    }
  );
}

/** Being changed ends by itself: https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html */
export function isUsable(key: KeyState | null | undefined): boolean {
  return key?.state === 'Enabled' || key?.state === 'Updating';
}
