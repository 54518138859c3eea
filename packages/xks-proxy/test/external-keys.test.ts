// The keys of the external key manager, through the proxy.

import { createCipheriv, createDecipheriv } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { XksProxy } from '../src/index.ts';
import { decryptBody, encryptBody, keyMetadataBody } from './bodies.ts';
import { ask, bytesOf, errorOf, proxyOf } from './proxy-of.ts';

describe('keys', () => {
  test('one that is disabled tells so and does nothing', async () => {
    const own = proxyOf();
    const encrypted = await ask('/keys/k/encrypt', encryptBody(), {}, own);
    own.setKeyStatus('k', 'DISABLED');
    expect((await ask('/keys/k/metadata', keyMetadataBody(), {}, own)).json['keyStatus']).toBe('DISABLED');
    expect(await errorOf('/keys/k/encrypt', encryptBody(), {}, own)).toBe('400 InvalidStateException');
    expect(await errorOf('/keys/k/decrypt', decryptBody(encrypted.json), {}, own)).toBe('400 InvalidStateException');
    own.setKeyStatus('k', 'ENABLED');
    expect((await ask('/keys/k/decrypt', decryptBody(encrypted.json), {}, own)).status).toBe(200);
  });

  test('one of another kind tells so and encrypts nothing', async () => {
    const own = proxyOf({ keys: [{ id: 'rsa', keySpec: 'RSA_2048' }] });
    expect((await ask('/keys/rsa/metadata', keyMetadataBody(), {}, own)).json['keySpec']).toBe('RSA_2048');
    expect(await errorOf('/keys/rsa/encrypt', encryptBody(), {}, own)).toBe('400 InvalidKeyUsageException');
  });

  test('one that has been rotated decrypts what it encrypted before, and encrypts with the new material', async () => {
    const own = proxyOf();
    const before = await ask('/keys/k/encrypt', encryptBody(), {}, own);
    own.rotateKey('k');
    const after = await ask('/keys/k/encrypt', encryptBody(), {}, own);
    expect(bytesOf(before.json['ciphertextMetadata']).toString()).toBe('key_version=1');
    expect(bytesOf(after.json['ciphertextMetadata']).toString()).toBe('key_version=2');
    for (const { json } of [before, after])
      expect((await ask('/keys/k/decrypt', decryptBody(json), {}, own)).json).toEqual({
        plaintext: 'SGVsbG8gV29ybGQh',
      });
    const swapped = { ...after.json, ciphertextMetadata: before.json['ciphertextMetadata'] };
    expect(await errorOf('/keys/k/decrypt', decryptBody(swapped), {}, own)).toBe('400 InvalidCiphertextException');
  });

  test('one that has been deleted is not there', async () => {
    const own = proxyOf();
    own.deleteKey('k');
    expect(await errorOf('/keys/k/metadata', keyMetadataBody(), {}, own)).toBe('404 KeyNotFoundException');
    expect(() => own.deleteKey('k')).toThrow(expect.objectContaining({ code: 'KMSIM_XKS_KEY_UNKNOWN' }));
  });

  test.each([12, 16] as const)('AES-256-GCM with a vector of %d bytes, as OpenSSL has it', async (ivLength) => {
    const material = Buffer.alloc(32, 7);
    const own = proxyOf({ ivLength, keys: [{ id: 'k', material }] });
    const framed = Buffer.concat([Uint8Array.of(0, 1, 0x61, 13), Buffer.from('key_version=1')]);
    const { json } = await ask('/keys/k/encrypt', encryptBody({ aad: 'a' }), {}, own);
    const iv = bytesOf(json['initializationVector']);
    expect(iv.length).toBe(ivLength);
    const decipher = createDecipheriv('aes-256-gcm', material, iv).setAAD(framed);
    decipher.setAuthTag(bytesOf(json['authenticationTag']));
    const plaintext = Buffer.concat([decipher.update(bytesOf(json['ciphertext'])), decipher.final()]);
    expect(plaintext.toString()).toBe('Hello World!');
    const cipher = createCipheriv('aes-256-gcm', material, Buffer.alloc(16, 1)).setAAD(framed);
    const ciphertext = Buffer.concat([cipher.update('from elsewhere'), cipher.final()]).toString('base64');
    const foreign = {
      ciphertext,
      ciphertextMetadata: json['ciphertextMetadata'],
      initializationVector: Buffer.alloc(16, 1).toString('base64'),
      authenticationTag: cipher.getAuthTag().toString('base64'),
    };
    const decrypted = await ask('/keys/k/decrypt', decryptBody(foreign, 'a'), {}, own);
    expect(bytesOf(decrypted.json['plaintext']).toString()).toBe('from elsewhere');
  });
});

describe('a seed', () => {
  const encryptions = async (of: XksProxy): Promise<unknown[]> => {
    const answers: unknown[] = [];
    for (const plaintext of ['one', 'one', 'two'])
      answers.push((await ask('/keys/k/encrypt', encryptBody({ plaintext }), {}, of)).json);
    return answers;
  };

  test('gives the same credential, keys and bytes each time', async () => {
    expect(proxyOf().credential).toEqual(proxyOf().credential);
    expect(await encryptions(proxyOf())).toEqual(await encryptions(proxyOf()));
  });

  test('and another seed others', async () => {
    expect(proxyOf({ seed: 't' }).credential).not.toEqual(proxyOf().credential);
    expect(await encryptions(proxyOf({ seed: 't' }))).not.toEqual(await encryptions(proxyOf()));
  });

  test('no vector comes twice for two messages, not even after a restart', async () => {
    const ivs = new Map<string, Set<string>>();
    for (const texts of [
      ['a', 'a', 'b', 'c'],
      ['c', 'b', 'a', 'a'],
      ['a', 'c'],
    ]) {
      const own = proxyOf();
      for (const [at, plaintext] of texts.entries()) {
        const { json } = await ask('/keys/k/encrypt', encryptBody({ plaintext }), {}, own);
        const iv = String(json['initializationVector']);
        ivs.set(iv, (ivs.get(iv) ?? new Set()).add(`${at} ${plaintext}`));
      }
    }
    expect([...ivs.values()].map(({ size }) => size)).toEqual(Array.from(ivs, () => 1));
    expect(ivs.size).toBe(9);
  });

  test('makes a credential that CreateCustomKeyStore takes', () => {
    for (const seed of ['a', 'b', 'c', 'd', 'e']) {
      const { accessKeyId, secretAccessKey } = proxyOf({ seed }).credential;
      expect(accessKeyId).toMatch(/^[A-Z2-7]{20,30}$/);
      expect(secretAccessKey).toMatch(/^[A-Za-z0-9/+=]{43,64}$/);
    }
  });
});
