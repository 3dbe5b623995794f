export { Assembly, type StackSource } from './assembly';
export { exactNameIn, exactNameOf, hasUndecidedName, matchesArn } from './backup-arns';
export { type ReadOptions, readAssembly } from './cloud-assembly';
export { datastoreMembers, datastorePrimary, isDatastoreCopy } from './global-datastore';
export { InputError, type InputProblem } from './input-error';
export { zoneSlot } from './intrinsics';
export { isOntap, ontapVolumesOf } from './ontap-volumes';
export {
  activationSteps,
  asksOfLostRegion,
  everyStep,
  isSkipped,
  type PlanStep,
  regionOfArn,
} from './region-switch-plan';
export { Resource } from './resource';
export { Stack } from './stack';
export { meetsConditions, meetsTag } from './tag-conditions';
export { type Template, templateFrom } from './template';
export { decoded, parseTemplateText } from './template-text';
export { splitText } from './text';
export { openRouting, type TransitGap, transitGap } from './transit-routes';
export * from './value';
