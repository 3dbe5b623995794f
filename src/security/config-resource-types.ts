import type * as config from 'aws-cdk-lib/aws-config';
import { fail } from '../core/private/fail';

/**
 * Which resources AWS Config records. Security Hub CSPM checks what is recorded: what is left out, it cannot judge.
 *
 * @see https://docs.aws.amazon.com/config/latest/developerguide/select-resources.html
 */
export class ConfigResourceTypes {
  /** Every type Config knows, and those it learns. */
  public static all(): ConfigResourceTypes {
    return new ConfigResourceTypes('ALL_SUPPORTED_RESOURCE_TYPES', []);
  }

  /**
   * Every type but these, for example types that change all day and that nobody checks.
   *
   * @throws InvalidResourceTypes when none is named, or a name does not read like `AWS::EC2::Volume`
   */
  public static allExcept(...types: string[]): ConfigResourceTypes {
    return new ConfigResourceTypes('EXCLUSION_BY_RESOURCE_TYPES', checked(types));
  }

  /**
   * These types and no others.
   *
   * @throws InvalidResourceTypes when none is named, or a name does not read like `AWS::EC2::Volume`
   */
  public static only(...types: string[]): ConfigResourceTypes {
    return new ConfigResourceTypes('INCLUSION_BY_RESOURCE_TYPES', checked(types));
  }

  private constructor(
    /** The recording strategy. */
    public readonly strategy: string,
    /** The types named, if any. */
    public readonly types: string[],
  ) {}

  /**
   * Called by ConfigRecording.
   *
   * @internal
   */
  public _render(recordGlobalResources: boolean): config.CfnConfigurationRecorder.RecordingGroupProperty {
    if (this.strategy === 'ALL_SUPPORTED_RESOURCE_TYPES') {
      return { allSupported: true, includeGlobalResourceTypes: recordGlobalResources };
    }
    const recordingStrategy = { useOnly: this.strategy };
    if (this.strategy === 'INCLUSION_BY_RESOURCE_TYPES') {
      const types = recordGlobalResources ? this.types : this.types.filter((type) => !GLOBAL_TYPES.includes(type));
      return { allSupported: false, resourceTypes: types, recordingStrategy };
    }
    const global = recordGlobalResources ? [] : GLOBAL_TYPES.filter((type) => !this.types.includes(type));
    const exclusionByResourceTypes = { resourceTypes: [...this.types, ...global] };
    return { allSupported: false, exclusionByResourceTypes, recordingStrategy };
  }
}

/** The types that are the same in every Region. */
const GLOBAL_TYPES = ['AWS::IAM::Group', 'AWS::IAM::Policy', 'AWS::IAM::Role', 'AWS::IAM::User'];

function checked(types: string[]): string[] {
  const wrong = types.filter((type) => !/^AWS::[A-Za-z0-9]+::[A-Za-z0-9]+$/.test(type));
  if (types.length === 0 || wrong.length > 0) {
    const got = types.length === 0 ? 'none' : wrong.join(', ');
    fail(undefined, 'InvalidResourceTypes', `name one or more types such as AWS::EC2::Volume, got ${got}`);
  }
  return types;
}
