// Key pairs that a client makes outside KMS, from bytes that are given: for import, and to compare public keys.

import { createECDH, createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { TranscriptError } from '../transcript.ts';
import { type Draw, inverse, type RsaKey, rsaKey, toNumber } from './rsa-key.ts';

export interface KeyPair {
  /** PKCS#8, DER (RFC 5208). */
  readonly privateKey: Uint8Array;
  /** SubjectPublicKeyInfo, DER (RFC 5280). */
  readonly publicKey: Uint8Array;
}

interface Curve {
  /** The curve's name in JSON Web Keys (RFC 7518, RFC 8812) and in OpenSSL. */
  readonly jwk: string;
  readonly openssl: string;
  readonly order: bigint;
}

// Orders: SEC 2 version 2, sections 2.4.1, 2.4.2, 2.5.1, 2.6.1.
const curves: Readonly<Record<string, Curve>> = {
  ECC_NIST_P256: {
    jwk: 'P-256',
    openssl: 'prime256v1',
    order: 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
  },
  ECC_NIST_P384: {
    jwk: 'P-384',
    openssl: 'secp384r1',
    order: 0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973n,
  },
  ECC_NIST_P521: {
    jwk: 'P-521',
    openssl: 'secp521r1',
    order:
      0x01fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409n,
  },
  ECC_SECG_P256K1: {
    jwk: 'secp256k1',
    openssl: 'secp256k1',
    order: 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n,
  },
};

const rsaBits: Readonly<Record<string, number>> = { RSA_2048: 2048, RSA_3072: 3072, RSA_4096: 4096 };

// RFC 8410 section 7: PKCS#8 of an Ed25519 seed is this prefix and the seed.
const ed25519Prefix = Buffer.from('302e020100300506032b657004220420', 'hex');

/** The key specs a pair can be made of. */
export const pairSpecs: readonly string[] = [...Object.keys(rsaBits), ...Object.keys(curves), 'ECC_NIST_EDWARDS25519'];

/** The same spec and bytes give the same pair. */
export function makeKeyPair(spec: string, publicExponent: number, draw: Draw): KeyPair {
  const privateKey = privateKeyOf(spec, publicExponent, draw);
  return {
    privateKey: new Uint8Array(privateKey.export({ format: 'der', type: 'pkcs8' })),
    publicKey: new Uint8Array(createPublicKey(privateKey).export({ format: 'der', type: 'spki' })),
  };
}

function privateKeyOf(spec: string, publicExponent: number, draw: Draw): KeyObject {
  const bits = rsaBits[spec];
  if (bits !== undefined) return fromRsa(rsaKey(bits, BigInt(publicExponent), draw));
  const curve = curves[spec];
  if (curve !== undefined) return onCurve(curve, draw);
  if (spec !== 'ECC_NIST_EDWARDS25519') throw new TranscriptError(`no key pair of ${spec} can be made here`);
  return createPrivateKey({ key: Buffer.concat([ed25519Prefix, draw('seed', 32)]), format: 'der', type: 'pkcs8' });
}

function onCurve({ jwk, openssl, order }: Curve, draw: Draw): KeyObject {
  const length = Math.ceil(order.toString(16).length / 2);
  // P-521 has seven bits in its first byte that no private key uses.
  const spare = BigInt(length * 8) - BigInt(order.toString(2).length);
  for (let attempt = 0; ; attempt += 1) {
    const scalar = toNumber(draw(`d${attempt}`, length)) >> spare;
    if (scalar === 0n || scalar >= order) continue;
    const d = toBytes(scalar, length);
    const pair = createECDH(openssl);
    pair.setPrivateKey(d);
    const point = pair.getPublicKey();
    const [x, y] = [point.subarray(1, 1 + length), point.subarray(1 + length)];
    return createPrivateKey({ key: { kty: 'EC', crv: jwk, ...encoded({ d, x, y }) }, format: 'jwk' });
  }
}

// RFC 8017 section 3.2, the private key with its primes.
function fromRsa({ n, e, d, p, q }: RsaKey): KeyObject {
  const members = { n, e, d, p, q, dp: d % (p - 1n), dq: d % (q - 1n), qi: inverse(q, p) };
  const key = Object.fromEntries(Object.entries(members).map(([name, number]) => [name, toBytes(number)]));
  return createPrivateKey({ key: { kty: 'RSA', ...encoded(key) }, format: 'jwk' });
}

function toBytes(number: bigint, length?: number): Buffer {
  const digits = number.toString(16);
  return Buffer.from(
    digits.padStart(length === undefined ? digits.length + (digits.length % 2) : length * 2, '0'),
    'hex',
  );
}

function encoded(members: Readonly<Record<string, Buffer>>): Record<string, string> {
  return Object.fromEntries(Object.entries(members).map(([name, bytes]) => [name, bytes.toString('base64url')]));
}
