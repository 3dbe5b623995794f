import type { Outcome, ServiceContext } from '../handle';
import { all, asError } from '../retry';

/** Make a behaviour graph, or take the one that is there. */
export async function converge({ aws }: ServiceContext<unknown>): Promise<Outcome> {
  const find = async () => (await all<{ Arn: string }>(aws, 'detective', 'ListGraphs', 'GraphList'))[0]?.Arn;
  const existing = await find();
  if (existing) {
    return { Status: 'ADOPTED', Id: existing };
  }
  try {
    const { GraphArn } = await aws<{ GraphArn: string }>('detective', 'CreateGraph');
    return { Status: 'CREATED', Id: GraphArn };
  } catch (error) {
    const other = asError(error).name === 'ConflictException' ? await find() : undefined; // somebody was faster
    if (!other) throw error;
    return { Status: 'ADOPTED', Id: other };
  }
}
