// Which HSMs have a key, whatever happens to them.

import { describe, expect, test } from 'vitest';
import { adminSession, bytes, good, kmsSession, launched, message, passwords, plaintext, zones } from './clusters.ts';

function threeHsms() {
  const cluster = launched({ availabilityZones: zones });
  const [a = '', b = '', c = ''] = cluster.hsms.map(({ id }) => id);
  const session = kmsSession(cluster);
  const { id } = good(session.generateAesKey({ label: 'kms', random: bytes(32) }));
  const ciphertext = good(session.encryptGcm(id, { ...message, plaintext }));
  const opens = (): unknown => session.decryptGcm(id, { ...message, ciphertext });
  return { cluster, a, b, c, session, id, ciphertext, opens };
}

describe('a key is on every HSM', () => {
  test('so any of them is enough, and the session goes on', () => {
    const { cluster, a, b, session, opens } = threeHsms();
    cluster.failHsm(a);
    expect(opens()).toEqual(plaintext);
    cluster.zeroizeHsm(b);
    expect(opens()).toEqual(plaintext);
    expect(session.isOpen).toBe(true);
  });

  test('an HSM that is new or back has it too', () => {
    const { cluster, a, b, c, opens } = threeHsms();
    cluster.zeroizeHsm(a);
    cluster.recoverHsm(a);
    const { id: d } = good(cluster.createHsm(zones[1]));
    for (const id of [b, c, d]) cluster.zeroizeHsm(id);
    expect(opens()).toEqual(plaintext);
  });

  test('a key that was destroyed while an HSM was away is not brought back by it', () => {
    const { cluster, a, b, c, session, id } = threeHsms();
    cluster.failHsm(a);
    expect(session.destroyKey(id)).toBe('SUCCESS');
    cluster.recoverHsm(a);
    for (const other of [b, c]) cluster.failHsm(other);
    expect(session.findKey(id)).toBeUndefined();
  });
});

describe('an HSM that is cut off', () => {
  test('gets no clones until it is back', () => {
    const { cluster, a, b, c, session } = threeHsms();
    cluster.cutOffHsm(b, true);
    const { id } = good(session.generateAesKey({ label: '', random: bytes(32) }));
    for (const other of [a, c]) cluster.failHsm(other);
    expect(session.findKey(id)).toBeUndefined();
    expect(session.encryptGcm(id, { ...message, plaintext })).toBe('KEY_NOT_FOUND');
    cluster.recoverHsm(a);
    expect(session.findKey(id)).toBeDefined();
    cluster.cutOffHsm(b, false);
    cluster.failHsm(a);
    expect(session.findKey(id)).toBeDefined();
  });

  test('and gives none: a key that only it had is gone with it', () => {
    const { cluster, a, session } = threeHsms();
    cluster.cutOffHsm(a, true);
    const { id } = good(session.generateAesKey({ label: '', random: bytes(32) }));
    expect(session.findKey(id)).toBeDefined();
    cluster.zeroizeHsm(a);
    expect(session.findKey(id)).toBeUndefined();
    cluster.cutOffHsm(a, false);
    cluster.recoverHsm(a);
    expect(session.findKey(id)).toBeUndefined();
  });
});

describe('the last HSM', () => {
  test('gone: NO_HSM; back: the session is lost, and the keys are there', () => {
    const { cluster, a, b, c, session, id, ciphertext, opens } = threeHsms();
    for (const hsm of [a, b, c]) cluster.failHsm(hsm);
    expect(opens()).toBe('NO_HSM');
    expect(session.isOpen).toBe(false);
    cluster.recoverHsm(b);
    expect(opens()).toBe('SESSION_LOST');
    expect(kmsSession(cluster).decryptGcm(id, { ...message, ciphertext })).toEqual(plaintext);
  });

  test('zeroized, without a backup: the keys are gone for good', () => {
    const { cluster, a, b, c, id } = threeHsms();
    for (const hsm of [a, b, c]) cluster.zeroizeHsm(hsm);
    for (const hsm of [a, b, c]) cluster.recoverHsm(hsm);
    expect(kmsSession(cluster).findKey(id)).toBeUndefined();
  });

  test('deleted: there is a backup, and the next HSM has the keys again', () => {
    const { cluster, a, b, c, id, ciphertext } = threeHsms();
    for (const hsm of [a, b, c]) cluster.deleteHsm(hsm);
    expect(cluster.login('kmsuser', passwords.kmsuser, 'kms')).toBe('NO_HSM');
    good(cluster.createHsm(zones[2]));
    expect(kmsSession(cluster).decryptGcm(id, { ...message, ciphertext })).toEqual(plaintext);
  });
});

describe('an HSM lost in the middle', () => {
  test.each(['failure', 'zeroization'] as const)(
    'of an encryption or a decryption, by %s: once, then the others do it',
    (by) => {
      const { cluster, session, id, opens } = threeHsms();
      cluster.loseHsmDuring({ during: 'decrypt', by });
      cluster.loseHsmDuring({ during: 'encrypt', by });
      expect(opens()).toBe('HSM_LOST');
      expect(opens()).toEqual(plaintext);
      expect(session.encryptGcm(id, { ...message, plaintext })).toBe('HSM_LOST');
      expect(cluster.hsms.map(({ state }) => state)).toEqual(['DEGRADED', 'DEGRADED', 'ACTIVE']);
      expect(session.encryptGcm(id, { ...message, plaintext })).toHaveLength(plaintext.length + 16);
    },
  );

  test('of making a key: there is none', () => {
    const { cluster, session } = threeHsms();
    cluster.loseHsmDuring({ during: 'createKey', by: 'failure' });
    expect(session.generateAesKey({ label: '', random: bytes(32) })).toBe('HSM_LOST');
    cluster.recoverHsm(cluster.hsms[0]?.id ?? '');
    const { handle } = good(session.generateAesKey({ label: '', random: bytes(32) }));
    expect(handle).toBe(2);
  });

  test('of destroying one: it is still there', () => {
    const { cluster, session, id, opens } = threeHsms();
    cluster.loseHsmDuring({ during: 'destroyKey', by: 'zeroization' });
    expect(session.destroyKey(id)).toBe('HSM_LOST');
    expect(opens()).toEqual(plaintext);
  });

  test('of changing a password: it is the old one', () => {
    const { cluster, session } = threeHsms();
    cluster.loseHsmDuring({ during: 'changePassword', by: 'failure' });
    expect(session.changePassword('next-password')).toBe('HSM_LOST');
    session.logout();
    expect(kmsSession(cluster).isOpen).toBe(true);
  });

  test('the last one: and then there is none', () => {
    const { cluster, a, b, session, opens } = threeHsms();
    for (const hsm of [a, b]) cluster.failHsm(hsm);
    cluster.loseHsmDuring({ during: 'decrypt', by: 'failure' });
    expect(opens()).toBe('HSM_LOST');
    expect(session.isOpen).toBe(false);
    expect(opens()).toBe('NO_HSM');
  });
});

test('with a crypto user go his keys', () => {
  const { cluster, session, id } = threeHsms();
  const admin = adminSession(cluster);
  expect(admin.deleteUser('crypto-user', 'kmsuser')).toBe('USER_LOGGED_IN');
  session.shareKey(id, 'alice');
  session.logout();
  expect(admin.deleteUser('crypto-user', 'kmsuser')).toBeUndefined();
  expect(good(cluster.login('alice', passwords.alice, 'app')).findKey(id)).toBeUndefined();
});
