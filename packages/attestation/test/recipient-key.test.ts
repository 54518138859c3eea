// Keys that an answer can be encrypted to.

import { createHash, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { readRecipientKey } from '../src/recipient-key.ts';
import { plain, recipientPair } from './documents.ts';

const spki = (key: KeyObject): Uint8Array => plain(key.export({ type: 'spki', format: 'der' }));
const rsa = (modulusLength: number): Uint8Array => spki(generateKeyPairSync('rsa', { modulusLength }).publicKey);
const { publicKey } = recipientPair();

test('an RSA key of 2,048 bits is read, and named by the hash of its bytes', () => {
  expect(readRecipientKey(publicKey)).toMatchObject({
    exponent: 65_537n,
    length: 256,
    identifier: plain(createHash('sha256').update(publicKey).digest()),
  });
});

test('3,072 and 4,096 bits are, too', () => {
  for (const bits of [3072, 4096]) expect(readRecipientKey(rsa(bits))).toMatchObject({ length: bits / 8 });
});

/** SubjectPublicKeyInfo of any two numbers, as hexadecimal digits. */
function numbers(n: string, e: string): Uint8Array {
  const element = (tag: string, content: string): string => {
    const length = content.length / 2;
    const octets = length < 128 ? length.toString(16).padStart(2, '0') : `82${length.toString(16).padStart(4, '0')}`;
    return `${tag}${octets}${content}`;
  };
  const key = element('30', element('02', n) + element('02', e));
  const algorithm = '300d06092a864886f70d0101010500';
  return Uint8Array.from(Buffer.from(element('30', algorithm + element('03', `00${key}`)), 'hex'));
}

const modulus = `00${'c1'.repeat(256)}`;

test('the numbers themselves are read', () => {
  expect(readRecipientKey(numbers(modulus, '010001'))).toMatchObject({
    modulus: BigInt(`0x${modulus}`),
    exponent: 65_537n,
  });
  expect(readRecipientKey(numbers(modulus, '03'))).toMatchObject({ exponent: 3n });
});

describe('it is refused as', () => {
  test.each<[string, Uint8Array]>([
    ['nothing', new Uint8Array()],
    ['text', Buffer.from('-----BEGIN PUBLIC KEY-----')],
    ['1,024 bits', rsa(1024)],
    ['a key of a curve', spki(generateKeyPairSync('ec', { namedCurve: 'P-384' }).publicKey)],
    ['an Ed25519 key', spki(generateKeyPairSync('ed25519').publicKey)],
    ['a key for PSS', spki(generateKeyPairSync('rsa-pss', { modulusLength: 2048 }).publicKey)],
    ['something behind it', Uint8Array.of(...publicKey, 0)],
    ['a key cut short', publicKey.slice(0, -1)],
    ['an even modulus', numbers(`00${'c1'.repeat(255)}c0`, '010001')],
    ['a negative modulus', numbers('c1'.repeat(256), '010001')],
    ['an even exponent', numbers(modulus, '010000')],
    ['the exponent 1', numbers(modulus, '01')],
    ['the exponent 0', numbers(modulus, '00')],
    ['a negative exponent', numbers(modulus, '81')],
    ['an exponent beyond the modulus', numbers(modulus, `00${'c3'.repeat(256)}`)],
    ['8,192 bits', numbers(`00${'c1'.repeat(1024)}`, '010001')],
  ])('%s', (_, bytes) => {
    expect(readRecipientKey(bytes)).toMatchObject({ code: 'invalid public key' });
  });
});
