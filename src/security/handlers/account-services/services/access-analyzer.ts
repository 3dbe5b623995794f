import type { Outcome, ServiceContext } from '../handle';
import { all } from '../retry';

interface DesiredAnalyzers {
  readonly Analyzers: { readonly Name: string; readonly Type: string; readonly UnusedAccessAge?: number }[];
}

interface Analyzer {
  readonly arn: string;
}

/** Make the analyzers whose kind the account lacks: it may have one of each. */
export async function converge({ aws, desired }: ServiceContext<DesiredAnalyzers>): Promise<Outcome> {
  const ids: string[] = [];
  let created = 0;
  for (const { Name, Type, UnusedAccessAge } of desired.Analyzers) {
    const token = ['nextToken', 'nextToken'] as const;
    const [existing] = await all<Analyzer>(aws, 'access-analyzer', 'ListAnalyzers', 'analyzers', { type: Type }, token);
    if (existing) {
      ids.push(existing.arn);
      continue;
    }
    const configuration = UnusedAccessAge && { unusedAccess: { unusedAccessAge: UnusedAccessAge } };
    const analyzer = { analyzerName: Name, type: Type, configuration };
    ids.push((await aws<Analyzer>('access-analyzer', 'CreateAnalyzer', analyzer)).arn);
    created++;
  }
  return { Status: created > 0 ? 'CREATED' : 'ADOPTED', Id: ids[0] ?? '' };
}
