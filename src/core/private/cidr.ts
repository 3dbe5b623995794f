/** An IPv4 range: its first address as a number, and its prefix length. */
export interface Cidr {
  readonly first: number;
  readonly prefix: number;
}

/**
 * The ranges for private networks (RFC 1918), and the shared address space that large organisations add to them
 * (RFC 6598).
 */
const PRIVATE_RANGES = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10'];

/** Read a range such as `10.0.0.0/16`; undefined unless it is one and starts at its own first address. */
export function parseCidr(text: string): Cidr | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text);
  const [a, b, c, d, prefix] = (match ?? []).slice(1).map(Number);
  if (!match || [a, b, c, d].some((octet) => octet > 255) || prefix > 32) {
    return undefined;
  }
  const first = ((a * 256 + b) * 256 + c) * 256 + d;
  return first % addressCount(prefix) === 0 ? { first, prefix } : undefined;
}

/** Write a range as `10.0.0.0/16`. */
export function formatCidr({ first, prefix }: Cidr): string {
  const octets = [2 ** 24, 2 ** 16, 2 ** 8, 1].map((unit) => Math.floor(first / unit) % 256);
  return `${octets.join('.')}/${prefix}`;
}

/** The number of addresses in a range of this prefix length. */
export function addressCount(prefix: number): number {
  return 2 ** (32 - prefix);
}

/** Whether two ranges share an address, so that one router cannot reach both. False unless both can be read. */
export function overlaps(a: string, b: string): boolean {
  const [one, other] = [parseCidr(a), parseCidr(b)];
  return !!one && !!other && (contains(one, other) || contains(other, one));
}

/**
 * Whether an address can be given in a subnet: it lies inside, and is not one of the first four or the last, which AWS keeps.
 *
 * https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html
 */
export function isUsableAddress(address: string, subnet: string): boolean {
  const [host, range] = [parseCidr(`${address}/32`), parseCidr(subnet)];
  if (!host || !range || !contains(range, host)) {
    return false;
  }
  const position = host.first - range.first;
  return position >= 4 && position < addressCount(range.prefix) - 1;
}

/** The range of the same size that follows, inside the same private range; undefined at its end. */
export function nextCidr(text: string): string | undefined {
  const current = parseCidr(text);
  if (!current) {
    return undefined;
  }
  const next = { first: current.first + addressCount(current.prefix), prefix: current.prefix };
  const home = PRIVATE_RANGES.map(parseCidr).find((range) => range && contains(range, current));
  return home && contains(home, next) ? formatCidr(next) : undefined;
}

function contains(outer: Cidr, inner: Cidr): boolean {
  return (
    inner.first >= outer.first && inner.first + addressCount(inner.prefix) <= outer.first + addressCount(outer.prefix)
  );
}
