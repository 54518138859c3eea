// Wrapping for import, opened again with the private key.

import { constants, createDecipheriv, createPrivateKey, privateDecrypt } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { makeKeyPair } from '../../src/client/key-pair.ts';
import { ecdh, rsaAesKeyWrap, rsaOaep } from '../../src/client/wrap.ts';
import { draw } from './draw.ts';

const { privateKey, publicKey } = makeKeyPair('RSA_2048', 65_537, draw('wrapping'));
const key = createPrivateKey({ key: Buffer.from(privateKey), format: 'der', type: 'pkcs8' });
const padding = constants.RSA_PKCS1_OAEP_PADDING;
const material = draw('material')('m', 32);

describe('RSA-OAEP', () => {
  test.each([
    ['SHA_1', 'sha1'],
    ['SHA_256', 'sha256'],
  ])('%s', (hash, oaepHash) => {
    const wrapped = rsaOaep({ hash, publicKey }, material);
    expect(new Uint8Array(privateDecrypt({ key, padding, oaepHash }, wrapped))).toEqual(material);
  });

  test('with a label', () => {
    const label = Uint8Array.of(1, 2);
    const wrapped = rsaOaep({ hash: 'SHA_256', label, publicKey }, material);
    const opened = privateDecrypt({ key, padding, oaepHash: 'sha256', oaepLabel: Buffer.from(label) }, wrapped);
    expect(new Uint8Array(opened)).toEqual(material);
    expect(() => privateDecrypt({ key, padding, oaepHash: 'sha256' }, wrapped)).toThrow();
  });

  test('with another hash for its mask is not played', () => {
    expect(() => rsaOaep({ hash: 'SHA_256', mgf1Hash: 'SHA_1', publicKey }, material)).toThrow('is not played');
  });

  test('of more than it holds, or with what is no key, is a difference and no crash', () => {
    expect(() => rsaOaep({ hash: 'SHA_256', publicKey }, new Uint8Array(191))).toThrow(
      'the wrapping key cannot be used',
    );
    expect(() => rsaOaep({ hash: 'SHA_256', publicKey: Uint8Array.of(1) }, material)).toThrow(
      'the public key cannot be used',
    );
  });
});

test('RSA_AES_KEY_WRAP is OAEP of the AES key, then AES-KWP of the material', () => {
  const aesKey = draw('aes')('k', 32);
  const wrapped = rsaAesKeyWrap({ hash: 'SHA_256', publicKey }, aesKey, privateKey);
  const [head, tail] = [wrapped.subarray(0, 256), wrapped.subarray(256)];
  expect(new Uint8Array(privateDecrypt({ key, padding, oaepHash: 'sha256' }, head))).toEqual(aesKey);
  const cipher = createDecipheriv('id-aes256-wrap-pad', aesKey, Buffer.from('a65959a6', 'hex'));
  expect(new Uint8Array(Buffer.concat([cipher.update(tail), cipher.final()]))).toEqual(privateKey);
});

test('ECDH agrees from both sides', () => {
  const [one, other] = ['a', 'b'].map((seed) => makeKeyPair('ECC_NIST_P256', 65_537, draw(seed)));
  if (one === undefined || other === undefined) throw new Error('two pairs');
  expect(ecdh(one.privateKey, other.publicKey)).toEqual(ecdh(other.privateKey, one.publicKey));
  expect(ecdh(one.privateKey, other.publicKey)).toHaveLength(32);
  expect(() => ecdh(one.privateKey, publicKey)).toThrow('the pair of keys cannot be used');
});
