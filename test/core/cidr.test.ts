import { formatCidr, isUsableAddress, nextCidr, overlaps, parseCidr } from '../../src/core/private/cidr';

test.each(['10.0.0.0/16', '0.0.0.0/0', '192.168.4.0/22', '255.255.255.255/32'])(
  'reads %s and writes it back',
  (text) => {
    const range = parseCidr(text);
    expect(range).toBeDefined();
    expect(range && formatCidr(range)).toBe(text);
  },
);

test.each([
  ['an address', '10.0.0.0'],
  ['an octet above 255', '10.0.256.0/24'],
  ['a prefix above 32', '10.0.0.0/33'],
  ['an address inside the range', '10.0.1.0/16'],
  ['three octets', '10.0.0/16'],
  ['text around it', ' 10.0.0.0/16'],
  ['IPv6', 'fd00::/8'],
  ['nothing', ''],
])('does not read %s', (_what, text) => {
  expect(parseCidr(text)).toBeUndefined();
});

test.each([
  ['equal ranges', '10.0.0.0/16', '10.0.0.0/16', true],
  ['a range inside another', '10.0.0.0/8', '10.200.3.0/24', true],
  ['a range around another', '10.200.3.0/24', '10.0.0.0/8', true],
  ['neighbours', '10.0.0.0/16', '10.1.0.0/16', false],
  ['ranges far apart', '10.0.0.0/8', '192.168.0.0/16', false],
  ['everything', '0.0.0.0/0', '255.255.255.255/32', true],
  ['what cannot be read', '10.0.0.0/16', 'anywhere', false],
])('sees whether %s overlap', (_what, a, b, expected) => {
  expect(overlaps(a, b)).toBe(expected);
});

test.each([
  ['10.0.0.0/16', '10.1.0.0/16'],
  ['10.255.240.0/21', '10.255.248.0/21'],
  ['172.16.0.0/16', '172.17.0.0/16'],
  ['192.168.0.0/20', '192.168.16.0/20'],
  ['100.64.0.0/16', '100.65.0.0/16'],
])('after %s comes %s', (current, next) => {
  expect(nextCidr(current)).toBe(next);
  expect(overlaps(current, next)).toBe(false);
});

test.each([
  '10.255.0.0/16',
  '172.31.0.0/16',
  '192.168.0.0/16',
  '100.127.0.0/16',
  '10.0.0.0/8',
  '8.8.0.0/16',
  'anywhere',
])('nothing comes after %s', (current) => {
  expect(nextCidr(current)).toBeUndefined();
});

test.each([
  ['10.0.48.4', true],
  ['10.0.63.254', true],
  ['10.0.48.3', false],
  ['10.0.63.255', false],
  ['10.0.64.10', false],
  ['10.0.48.256', false],
  ['somewhere', false],
])('AWS gives %s of 10.0.48.0/20 away: %s', (address, usable) => {
  expect(isUsableAddress(address, '10.0.48.0/20')).toBe(usable);
});

test('nothing can be given in a range that is none', () => {
  expect(isUsableAddress('10.0.48.4', '10.0.48.4/20')).toBe(false);
});
