import type { Problems } from '../../core/private/fail';

/** Each port once, and in range. */
export function requirePorts(problems: Problems, port: number, additionalPorts: number[]): void {
  const isPort = (value: number) => Number.isInteger(value) && value >= 1 && value <= 65535;
  problems.require(isPort(port), `port must be 1 to 65535, got ${port}`);
  for (const [index, additional] of additionalPorts.entries()) {
    problems.require(isPort(additional), `a port of additionalPorts must be 1 to 65535, got ${additional}`);
    problems.require(
      additional !== port && additionalPorts.indexOf(additional) === index,
      `port ${additional} is named twice; name each port once, in port or in additionalPorts`,
    );
  }
}

/** A name is a setting or a secret. */
export function requireOneMeaning(problems: Problems, settings: object = {}, secrets: object = {}): void {
  const names = Object.keys(settings).filter((name) => name in secrets);
  problems.require(names.length === 0, `${names.join(', ')} cannot be both a setting and a secret`);
}
