/** From which Regions an aggregator collects. */
export interface RegionLinking {
  readonly mode: string;
  readonly listed: string[];
}

/**
 * What makes an aggregator collect from the wanted Regions, and from all it collects from already; undefined where it does. What is
 * listed is collected, or, with `ALL_REGIONS_EXCEPT_SPECIFIED`, left out.
 *
 * https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_UpdateFindingAggregator.html
 */
export function linking(
  { mode, listed = [] }: { readonly mode: string; readonly listed?: string[] },
  wanted: string[],
): RegionLinking | undefined {
  if (mode === 'ALL_REGIONS') {
    return undefined;
  }
  if (mode === 'ALL_REGIONS_EXCEPT_SPECIFIED') {
    const excluded = listed.filter((region) => !wanted.includes(region));
    if (excluded.length === listed.length) {
      return undefined;
    }
    return excluded.length > 0 ? { mode, listed: excluded } : { mode: 'ALL_REGIONS', listed: [] };
  }
  const collected = mode === 'SPECIFIED_REGIONS' ? listed : []; // NO_REGIONS lists none
  if (wanted.every((region) => collected.includes(region))) {
    return undefined;
  }
  return { mode: 'SPECIFIED_REGIONS', listed: [...new Set([...collected, ...wanted])] };
}
