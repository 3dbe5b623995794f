import type { ComplianceControl } from './compliance-control';
import type { ComplianceFramework, ComplianceFrameworkMap } from './compliance-framework';
import { FRAMEWORKS } from './private/frameworks';

/**
 * Which controls of laws and standards this library supports, by what, with which evidence, and what stays with the hospital.
 * Plain data, for reports of your own; COMPLIANCE.md is made of it.
 *
 * It certifies nothing. Controls that are not listed are controls that this library has no part in, not controls that are met;
 * and a construct that is named supports a control where you deploy it, with the defaults or properties that are named.
 */
export class ComplianceMap {
  /** Version of what `json` writes: raised when a field goes, or means something else. New fields do not raise it. */
  public static readonly SCHEMA_VERSION = 1;

  /** Every framework, with its controls. */
  public static frameworks(): ComplianceFrameworkMap[] {
    return structuredClone(FRAMEWORKS);
  }

  /**
   * Controls, in the order of their frameworks.
   *
   * @param framework only those of this one; all of them if left out
   */
  public static controls(framework?: ComplianceFramework): ComplianceControl[] {
    const asked = ComplianceMap.frameworks().filter((each) => framework === undefined || each.framework === framework);
    return asked.flatMap(({ controls }) => controls);
  }

  /** All of it as JSON, for tools in any language: an object with `schemaVersion` and `frameworks`. */
  public static json(): string {
    return JSON.stringify({ schemaVersion: ComplianceMap.SCHEMA_VERSION, frameworks: FRAMEWORKS }, undefined, 2);
  }

  private constructor() {}
}
