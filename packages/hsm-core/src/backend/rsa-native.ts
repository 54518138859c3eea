// RSA's primitives from node:crypto: OpenSSL raises blocks to powers, without a padding.

import type * as nodeCrypto from 'node:crypto';
import type { RsaPublicNumbers } from '../der/private-key.ts';
import { plain } from './buffers.ts';
import type { RawOperation, RsaHash, RsaPrimitives } from './rsa.ts';
import { power as portablePower, publicOperation as portablePublicOperation } from './rsa-portable.ts';

const hashes: Readonly<Record<RsaHash, string>> = {
  'SHA-1': 'sha1',
  'SHA-256': 'sha256',
  'SHA-384': 'sha384',
  'SHA-512': 'sha512',
};

// OPENSSL_RSA_SMALL_MODULUS_BITS and OPENSSL_RSA_MAX_PUBEXP_BITS: up to the first every exponent will do, beyond it short ones only.
const anyExponentUpTo = 1n << 3072n;
const shortExponent = 1n << 64n;
// Below this BigInt is as quick, and OpenSSL was not made for it.
const smallestModulus = 1n << 255n;

function openSslTakes({ n, e }: RsaPublicNumbers): boolean {
  return n > smallestModulus && (n < anyExponentUpTo || e < shortExponent);
}

export function nativeRsa(crypto: typeof nodeCrypto): RsaPrimitives {
  const padding = crypto.constants.RSA_NO_PADDING;

  // JWK is the quickest of all forms to import: 6 to 75 us, where DER takes 80 to 400.
  const publicKey = ({ n, e }: RsaPublicNumbers): nodeCrypto.KeyObject =>
    crypto.createPublicKey({ key: { kty: 'RSA', n: base64url(n), e: base64url(e) }, format: 'jwk' });

  return {
    name: 'native',
    hash: (name, message) => plain(crypto.hash(hashes[name], message, 'buffer')),
    // A public operation whose exponent is the one asked for.
    power: (base, exponent, modulus) => {
      const numbers = { n: modulus, e: exponent };
      if (!openSslTakes(numbers)) return portablePower(base, exponent, modulus);
      const block = Buffer.from(base.toString(16).padStart(evenLength(modulus), '0'), 'hex');
      return BigInt(`0x${crypto.publicEncrypt({ key: publicKey(numbers), padding }, block).toString('hex')}`);
    },
    publicOperation: (numbers) => {
      if (!openSslTakes(numbers)) return portablePublicOperation(numbers);
      const key = { key: publicKey(numbers), padding };
      return (block) => plain(crypto.publicEncrypt(key, block));
    },
    privateOperation: (numbers): RawOperation => {
      const { n, e, d, p, q, dP, dQ, qInv } = numbers;
      const exponents = { e: base64url(e), d: base64url(d), dp: base64url(dP), dq: base64url(dQ) };
      const jwk = { kty: 'RSA', n: base64url(n), p: base64url(p), q: base64url(q), qi: base64url(qInv), ...exponents };
      const key = { key: crypto.createPrivateKey({ key: jwk, format: 'jwk' }), padding };
      return (block) => plain(crypto.privateDecrypt(key, block));
    },
  };
}

function evenLength(number: bigint): number {
  const { length } = number.toString(16);
  return length + (length & 1);
}

function base64url(number: bigint): string {
  return Buffer.from(number.toString(16).padStart(evenLength(number), '0'), 'hex').toString('base64url');
}
