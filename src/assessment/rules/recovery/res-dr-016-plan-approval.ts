import { FailureScope } from '../../../core/failure-scope';
import { entryOf, itemsOf, textOf } from '../../model';
import { defineRule, failed, PASS, undecided } from '../rule';

export const planAsksAPersonFirst = defineRule({
  id: 'RES-DR-016',
  title: 'a region switch plan asks a person before it does anything',
  severity: 'warning',
  scope: FailureScope.REGION,
  why: 'to leave a Region that is only hard to reach risks two writers and lost data: no alarm can weigh that',
  fix: 'make a ManualApproval step the first of each workflow that activates a Region',
  docs: 'https://docs.aws.amazon.com/r53recovery/latest/dg/best-practices.region-switch.html',
  resourceTypes: ['AWS::ARCRegionSwitch::Plan'],
  evaluate: (resource) => {
    const workflows = resource.property('Workflows');
    if (workflows.kind !== 'list') {
      return undecided('the workflows are set at deployment', 'Properties.Workflows');
    }
    const first = workflows.items
      .filter((workflow) => textOf(entryOf(workflow, 'WorkflowTargetAction')) === 'activate')
      .map((workflow) => itemsOf(entryOf(workflow, 'Steps'))[0])
      .map((step) => (step === undefined ? 'nothing' : textOf(entryOf(step, 'ExecutionBlockType'))));
    const other = first.find((type) => type !== undefined && type !== 'ManualApproval');
    if (other !== undefined) {
      return failed(`begins with ${other}`, 'Properties.Workflows');
    }
    return first.includes(undefined) ? undecided('the first step is set at deployment', 'Properties.Workflows') : PASS;
  },
});
