import { CfnResource, Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** A resource as its template will have it. */
export interface RenderedResource {
  readonly path: string;
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** What CDK calls when it writes a template. */
interface IRendering {
  _toCloudFormation(): unknown;
}

/**
 * The resources of a scope, or those of some types. For when nothing is added any more: CDK renders a list once, and keeps what it has then.
 */
export function renderedResources(scope: IConstruct, types?: string[]): RenderedResource[] {
  return scope.node
    .findAll()
    .filter(CfnResource.isCfnResource)
    .filter(({ cfnResourceType }) => types === undefined || types.includes(cfnResourceType))
    .map((resource) => {
      const fragment = Stack.of(resource).resolve((resource as unknown as IRendering)._toCloudFormation());
      const [rendered] = Object.values<{ Properties?: Record<string, unknown> }>(fragment.Resources ?? {});
      return { path: resource.node.path, type: resource.cfnResourceType, properties: rendered?.Properties ?? {} };
    });
}

/** A value as text, with what is only known at deployment as `Fn::Sub` would write it: `${AWS::Partition}`, `${Key.Arn}`. */
export function asText(value: unknown): string {
  if (typeof value !== 'object' || value === null) {
    return String(value ?? '');
  }
  const node = value as Readonly<Record<string, unknown>>;
  if (typeof node.Ref === 'string') {
    return `\${${node.Ref}}`;
  }
  if (Array.isArray(node['Fn::GetAtt'])) {
    return `\${${node['Fn::GetAtt'].join('.')}}`;
  }
  if (Array.isArray(node['Fn::Join'])) {
    const [delimiter, parts] = node['Fn::Join'] as [string, unknown[]];
    return Array.isArray(parts) ? parts.map(asText).join(delimiter) : JSON.stringify(value);
  }
  return typeof node['Fn::Sub'] === 'string' ? node['Fn::Sub'] : JSON.stringify(value);
}
