import type { IConstruct } from 'constructs';
import { fail } from '../../core/private/fail';
import { type Enablement, EnablementMode } from '../enablement';
import { OmissionCause, type OmittedService } from '../omitted-service';
import { notOffered } from './region-support';

/** Who turns on which service of a baseline, and a note of each that this stack does not. */
export class ServiceModes {
  private readonly modes = new Map<string, EnablementMode>();

  public constructor(
    private readonly scope: IConstruct,
    private readonly region: string,
    private readonly omitted: OmittedService[],
  ) {}

  /** A service of which an account has one. */
  public choose(key: string, service: string, enablement: Enablement | undefined): void {
    const absent = notOffered(this.scope, this.region, key);
    if (absent) {
      this.omit(service, OmissionCause.NOT_OFFERED, absent);
      return;
    }
    const mode = enablement?.mode ?? EnablementMode.NATIVE;
    if (mode === EnablementMode.EXTERNAL) {
      this.omit(service, OmissionCause.MANAGED_ELSEWHERE, `managed by ${enablement?.managedBy}`);
    } else if (mode === EnablementMode.OFF) {
      this.omit(service, OmissionCause.TURNED_OFF, enablement?.offReason ?? '');
    }
    this.modes.set(key, mode);
  }

  /** A service of which an account may have several, told apart by name. */
  public chooseNamed(key: string, service: string, enablement: Enablement | undefined): void {
    if (enablement?.mode === EnablementMode.ADOPT) {
      fail(
        this.scope,
        'NotAdoptable',
        `${service} cannot be adopted, because an account may have several trails; give this one a name of its own, or say Enablement.external`,
      );
    }
    this.choose(key, service, enablement);
  }

  /** A service that costs enough to be asked for. */
  public chooseIfAsked(key: string, service: string, asked: boolean, enablement: Enablement | undefined): void {
    if (asked || enablement) {
      this.choose(key, service, enablement);
    } else {
      this.omit(service, OmissionCause.TURNED_OFF, 'not asked for');
    }
  }

  /** What only a function can turn on. */
  public chooseFunction(key: string, service: string, asked: boolean): void {
    if (asked) {
      this.modes.set(key, EnablementMode.ADOPT);
    } else {
      this.omit(service, OmissionCause.TURNED_OFF, 'not asked for');
    }
  }

  /** Whether this stack turns a service on, one way or the other. */
  public on(key: string): boolean {
    const mode = this.modes.get(key);
    return mode === EnablementMode.NATIVE || mode === EnablementMode.ADOPT;
  }

  /** Whether this stack adopts a service. */
  public adopts(key: string): boolean {
    return this.modes.get(key) === EnablementMode.ADOPT;
  }

  /** Whether anything is adopted. */
  public get needAdopter(): boolean {
    return [...this.modes.values()].includes(EnablementMode.ADOPT);
  }

  private omit(service: string, cause: OmissionCause, reason: string): void {
    this.omitted.push({ service, cause, reason });
  }
}
