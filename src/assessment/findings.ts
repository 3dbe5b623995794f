import type { FailureScope } from '../core/failure-scope';
import type { Finding, SinglePoint } from './assessment';
import type { Component } from './graph';
import type { Resource } from './model';
import { type Impact, label } from './simulation';
import type { EntryPoint, Objective } from './systems';
import { estimateOf, isWorse, judge } from './verdict';

/** Collects what goes wrong: the same resource in the same scope with the same fix is one finding, whoever it hurts. */
export class Findings {
  private readonly bad = new Map<string, Finding>();
  private readonly standbys = new Map<string, Finding>();
  private readonly undecided = new Map<string, Finding>();
  private readonly points = new Map<string, SinglePoint>();

  /** What misses or is not recoverable, the worst first. */
  public get all(): Finding[] {
    return sorted(this.bad);
  }

  public get afterFailover(): Finding[] {
    return sorted(this.standbys);
  }

  public get unknowns(): Finding[] {
    return [...this.undecided.values()];
  }

  public get singlePoints(): SinglePoint[] {
    return [...this.points.values()];
  }

  /** Notes an impact unless the objective is met in spite of it. */
  public add(scope: FailureScope, impact: Impact, objective: Objective, { name, standby }: EntryPoint): void {
    const verdict = judge(impact, objective);
    if (verdict === 'MEETS') {
      return;
    }
    const { root, recovery } = impact;
    const kept = verdict === 'UNKNOWN' ? this.undecided : standby ? this.standbys : this.bad;
    const key = `${scope}|${root.id}|${recovery.fix}`;
    const before = kept.get(key);
    const worst = before && !isWorse(verdict, before.verdict) ? before : undefined;
    const finding = worst ?? {
      scope,
      verdict,
      ...locationOf(root.resource),
      chain: reasonsOf(impact),
      estimate: estimateOf(impact),
      objective,
      fix: recovery.fix,
    };
    kept.set(key, { ...finding, entryPoints: [...new Set([...(before?.entryPoints ?? []), name])] });
  }

  /** Notes what took an entry point down while nothing else stood in for it. */
  public addSinglePoint(root: Component, fault: string, { name }: EntryPoint): void {
    const before = this.points.get(root.id);
    this.points.set(root.id, {
      resource: root.path,
      resourceType: root.resource.type,
      reason: before?.reason ?? `${fault}: nothing else does what ${label(root)} does`,
      entryPoints: [...new Set([...(before?.entryPoints ?? []), name])],
    });
  }
}

/** Where a reader and a machine find a resource. */
export function locationOf(resource: Resource): Pick<Finding, 'resource' | 'resourceType' | 'template' | 'logicalId'> {
  const { path, type, logicalId, stack } = resource;
  return { resource: path, resourceType: type, template: stack.template.file, logicalId };
}

/** The reasons of an impact, with what leaves it undecided or blocked last. */
export function reasonsOf({ chain, undecided, blocked }: Impact): readonly string[] {
  const last = undecided ?? blocked;
  return last === undefined || chain.some((reason) => reason.endsWith(last)) ? chain : [...chain, last];
}

function sorted(findings: ReadonlyMap<string, Finding>): Finding[] {
  const values = [...findings.values()];
  return values.sort(
    (one, other) => Number(isWorse(other.verdict, one.verdict)) - Number(isWorse(one.verdict, other.verdict)),
  );
}

/** The id under which CDK acknowledges findings of a failure scope. */
export function ruleOfScope(scope: FailureScope): string {
  return `survive-${scope.toLowerCase().replaceAll('_', '-')}`;
}
