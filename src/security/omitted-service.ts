/** Why a service, or a feature of one, is absent. */
export enum OmissionCause {
  /** AWS does not offer it in this Region or partition. */
  NOT_OFFERED = 'NOT_OFFERED',
  /** Somebody else turns it on. */
  MANAGED_ELSEWHERE = 'MANAGED_ELSEWHERE',
  /** It was turned off, by you or by this library's default. */
  TURNED_OFF = 'TURNED_OFF',
}

/** A service, or a feature of one, that a reader of the baseline might expect and will not find. */
export interface OmittedService {
  /** The service, or the service and its feature, for example `Amazon GuardDuty RUNTIME_MONITORING`. */
  readonly service: string;
  /** Why it is absent. */
  readonly cause: OmissionCause;
  /** The reason in words. */
  readonly reason: string;
}
