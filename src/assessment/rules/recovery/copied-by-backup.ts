import { type Assembly, entryOf, itemsOf, type Resource, referencesIn, textOf, type Value } from '../../model';

/** Whether backups of a store are copied to another Region: `maybe` where names or tags decide. */
export type Copied = 'yes' | 'maybe' | 'no';

interface Selection {
  readonly region?: string;
  readonly resources: ReadonlySet<Resource>;
  readonly everything: boolean;
  readonly open: boolean;
}

const selectionsOf = new WeakMap<Assembly, Selection[]>();

export function copiedByBackup(resource: Resource, assembly: Assembly): Copied {
  let selections = selectionsOf.get(assembly);
  if (!selections) {
    selections = assembly.resourcesOf('AWS::Backup::BackupSelection').filter(leavesItsRegion).map(selectionFrom);
    selectionsOf.set(assembly, selections);
  }
  const here = selections.filter(({ region }) => region === resource.region);
  if (here.some(({ resources, everything }) => everything || resources.has(resource))) {
    return 'yes';
  }
  return here.some(({ open }) => open) ? 'maybe' : 'no';
}

function leavesItsRegion(selection: Resource): boolean {
  const plan = selection.property('BackupPlanId');
  if (plan.kind !== 'reference') {
    return false;
  }
  return itemsOf(plan.resource.property('BackupPlan', 'BackupPlanRule'))
    .flatMap((rule) => itemsOf(entryOf(rule, 'CopyActions')))
    .map((action) => regionOf(entryOf(action, 'DestinationBackupVaultArn')))
    .some((region) => region !== undefined && region !== selection.region);
}

function regionOf(arn: Value): string | undefined {
  if (arn.kind === 'reference') {
    return arn.resource.region;
  }
  const start = arn.kind === 'text' ? arn.parts[0] : textOf(arn);
  return typeof start === 'string' ? start.split(':')[3] || undefined : undefined;
}

function selectionFrom(selection: Resource): Selection {
  const items = itemsOf(selection.property('BackupSelection', 'Resources'));
  const tagged = ['ListOfTags', 'Conditions'].some(
    (key) => selection.property('BackupSelection', key).kind !== 'absent',
  );
  return {
    region: selection.region,
    resources: new Set(items.flatMap((item) => referencesIn(item)).map(({ resource }) => resource)),
    everything: !tagged && items.some((item) => textOf(item) === '*'),
    open: tagged || items.some((item) => referencesIn(item).length === 0),
  };
}
