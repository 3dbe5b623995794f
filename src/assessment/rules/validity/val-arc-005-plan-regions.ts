import { entryOf, itemsOf, reasonOf, textOf } from '../../model';
import { defineRule, failed, PASS, undecided } from '../rule';

export const regionSwitchPlanStaysInItsRegions = defineRule({
  id: 'VAL-ARC-005',
  title: 'a region switch plan names two regions, and everything in it stays within them',
  severity: 'error',
  scope: 'DEPLOYMENT',
  why: 'a plan whose primary Region, workflow or trigger is outside its two Regions is refused',
  fix: 'list both Regions in Regions, and use only them in PrimaryRegion, workflows and triggers',
  docs: 'https://docs.aws.amazon.com/r53recovery/latest/dg/region-switch-plans.html',
  resourceTypes: ['AWS::ARCRegionSwitch::Plan'],
  evaluate: (resource) => {
    const list = resource.property('Regions');
    const regions = itemsOf(list).map(textOf);
    if (list.kind !== 'list' || regions.includes(undefined)) {
      return undecided(reasonOf(list) ?? 'no Regions', 'Properties.Regions');
    }
    if (regions.length !== 2 || regions[0] === regions[1]) {
      return failed(`Regions are ${regions.join(', ')}`, 'Properties.Regions');
    }
    const used = [
      { value: resource.property('PrimaryRegion'), location: 'Properties.PrimaryRegion' },
      ...itemsOf(resource.property('Workflows')).map((workflow, index) => ({
        value: entryOf(workflow, 'WorkflowTargetRegion'),
        location: `Properties.Workflows.${index}.WorkflowTargetRegion`,
      })),
      ...itemsOf(resource.property('Triggers')).map((trigger, index) => ({
        value: entryOf(trigger, 'TargetRegion'),
        location: `Properties.Triggers.${index}.TargetRegion`,
      })),
    ].filter(({ value }) => value.kind !== 'absent');
    const outside = used.find(({ value }) => value.kind === 'known' && !regions.includes(textOf(value)));
    if (outside) {
      return failed(`${textOf(outside.value)} is not among ${regions.join(' and ')}`, outside.location);
    }
    const open = used.find(({ value }) => textOf(value) === undefined);
    return open ? undecided(reasonOf(open.value) ?? 'no Region', open.location) : PASS;
  },
});
