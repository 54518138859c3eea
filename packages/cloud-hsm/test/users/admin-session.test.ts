// What admins do with users, without a quorum.

import { describe, expect, test } from 'vitest';
import { adminSession, bytes, good, kmsSession, launched, passwords } from '../clusters.ts';

describe('a user', () => {
  test('is created with a name, a role and a password that are allowed', () => {
    const cluster = launched();
    const admin = adminSession(cluster);
    expect(admin.createUser('crypto-user', 'eve', 'eve-password')).toBeUndefined();
    expect(admin.createUser('crypto-user', 'eve', 'eve-password')).toBe('USER_EXISTS');
    expect(admin.createUser('admin', 'eve', 'eve-password')).toBeUndefined();
    expect(good(cluster.login('eve', 'eve-password', 'app')).isOpen).toBe(true);
    for (const name of ['', 'a b', 'a:b', 'x'.repeat(32)])
      expect(admin.createUser('crypto-user', name, 'some-password')).toBe('INVALID_USER_NAME');
    for (const password of ['123456', 'x'.repeat(33)])
      expect(admin.createUser('crypto-user', 'ann', password)).toBe('INVALID_PASSWORD');
    for (const [at, password] of ['1234567', 'x'.repeat(32)].entries())
      expect(admin.createUser('crypto-user', `ann${at}`, password)).toBeUndefined();
  });

  test('is deleted when he is not logged in; the last admin stays', () => {
    const cluster = launched();
    const admin = adminSession(cluster);
    const alice = good(cluster.login('alice', passwords.alice, 'app'));
    expect(admin.deleteUser('crypto-user', 'alice')).toBe('USER_LOGGED_IN');
    alice.logout();
    expect(admin.deleteUser('crypto-user', 'alice')).toBeUndefined();
    expect(admin.deleteUser('crypto-user', 'alice')).toBe('USER_NOT_FOUND');
    expect(cluster.login('alice', passwords.alice, 'app')).toBe('USER_NOT_FOUND');
    expect(admin.deleteUser('admin', 'admin')).toBe('USER_LOGGED_IN');
    expect(admin.createUser('admin', 'second', 'second-password')).toBeUndefined();
    admin.logout();
    const second = adminSession(cluster, 'second', 'second-password');
    expect(second.deleteUser('admin', 'admin')).toBeUndefined();
    second.logout();
    expect(second.deleteUser('admin', 'second')).toBe('SESSION_LOST');
  });

  test('there are 250 or 1,024 at most, by the type of the HSMs', () => {
    const cluster = launched({ hsmType: 'hsm1.medium' });
    const admin = adminSession(cluster);
    for (let count = cluster.users.length; count < 250; count++)
      expect(admin.createUser('crypto-user', `user${count}`, 'some-password')).toBeUndefined();
    expect(admin.createUser('crypto-user', 'eve', 'eve-password')).toBe('LIMIT_EXCEEDED');
  });

  test('gets a new password, which is of a length that is allowed', () => {
    const admin = adminSession(launched());
    expect(admin.changePassword('crypto-user', 'nobody', 'next-password')).toBe('USER_NOT_FOUND');
    expect(admin.changePassword('crypto-user', 'alice', '123456')).toBe('INVALID_PASSWORD');
    expect(admin.changePassword('admin', 'admin', 'next-password')).toBeUndefined();
  });
});

test('without an HSM or a network an admin does nothing', () => {
  const cluster = launched();
  const admin = adminSession(cluster);
  cluster.setNetwork({ isReachable: false });
  expect(admin.createUser('crypto-user', 'eve', 'eve-password')).toBe('UNREACHABLE');
  expect(admin.changePassword('admin', 'admin', 'next-password')).toBe('UNREACHABLE');
  expect(admin.generateToken('user', bytes(16))).toBe('UNREACHABLE');
  expect(admin.setTrusted(1, true)).toBe('UNREACHABLE');
  cluster.setNetwork({ isReachable: true });
  for (const { id } of cluster.hsms) cluster.failHsm(id);
  expect(admin.createUser('crypto-user', 'eve', 'eve-password')).toBe('NO_HSM');
  expect(admin.setQuorumValue('user', 2)).toBe('NO_HSM');
  expect(admin.isOpen).toBe(false);
});

test('a key is marked as trusted by its handle', () => {
  const cluster = launched();
  const { handle } = good(kmsSession(cluster).generateAesKey({ label: '', random: bytes(32) }));
  const admin = adminSession(cluster);
  expect(admin.setTrusted(handle, true)).toBeUndefined();
  expect(admin.setTrusted(99, true)).toBe('KEY_NOT_FOUND');
});
