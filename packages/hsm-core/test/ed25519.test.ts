// Ed25519 keys and their algorithms: outside and inside, and which takes which message type.

import * as crypto from 'node:crypto';
import { inspect } from 'node:util';
import { fc, test as property } from '@fast-check/vitest';
import { ed25519ph } from '@noble/curves/ed25519.js';
import { describe, expect, test } from 'vitest';
import type { EdScheme } from '../src/backend/ed25519.ts';
import { keyAlgorithms } from '../src/der/key-algorithms.ts';
import { writeCurvePrivateKey } from '../src/der/private-key.ts';
import { writePkcs8 } from '../src/der.ts';
import { type Ed25519PrivateKey, ed25519Signings, fromPkcs8, grow, spki, toPkcs8 } from '../src/ed25519.ts';
import { keySpecs } from '../src/key-specs.ts';
import { rfc8032 } from './data/ed25519-known-answers.ts';
import { families, native, portable } from './family-backends.ts';
import { fromHex, hex, octets, present, spoilt } from './octets.ts';
import { openssl, opensslAbsent, opensslReason } from './openssl-command.ts';
import { provesWithOpenssl } from './proof.ts';

const { ED25519_SHA_512: pure, ED25519_PH_SHA_512: prehashed } = ed25519Signings;
const none = new Uint8Array();
const seed = octets(32, 11);
const key = grow(seed, native.ed25519);
const message = octets(300);

/** The key of the seed in node:crypto. */
const outside = crypto.createPrivateKey({ key: Buffer.from(toPkcs8(key)), format: 'der', type: 'pkcs8' });

test('the rows are the algorithms of the key spec, each for one message type', () => {
  expect(Object.keys(ed25519Signings)).toEqual(keySpecs.ECC_NIST_EDWARDS25519.signingAlgorithms);
  expect([Object.keys(pure.forms), pure.forms.RAW?.length]).toEqual([['RAW'], undefined]);
  expect([Object.keys(prehashed.forms), prehashed.forms.DIGEST?.length]).toEqual([['DIGEST'], 64]);
});

test('what it writes is what node:crypto writes', () => {
  expect(outside.asymmetricKeyType).toBe('ed25519');
  expect(hex(outside.export({ type: 'pkcs8', format: 'der' }))).toBe(hex(toPkcs8(key)));
  expect(hex(crypto.createPublicKey(outside).export({ type: 'spki', format: 'der' }))).toBe(hex(spki(key)));
  expect(spki(key)).toHaveLength(44);
});

property.prop([fc.uint8Array({ minLength: 32, maxLength: 32 }), fc.uint8Array({ maxLength: 300 })], { numRuns: 25 })(
  'the backends grow one key and sign alike, and verify each other',
  (seed, message) => {
    const [one, other] = [grow(seed, portable.ed25519), grow(seed, native.ed25519)];
    const digest = native.hashes['SHA-512'].digest(message);
    expect(hex(one.publicKey)).toBe(hex(other.publicKey));
    for (const [form, input] of [
      [pure.forms.RAW, message],
      [prehashed.forms.DIGEST, digest],
    ] as const) {
      const signature = form?.sign(one, input, none) ?? none;
      expect(hex(form?.sign(other, input, none))).toBe(hex(signature));
      expect([form?.verify(one, input, signature), form?.verify(other, input, signature)]).toEqual([true, true]);
      expect(form?.verify(one, spoilt(Uint8Array.of(...input, 1), 0), signature)).toBe(false);
    }
  },
);

describe('ED25519_SHA_512', () => {
  const signature = pure.forms.RAW?.sign(key, message, none) ?? none;

  test('verifies with node:crypto', () => {
    expect(crypto.verify(null, message, crypto.createPublicKey(outside), signature)).toBe(true);
    expect(signature).toHaveLength(64);
    provesWithOpenssl('ED25519_SHA_512');
  });

  test.skipIf(opensslAbsent)(`verifies with OpenSSL${opensslReason}`, () => {
    const files = { key: spki(key), signature, message, other: octets(4) };
    const over = (input: string): boolean => {
      const given = ['-verify', '-pubin', '-inkey', 'key', '-keyform', 'DER', '-rawin', '-sigfile', 'signature'];
      return openssl(['pkeyutl', ...given, '-in', input], files).accepted;
    };
    expect([over('message'), over('other')]).toEqual([true, false]);
  });
});

// KMS applies the prehash of Ed25519ph to the digest, so to others the digest is the message.
test.each(families)('ED25519_PH_SHA_512 on $name verifies as Ed25519ph of the digest', ({ ed25519 }) => {
  const digest = native.hashes['SHA-512'].digest(message);
  const signature = prehashed.forms.DIGEST?.sign(grow(seed, ed25519), digest, none) ?? none;
  expect(ed25519ph.verify(signature, digest, key.publicKey, { zip215: false })).toBe(true);
  expect(ed25519ph.verify(signature, message, key.publicKey, { zip215: false })).toBe(false);
  expect(hex(signature)).toBe(hex(ed25519ph.sign(digest, seed)));
});

describe.each(families)('import on $name', ({ ed25519 }) => {
  const read = (der: Uint8Array): Ed25519PrivateKey | string => fromPkcs8(der, ed25519);

  test('its own PKCS#8, that of node:crypto, and one that carries the public key', () => {
    expect(hex(toPkcs8(present(read(toPkcs8(key)))))).toBe(hex(toPkcs8(key)));
    const made = crypto.generateKeyPairSync('ed25519');
    const taken = present(read(made.privateKey.export({ type: 'pkcs8', format: 'der' })));
    expect(hex(spki(taken))).toBe(hex(made.publicKey.export({ type: 'spki', format: 'der' })));
    // RFC 8410 section 10.3, without the attributes.
    const [{ secret, publicKey } = { secret: '', publicKey: '' }] = rfc8032;
    const withPublicKey = (point: string): Uint8Array =>
      fromHex(`3051 020101 3005 06032b6570 0422 0420 ${secret} 8121 00 ${point}`);
    expect(hex(present(read(withPublicKey(publicKey))).publicKey)).toBe(publicKey);
    expect(read(withPublicKey(publicKey.replace(/^../, '00')))).toBe('malformed');
  });

  test('what is no key', () => {
    const { Ed25519 } = keyAlgorithms;
    for (const secret of [new Uint8Array(31), new Uint8Array(33), none]) {
      expect(read(writePkcs8(Ed25519, writeCurvePrivateKey(secret)))).toBe('malformed');
    }
    expect(read(writePkcs8(Ed25519, octets(32)))).toBe('malformed');
    expect(read(writePkcs8(keyAlgorithms['P-256'], writeCurvePrivateKey(seed)))).toBe('wrong key spec');
    const x25519 = crypto.generateKeyPairSync('x25519').privateKey;
    expect(read(x25519.export({ type: 'pkcs8', format: 'der' }))).toBe('wrong key spec');
    for (const wrong of [none, octets(48), toPkcs8(key).subarray(1), Uint8Array.of(...toPkcs8(key), 0)]) {
      expect(read(wrong)).toBe('malformed');
    }
  });
});

test('the private key does not show, and is overwritten when it is erased', () => {
  let erased = 0;
  const watched = (scheme: EdScheme): EdScheme => ({
    ...scheme,
    signer: (given) => ({
      ...scheme.signer(given),
      erase: () => {
        erased++;
      },
    }),
  });
  const { pure, prehashed, ...rest } = portable.ed25519;
  const own = grow(seed, { ...rest, pure: watched(pure), prehashed: watched(prehashed) });
  own.prehashed();
  const seen = inspect(own, { showHidden: true, depth: 9, maxArrayLength: null });
  expect(seen.replace(/\s+/g, '')).not.toContain([...seed].join(','));
  const held = own.seed();
  own.erase();
  expect(held.every((octet) => octet === 0)).toBe(true);
  expect(erased).toBe(2);
  expect(seed).toEqual(octets(32, 11));
});
