// Imported material in every wrapping, made by others; and what is not unwrapped, for one answer whatever the reason.

import * as crypto from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { type RsaWrappingAlgorithm, unwraps } from '../src/key-wrap.ts';
import { type RsaKeySpec, spki } from '../src/rsa.ts';
import { wrapBackends } from './key-wrap-backends.ts';
import { openssl, opensslAbsent, opensslReason } from './openssl-command.ts';
import { provesWithOpenssl } from './proof.ts';
import { bytes, hex, keyOf, rsaBackends, specs } from './rsa/backends.ts';

const backends = rsaBackends.map((rsa, at) => ({ name: rsa.name, rsa, wrap: wrapBackends[at]! }));

const algorithms: Readonly<Record<RsaWrappingAlgorithm, { hash: string; throughAes: boolean }>> = {
  RSAES_OAEP_SHA_1: { hash: 'sha1', throughAes: false },
  RSAES_OAEP_SHA_256: { hash: 'sha256', throughAes: false },
  RSA_AES_KEY_WRAP_SHA_1: { hash: 'sha1', throughAes: true },
  RSA_AES_KEY_WRAP_SHA_256: { hash: 'sha256', throughAes: true },
};
const cases = Object.entries(algorithms).map(([name, row]) => ({ name: name as RsaWrappingAlgorithm, ...row }));

/** OAEP by node:crypto. */
function oaep(spec: RsaKeySpec, oaepHash: string, content: Uint8Array): Uint8Array {
  const key = crypto.createPublicKey({
    key: Buffer.from(spki(keyOf(spec, rsaBackends[0]!))),
    format: 'der',
    type: 'spki',
  });
  return crypto.publicEncrypt({ key, padding: crypto.constants.RSA_PKCS1_OAEP_PADDING, oaepHash }, content);
}

/** Wraps with node:crypto as the documentation of the algorithm says. */
function wrapped(spec: RsaKeySpec, name: RsaWrappingAlgorithm, material: Uint8Array, kek = bytes(32, 60)): Uint8Array {
  const { hash, throughAes } = algorithms[name];
  if (!throughAes) return Uint8Array.from(oaep(spec, hash, material));
  const cipher = crypto.createCipheriv(`id-aes${kek.length * 8}-wrap-pad`, kek, Buffer.from('A65959A6', 'hex'));
  return Uint8Array.of(...oaep(spec, hash, kek), ...cipher.update(material));
}

describe.each(backends)('on $name', ({ rsa, wrap }) => {
  describe.each(cases)('$name', ({ name, throughAes }) => {
    test.each(specs)('under %s: a key of 256 bits, and one byte', (spec) => {
      for (const material of [bytes(32), bytes(1)]) {
        expect(unwraps[name](keyOf(spec, rsa), wrapped(spec, name, material), wrap)).toEqual(material);
      }
      if (throughAes) provesWithOpenssl(name);
    });

    const material = bytes(32);
    const right = wrapped('RSA_2048', name, material);
    const otherHash = name.endsWith('_1') ? name.replace(/_1$/, '_256') : name.replace(/_256$/, '_1');

    test.each<[string, () => Uint8Array]>([
      ['nothing', () => new Uint8Array()],
      ['noise as long as the modulus', () => bytes(256, 0)],
      ['noise that is longer', () => bytes(296, 0)],
      ['one byte less', () => right.subarray(0, -1)],
      ['eight bytes less', () => right.subarray(0, -8)],
      ['one byte more', () => Uint8Array.of(...right, 0)],
      ['eight bytes more', () => Uint8Array.of(...right, ...new Uint8Array(8))],
      ['its first half', () => right.subarray(0, 128)],
      ['a changed first byte', () => right.with(0, (right[0] ?? 0) ^ 1)],
      ['a changed last byte', () => right.with(right.length - 1, (right.at(-1) ?? 0) ^ 1)],
      ['the other hash', () => wrapped('RSA_2048', otherHash as RsaWrappingAlgorithm, material)],
      ['another wrapping key', () => wrapped('RSA_3072', name, material)],
    ])('not unwrapped: %s', (_name, make) => {
      expect(unwraps[name](keyOf('RSA_2048', rsa), make(), wrap)).toBeUndefined();
      expect(unwraps[name](keyOf('RSA_2048', rsa), right, wrap)).toEqual(material);
    });
  });

  describe.each(cases.filter(({ throughAes }) => throughAes))('$name', ({ name }) => {
    const material = bytes(32);
    const right = wrapped('RSA_2048', name, material);

    test('a whole private key', () => {
      const { privateKey } = crypto.generateKeyPairSync('rsa', { modulusLength: 1024 });
      const pkcs8 = Uint8Array.from(privateKey.export({ type: 'pkcs8', format: 'der' }));
      expect(unwraps[name](keyOf('RSA_2048', rsa), wrapped('RSA_2048', name, pkcs8), wrap)).toEqual(pkcs8);
    });

    test('not unwrapped: an AES key of 128 or 192 bits, the AES key alone, or AES key wrap without padding', () => {
      const key = keyOf('RSA_2048', rsa);
      for (const length of [16, 24]) {
        expect(unwraps[name](key, wrapped('RSA_2048', name, material, bytes(length)), wrap)).toBeUndefined();
      }
      expect(unwraps[name](key, right.subarray(0, 256), wrap)).toBeUndefined();
      const cipher = crypto.createCipheriv('id-aes256-wrap', bytes(32, 60), Buffer.alloc(8, 0xa6));
      const unpadded = Uint8Array.of(...right.subarray(0, 256), ...cipher.update(material));
      expect(unwraps[name](key, unpadded, wrap)).toBeUndefined();
    });
  });
});

// https://docs.aws.amazon.com/kms/latest/developerguide/importing-keys-encrypt-key-material.html
describe.skipIf(opensslAbsent)(`wrapped with OpenSSL as the guide says${opensslReason}`, () => {
  const material = bytes(32, 7);

  test.each(cases)('$name', ({ name, hash, throughAes }) => {
    const kek = bytes(32, 60);
    const files = { key: spki(keyOf('RSA_2048', rsaBackends[0]!)), content: throughAes ? kek : material, material };
    const sealed = openssl(
      [
        ...['pkeyutl', '-encrypt', '-in', 'content', '-inkey', 'key', '-keyform', 'DER', '-pubin'],
        ...['-pkeyopt', 'rsa_padding_mode:oaep', '-pkeyopt', `rsa_oaep_md:${hash}`, '-pkeyopt', `rsa_mgf1_md:${hash}`],
      ],
      files,
    );
    const tail = throughAes
      ? openssl(['enc', '-id-aes256-wrap-pad', '-iv', 'A65959A6', '-K', hex(kek) ?? '', '-in', 'material'], files)
          .output
      : Buffer.alloc(0);
    for (const { rsa, wrap } of backends) {
      const key = keyOf('RSA_2048', rsa);
      expect(unwraps[name](key, Buffer.concat([sealed.output, tail]), wrap)).toEqual(material);
    }
  });
});
