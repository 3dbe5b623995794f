import { Assembly, type JsonObject, type StackSource, templateFrom } from '../../src/assessment/model';

/** Where a test stack goes. */
export type Where = Partial<Omit<StackSource, 'template'>>;

/** A stack from resources, or from a whole template where it has a `Resources` section. */
export function stackOf(template: Record<string, unknown>, where: Where = {}): StackSource {
  const json = (template.Resources ? template : { Resources: template }) as JsonObject;
  const id = where.id ?? 'Test';
  return {
    id,
    name: id,
    path: id,
    account: '111122223333',
    region: 'us-east-1',
    ...where,
    template: templateFrom(json, `${id}.json`),
  };
}

export function assemblyOf(...sources: StackSource[]): Assembly {
  return new Assembly(sources);
}

export function resource(type: string, properties: Record<string, unknown> = {}, rest: Record<string, unknown> = {}) {
  return { Type: type, Properties: properties, ...rest };
}

export const ref = (name: string) => ({ Ref: name });
export const att = (name: string, attribute: string) => ({ 'Fn::GetAtt': [name, attribute] });
export const zone = (slot: number) => ({ 'Fn::Select': [slot, { 'Fn::GetAZs': '' }] });
