import type { CrossRegionDr } from '../cross-region-dr';

/**
 * What a deployment says of where it is deployed from: where a copy of the source is, and of `fromLookup`, whose values are in the context, and
 * are looked up again, in the Region that is lost, by whoever deploys without them.
 *
 * https://docs.aws.amazon.com/cdk/v2/guide/context.html
 */
export function lookedUpNote({ node, primaryRegion, _source }: CrossRegionDr): string | undefined {
  const keys = Object.keys(node.getAllContext() as Record<string, unknown>);
  const there = keys.filter((key) => key.split(':').includes(`region=${primaryRegion}`));
  return notes(
    there.length > 0
      ? `From a checkout with cdk.context.json: ${there.length} of its values were looked up in ${primaryRegion}, which nobody can ask now`
      : undefined,
    _source && `Without a checkout: ${_source.fetchCommand}`,
  );
}

/** Notes of one step. */
export function notes(...each: (string | undefined)[]): string | undefined {
  const said = each.filter((note) => note !== undefined);
  return said.length > 0 ? said.join('. ') : undefined;
}
