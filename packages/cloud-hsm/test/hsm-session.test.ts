// What KMS does with a cluster.

import { createDecipheriv } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { bytes, good, kmsSession, launched, message, passwords, plaintext } from './clusters.ts';

const secret = bytes(32, 77);

function withKey() {
  const cluster = launched();
  const session = kmsSession(cluster);
  const key = good(session.generateAesKey({ label: 'kms', random: secret }));
  const ciphertext = good(session.encryptGcm(key.id, { ...message, plaintext }));
  return { cluster, session, key, ciphertext };
}

describe('a key', () => {
  test('encrypts as AES-256-GCM does', () => {
    const { session, key, ciphertext } = withKey();
    const decipher = createDecipheriv('aes-256-gcm', secret, message.iv).setAAD(message.aad);
    decipher.setAuthTag(ciphertext.subarray(plaintext.length));
    const opened = Buffer.concat([decipher.update(ciphertext.subarray(0, plaintext.length)), decipher.final()]);
    expect(new Uint8Array(opened)).toEqual(plaintext);
    expect(session.decryptGcm(key.id, { ...message, ciphertext })).toEqual(plaintext);
  });

  test('the answers are bytes of their own', () => {
    const { session, key, ciphertext } = withKey();
    const opened = good(session.decryptGcm(key.id, { ...message, ciphertext }));
    expect(Object.getPrototypeOf(opened)).toBe(Uint8Array.prototype);
    expect(opened.buffer.byteLength).toBe(plaintext.length);
    expect(ciphertext.buffer.byteLength).toBe(plaintext.length + 16);
  });

  test('opens nothing else', () => {
    const { session, key, ciphertext } = withKey();
    const open = (change: object): unknown => session.decryptGcm(key.id, { ...message, ciphertext, ...change });
    for (let at = 0; at < ciphertext.length; at++)
      expect(open({ ciphertext: ciphertext.with(at, (ciphertext[at] ?? 0) ^ 1) })).toBe('INVALID');
    expect(open({ ciphertext: ciphertext.subarray(1) })).toBe('INVALID');
    expect(open({ ciphertext: new Uint8Array(15) })).toBe('INVALID');
    expect(open({ aad: new Uint8Array() })).toBe('INVALID');
    expect(open({ iv: bytes(12, 91) })).toBe('INVALID');
  });

  test('has a handle and an id of its own, also where the secret is the same', () => {
    const { session, key } = withKey();
    const other = good(session.generateAesKey({ label: 'kms', random: secret }));
    expect(other.id).not.toBe(key.id);
    expect(other.handle).not.toBe(key.handle);
    expect(session.findKey(key.id)).toBe(key.handle);
    expect(session.findKey(other.id)).toBe(other.handle);
  });

  test('does not follow the bytes it was made of', () => {
    const cluster = launched();
    const session = kmsSession(cluster);
    const random = bytes(32);
    const { id } = good(session.generateAesKey({ label: 'kms', random }));
    const before = session.encryptGcm(id, { ...message, plaintext });
    random.fill(0);
    expect(session.encryptGcm(id, { ...message, plaintext })).toEqual(before);
  });

  test('is gone when it is destroyed', () => {
    const { session, key, ciphertext } = withKey();
    expect(session.destroyKey(key.id)).toBe('SUCCESS');
    expect(session.destroyKey(key.id)).toBe('NOT_FOUND');
    expect(session.findKey(key.id)).toBeUndefined();
    expect(session.encryptGcm(key.id, { ...message, plaintext })).toBe('KEY_NOT_FOUND');
    expect(session.decryptGcm(key.id, { ...message, ciphertext })).toBe('KEY_NOT_FOUND');
  });
});

describe('others', () => {
  test('do not see the key, unless it is shared with them, and never destroy it', () => {
    const { cluster, session, key, ciphertext } = withKey();
    const alice = good(cluster.login('alice', passwords.alice, 'app'));
    expect(alice.findKey(key.id)).toBeUndefined();
    expect(alice.decryptGcm(key.id, { ...message, ciphertext })).toBe('KEY_NOT_FOUND');
    expect(alice.destroyKey(key.id)).toBe('NOT_FOUND');
    expect(alice.shareKey(key.id, 'alice')).toBe('NOT_FOUND');
    expect(session.shareKey(key.id, 'nobody')).toBe('USER_NOT_FOUND');
    expect(session.shareKey(key.id, 'alice')).toBe('SUCCESS');
    expect(alice.decryptGcm(key.id, { ...message, ciphertext })).toEqual(plaintext);
    expect(alice.destroyKey(key.id)).toBe('NOT_FOUND');
    expect(alice.shareKey(key.id, 'bob')).toBe('NOT_FOUND');
    expect(session.shareKey(key.id, 'alice', false)).toBe('SUCCESS');
    expect(alice.findKey(key.id)).toBeUndefined();
  });
});

describe('a session that is over', () => {
  test('does nothing any more', () => {
    const { session, key, ciphertext } = withKey();
    session.logout();
    expect(session.generateAesKey({ label: 'kms', random: secret })).toBe('SESSION_LOST');
    expect(session.encryptGcm(key.id, { ...message, plaintext })).toBe('SESSION_LOST');
    expect(session.decryptGcm(key.id, { ...message, ciphertext })).toBe('SESSION_LOST');
    expect(session.destroyKey(key.id)).toBe('SESSION_LOST');
    expect(session.shareKey(key.id, 'alice')).toBe('SESSION_LOST');
    expect(session.findKey(key.id)).toBeUndefined();
    session.logout();
  });
});

test('where the network is down every operation says so, and goes on when it is back', () => {
  const { cluster, session, key, ciphertext } = withKey();
  cluster.setNetwork({ isReachable: false });
  expect(session.generateAesKey({ label: 'kms', random: secret })).toBe('UNREACHABLE');
  expect(session.encryptGcm(key.id, { ...message, plaintext })).toBe('UNREACHABLE');
  expect(session.destroyKey(key.id)).toBe('UNREACHABLE');
  cluster.setNetwork({ isReachable: true });
  expect(session.decryptGcm(key.id, { ...message, ciphertext })).toEqual(plaintext);
});

test('a client without a free PKCS #11 session is told so', () => {
  const { cluster, session, key, ciphertext } = withKey();
  cluster.limitSessions(0);
  expect(session.encryptGcm(key.id, { ...message, plaintext })).toBe('TOO_MANY_SESSIONS');
  cluster.limitSessions(1);
  expect(session.decryptGcm(key.id, { ...message, ciphertext })).toEqual(plaintext);
});

test('a cluster holds as many keys as its type', () => {
  const cluster = launched({ hsmType: 'hsm1.medium' });
  const session = kmsSession(cluster);
  for (let count = 0; count < 3300; count++) good(session.generateAesKey({ label: '', random: secret }));
  expect(session.generateAesKey({ label: '', random: secret })).toBe('TOO_MANY_KEYS');
});

test('wrong lengths are mistakes', () => {
  const { session, key, ciphertext } = withKey();
  expect(() => session.generateAesKey({ label: '', random: bytes(16) })).toThrow('32 random bytes');
  expect(() => session.encryptGcm(key.id, { ...message, iv: bytes(16), plaintext })).toThrow('IV of 12 bytes');
  expect(() => session.decryptGcm(key.id, { ...message, iv: bytes(11), ciphertext })).toThrow('IV of 12 bytes');
});
