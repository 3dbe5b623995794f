import { Fn, Stack, Token, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { fail, Problems } from '../../core/private/fail';

/** How a user asks for zones. */
export interface ZoneRequest {
  readonly zoneCount?: number;
  readonly availabilityZones?: string[];
}

const MIN_ZONES = 2;
const MAX_ZONES = 6;
const DEFAULT_ZONES = 3;

/** Where stacks that are only given an account and Region at deployment may be told zone names; CDK's own key. */
const FALLBACK_CONTEXT = 'aws:cdk:availability-zones:fallback';

/** The number of zones asked for. */
export function requestedZoneCount({ zoneCount, availabilityZones }: ZoneRequest): number {
  return zoneCount ?? availabilityZones?.length ?? DEFAULT_ZONES;
}

/** The zones a network spans: named by the user, looked up where account and Region are known, or slots of the Region. */
export function zonesOf(scope: IConstruct, request: ZoneRequest): string[] {
  requireZoneCount(scope, request);
  const count = requestedZoneCount(request);
  if (request.availabilityZones) {
    requireNamedZones(scope, request.availabilityZones, count);
    return [...request.availabilityZones];
  }
  const { account, region } = Stack.of(scope);
  const known = !Token.isUnresolved(account) && !Token.isUnresolved(region);
  if (known || scope.node.tryGetContext(FALLBACK_CONTEXT)) {
    return lookedUp(scope, count);
  }
  // Stack.availabilityZones never has more than two here
  return Array.from({ length: count }, (_, slot) => Fn.select(slot, Fn.getAzs()));
}

function requireZoneCount(scope: IConstruct, request: ZoneRequest): void {
  const count = requestedZoneCount(request);
  const name = request.zoneCount === undefined ? 'the number of availabilityZones' : 'zoneCount';
  const range = `${name} must be ${MIN_ZONES} to ${MAX_ZONES}`;
  if (Token.isUnresolved(count) || !Number.isInteger(count)) {
    fail(scope, 'InvalidZoneCount', `${range}, a whole number known at synthesis, got ${count}`);
  }
  if (count < MIN_ZONES) {
    fail(scope, 'TooFewZones', `${range} so that the loss of one zone leaves another, got ${count}; 3 is the default`);
  }
  if (count > MAX_ZONES) {
    fail(scope, 'TooManyZones', `${range}, as no Region has more, got ${count}`);
  }
}

function requireNamedZones(scope: IConstruct, zones: string[], count: number): void {
  const problems = new Problems(scope, 'InvalidZones');
  const { region } = Stack.of(scope);
  problems.require(
    new Set(zones).size === zones.length,
    `availabilityZones must differ from each other, got ${zones.join(', ')}`,
  );
  problems.require(
    zones.length === count,
    `zoneCount and availabilityZones must agree, got ${count} and ${zones.length}; leave zoneCount out`,
  );
  if (!Token.isUnresolved(region)) {
    const elsewhere = zones.filter((zone) => !Token.isUnresolved(zone) && !zone.startsWith(region));
    problems.require(
      elsewhere.length === 0,
      `availabilityZones must be in Region ${region}, got ${elsewhere.join(', ')}; zone names start with their Region`,
    );
  }
  problems.throwIfAny();
}

/**
 * The first synthesis of an app runs before the lookup, with stand-ins. There are always three, so they are filled up: an
 * app that asks for four zones must not fail before it could look.
 */
function lookedUp(scope: IConstruct, count: number): string[] {
  const stack = Stack.of(scope);
  const zones = stack.availabilityZones;
  if (zones.length > 0 && zones.every((zone) => zone.startsWith('dummy'))) {
    return Array.from({ length: count }, (_, slot) => `dummy1${'abcdef'[slot]}`);
  }
  if (zones.length < count) {
    Validations.of(scope).addError(
      'cdk-resilient-ehr:tooFewZonesInRegion',
      `${count} Availability Zones were asked for, but Region ${stack.region} offers this account ${zones.length} (${zones.join(', ')}); ` +
        `set zoneCount: ${zones.length} or choose another Region`,
    );
  }
  return zones.slice(0, count);
}
