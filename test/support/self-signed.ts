import { generateKeyPairSync, sign } from 'node:crypto';

/** A key, and the certificate that it signed for itself, in PEM. */
export interface SelfSigned {
  readonly key: string;
  readonly cert: string;
}

const DAY = 86_400_000;
const ECDSA_WITH_SHA256 = tlv(0x30, tlv(0x06, Buffer.from('2a8648ce3d040302', 'hex')));
const COMMON_NAME = tlv(0x06, Buffer.from('550403', 'hex'));
const SUBJECT_ALTERNATIVE_NAME = tlv(0x06, Buffer.from('551d11', 'hex'));

/** A certificate for a name, as RFC 5280 draws it: Node.js reads certificates, but makes none, and not every machine has OpenSSL. */
export function selfSigned(domainName: string): SelfSigned {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const name = tlv(0x30, tlv(0x31, tlv(0x30, COMMON_NAME, tlv(0x0c, Buffer.from(domainName)))));
  const dnsName = tlv(0x30, tlv(0x82, Buffer.from(domainName)));
  const certificate = tlv(
    0x30,
    tlv(0xa0, tlv(0x02, Buffer.from([2]))), // version 3
    tlv(0x02, Buffer.from([1])), // serial number
    ECDSA_WITH_SHA256,
    name,
    tlv(0x30, utcTime(Date.now() - DAY), utcTime(Date.now() + DAY)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    tlv(0xa3, tlv(0x30, tlv(0x30, SUBJECT_ALTERNATIVE_NAME, tlv(0x04, dnsName)))),
  );
  const signature = tlv(0x03, Buffer.from([0]), sign('sha256', certificate, privateKey));
  const der = tlv(0x30, certificate, ECDSA_WITH_SHA256, signature);
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${der.toString('base64')}\n-----END CERTIFICATE-----\n`,
  };
}

/** A tag, the length of what follows, and that. */
function tlv(tag: number, ...parts: Buffer[]): Buffer {
  const value = Buffer.concat(parts);
  const { length } = value;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), value]);
}

/** `YYMMDDhhmmssZ` */
function utcTime(time: number): Buffer {
  return tlv(0x17, Buffer.from(`${new Date(time).toISOString().slice(2, 19).replace(/\D/g, '')}Z`));
}
