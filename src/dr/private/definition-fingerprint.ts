import { createHash } from 'node:crypto';
import { Lazy } from 'aws-cdk-lib';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { Construct, type IConstruct } from 'constructs';
import { renderedResources } from './rendered-resources';

/** The name of the parameter, the same in both Regions. */
export function definitionParameterName(systemName: string): string {
  return `/${systemName}/definition`;
}

/**
 * What the primary Region is made of, as one number in Parameter Store of both: each stack writes the one it was deployed with. Where they
 * differ, one Region was deployed since the other was not.
 */
export class DefinitionFingerprint {
  /** Name of the parameter, the same in both Regions. */
  public readonly parameterName: string;
  private value?: string;

  public constructor(
    private readonly primary: IConstruct,
    systemName: string,
  ) {
    this.parameterName = definitionParameterName(systemName);
  }

  /** Write it into the stack of a scope. A standard parameter, which is not charged for. */
  public keepIn(scope: Construct, id: string): void {
    new ssm.CfnParameter(new Construct(scope, id), 'Parameter', {
      name: this.parameterName,
      description: 'What this Region was last deployed from; the same in both Regions, or one of them is behind',
      type: 'String',
      value: Lazy.string({ produce: () => this.digest() }),
    });
  }

  /** Once, so that both stacks are given the same: by then nothing is added to them any more. */
  private digest(): string {
    if (this.value === undefined) {
      this.value = 'being computed'; // what the parameter in the primary itself says while it is read
      const hash = createHash('sha256');
      for (const { path, type, properties } of renderedResources(this.primary)) {
        hash.update(JSON.stringify([path, type, properties]));
      }
      this.value = hash.digest('hex');
    }
    return this.value;
  }
}
