// RSA's primitives from node:crypto: OpenSSL raises blocks to powers, without a padding.

import type * as nodeCrypto from 'node:crypto';
import { type RsaPublicNumbers, writeRsaPrivateKey } from '../der/private-key.ts';
import { inPlace, plain } from './buffers.ts';
import type { PrivateOperation, RsaHash, RsaPrimitives } from './rsa.ts';
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
  // Node 24 looks at an object of options as if it were a key, by two exceptions, which take as long as a verification. Without a
  // padding here Node's default would apply, and no block as long as the modulus fits into that: it fails.
  const unpadded = (key: nodeCrypto.KeyObject): nodeCrypto.KeyObject =>
    Object.assign(key, { padding: crypto.constants.RSA_NO_PADDING });

  // JWK is the quickest of all forms to import: 6 to 75 us, where DER takes 80 to 400.
  const publicKey = ({ n, e }: RsaPublicNumbers): nodeCrypto.KeyObject =>
    unpadded(crypto.createPublicKey({ key: { kty: 'RSA', n: base64url(n), e: base64url(e) }, format: 'jwk' }));

  return {
    name: 'native',
    // A string of bytes takes a third of the time that a Buffer does, which is memory outside the heap.
    hash: (name, message) => {
      const text = crypto.hash(hashes[name], message, 'binary');
      const digest = new Uint8Array(text.length);
      for (let i = 0; i < digest.length; i++) digest[i] = text.charCodeAt(i);
      return digest;
    },
    addHash: (name, message, block, at) => {
      const text = crypto.hash(hashes[name], message, 'binary');
      const end = Math.min(text.length, block.length - at);
      for (let i = 0; i < end; i++) block[at + i] = (block[at + i] ?? 0) ^ text.charCodeAt(i);
    },
    // A public operation whose exponent is the one asked for.
    power: (base, exponent, modulus) => {
      const numbers = { n: modulus, e: exponent };
      if (!openSslTakes(numbers)) return portablePower(base, exponent, modulus);
      const block = Buffer.from(base.toString(16).padStart(evenLength(modulus), '0'), 'hex');
      return BigInt(`0x${crypto.publicEncrypt(publicKey(numbers), block).toString('hex')}`);
    },
    publicOperation: (numbers) => {
      if (!openSslTakes(numbers)) return portablePublicOperation(numbers);
      const key = publicKey(numbers);
      return (block) => plain(crypto.publicEncrypt(key, block));
    },
    // Not as a JWK: its texts could not be overwritten.
    privateOperation: (numbers): PrivateOperation => {
      const der = writeRsaPrivateKey(numbers);
      let key: ReturnType<typeof unpadded> | undefined = unpadded(
        crypto.createPrivateKey({ key: inPlace(der), format: 'der', type: 'pkcs1' }),
      );
      der.fill(0);
      const operation = (block: Uint8Array): Uint8Array => {
        if (key === undefined) throw new Error('The key is erased.');
        return plain(crypto.privateDecrypt(key, block));
      };
      const erase = (): void => {
        key = undefined;
      };
      return Object.assign(operation, { erase });
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
