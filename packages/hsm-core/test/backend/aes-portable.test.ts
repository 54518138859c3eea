// AES beside the port: judged by node:crypto, and by Project Wycheproof where it is.

import { createCipheriv, createDecipheriv } from 'node:crypto';
import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { aesCbc, aesCbcPad, aesGcm, aesKw, aesKwp } from '../../src/backend/aes-portable.ts';
import { absence, groupsOf, type Vector } from '../published-vectors.ts';
import { fromHex, hex } from '../rsa/backends.ts';

const key = fc.constantFrom(16, 24, 32).chain((length) => fc.uint8Array({ minLength: length, maxLength: length }));
const block = fc.uint8Array({ minLength: 16, maxLength: 16 });
const text = fc.uint8Array({ maxLength: 70 });
const none = new Uint8Array();

property.prop([key, block, text])('CBC with padding is that of node:crypto', (secret, iv, plaintext) => {
  const cipher = createCipheriv(`aes-${8 * secret.length}-cbc`, secret, iv);
  const expected = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  const sealed = aesCbcPad.seal(secret, iv, none, plaintext);
  expect(hex(sealed)).toBe(expected.toString('hex'));
  expect(hex(aesCbcPad.open(secret, iv, none, sealed) ?? none)).toBe(hex(plaintext));
});

property.prop([key, block, fc.array(block, { maxLength: 4 })])(
  'CBC of whole blocks is that of node:crypto',
  (secret, iv, blocks) => {
    const plaintext = Uint8Array.from(blocks.flatMap((one) => [...one]));
    const decipher = createDecipheriv(`aes-${8 * secret.length}-cbc`, secret, iv).setAutoPadding(false);
    const sealed = aesCbc.seal(secret, iv, none, plaintext);
    expect(sealed).toHaveLength(plaintext.length);
    expect(Buffer.concat([decipher.update(sealed), decipher.final()]).toString('hex')).toBe(hex(plaintext));
    expect(hex(aesCbc.open(secret, iv, none, sealed) ?? none)).toBe(hex(plaintext));
  },
);

property.prop([key, text, text])('GCM is that of node:crypto, with keys of every length', (secret, aad, plaintext) => {
  const iv = new Uint8Array(12).fill(7);
  const cipher = createCipheriv(`aes-${(8 * secret.length) as 256}-gcm`, secret, iv).setAAD(aad);
  const expected = Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
  const sealed = aesGcm.seal(secret, iv, aad, plaintext);
  expect(hex(sealed)).toBe(expected.toString('hex'));
  expect(hex(aesGcm.open(secret, iv, aad, sealed) ?? none)).toBe(hex(plaintext));
  expect(aesGcm.open(secret, iv, aad, sealed.with(0, (sealed[0] ?? 0) ^ 1))).toBeUndefined();
});

test('what has another length is neither wrapped nor unwrapped', () => {
  const kek = new Uint8Array(32);
  for (const length of [0, 8, 15, 17]) expect(aesKw.wrap(kek, new Uint8Array(length))).toBeUndefined();
  for (const length of [0, 8, 16, 25]) expect(aesKw.unwrap(kek, new Uint8Array(length))).toBeUndefined();
  expect(aesKwp.wrap(kek, none)).toBeUndefined();
  for (const length of [0, 8, 17]) expect(aesKwp.unwrap(kek, new Uint8Array(length))).toBeUndefined();
});

interface Wrapping extends Vector {
  readonly key: string;
  readonly msg: string;
  readonly ct: string;
}

const files = ['aes_wrap_test', 'aes_kwp_test'];
const { absent, reason } = absence(files);

describe.skipIf(absent)(`Project Wycheproof${reason}`, () => {
  test.each([
    ['aes_wrap_test', aesKw],
    ['aes_kwp_test', aesKwp],
  ] as const)('%s', (file, mode) => {
    const tests = groupsOf<{ tests: readonly Wrapping[] }>(file).flatMap((group) => group.tests);
    expect(tests.length).toBeGreaterThan(100);
    for (const { tcId, key: kek, msg, ct, result } of tests) {
      const opened = mode.unwrap(fromHex(kek), fromHex(ct));
      // RFC 3394 section 2.2.1 wraps two semiblocks or more; one is "acceptable" here, and refused.
      if (result === 'invalid' || (mode === aesKw && msg.length < 32)) {
        expect([tcId, opened]).toEqual([tcId, undefined]);
        continue;
      }
      expect([tcId, opened && hex(opened)]).toEqual([tcId, msg]);
      expect([tcId, hex(mode.wrap(fromHex(kek), fromHex(msg)) ?? none)]).toEqual([tcId, ct]);
    }
  });
});
