// Who gets in.

import { describe, expect, test } from 'vitest';
import { adminSession, good, kmsSession, launched, passwords } from '../clusters.ts';

const wrong = 'wrong-password';

test('the right password does', () => {
  const cluster = launched();
  expect(kmsSession(cluster).isOpen).toBe(true);
  expect(adminSession(cluster).isOpen).toBe(true);
  expect(cluster.login('nobody', passwords.alice, 'app')).toBe('USER_NOT_FOUND');
  expect(cluster.login('admin', passwords.admin, 'app')).toBe('USER_NOT_FOUND');
  expect(cluster.loginAdmin('alice', passwords.alice, 'app')).toBe('USER_NOT_FOUND');
  expect(cluster.login('app_user', passwords.admin, 'app')).toBe('USER_NOT_FOUND');
});

describe('bad passwords', () => {
  test('five in a row lock a user out, the right one does not help then', () => {
    const cluster = launched();
    for (let count = 0; count < 5; count++) expect(cluster.login('alice', wrong, 'app')).toBe('INVALID_CREDENTIALS');
    expect(cluster.login('alice', passwords.alice, 'app')).toBe('USER_LOCKED_OUT');
    expect(cluster.login('alice', wrong, 'app')).toBe('USER_LOCKED_OUT');
    expect(cluster.users.filter(({ isLockedOut }) => isLockedOut).map(({ name }) => name)).toEqual(['alice']);
    expect(good(cluster.login('bob', passwords.bob, 'app')).isOpen).toBe(true);
  });

  test('a good one starts the count anew', () => {
    const cluster = launched();
    for (let round = 0; round < 3; round++) {
      for (let count = 0; count < 4; count++) expect(cluster.login('alice', wrong, 'app')).toBe('INVALID_CREDENTIALS');
      good(cluster.login('alice', passwords.alice, 'app'));
    }
  });

  test('an admin who sets a new password lets the user in again', () => {
    const cluster = launched();
    for (let count = 0; count < 5; count++) cluster.login('alice', wrong, 'app');
    expect(adminSession(cluster).changePassword('crypto-user', 'alice', 'next-password')).toBeUndefined();
    expect(cluster.login('alice', passwords.alice, 'app')).toBe('INVALID_CREDENTIALS');
    expect(good(cluster.login('alice', 'next-password', 'app')).isOpen).toBe(true);
  });

  test('an admin is locked out as others are', () => {
    const cluster = launched();
    for (let count = 0; count < 5; count++) cluster.loginAdmin('admin', wrong, 'cli');
    expect(cluster.loginAdmin('admin', passwords.admin, 'cli')).toBe('USER_LOCKED_OUT');
  });
});

describe('kmsuser', () => {
  test('is for one client at a time, whatever the password, and that costs no attempt', () => {
    const cluster = launched();
    const person = kmsSession(cluster, 'a person');
    for (let count = 0; count < 9; count++) expect(cluster.login('kmsuser', wrong, 'kms')).toBe('USER_LOGGED_IN');
    expect(cluster.login('kmsuser', passwords.kmsuser, 'kms')).toBe('USER_LOGGED_IN');
    person.logout();
    expect(person.isOpen).toBe(false);
    expect(kmsSession(cluster).isOpen).toBe(true);
  });

  test('the same client may have several sessions', () => {
    const cluster = launched();
    const sessions = [kmsSession(cluster), kmsSession(cluster)];
    sessions[0]?.logout();
    expect(sessions.map(({ isOpen }) => isOpen)).toEqual([false, true]);
    expect(cluster.login('kmsuser', passwords.kmsuser, 'another')).toBe('USER_LOGGED_IN');
  });

  test('other users may be in from everywhere', () => {
    const cluster = launched();
    for (const client of ['one', 'two'])
      expect(good(cluster.login('alice', passwords.alice, client)).isOpen).toBe(true);
  });

  test('changes the password and is asked for the new one', () => {
    const cluster = launched();
    const session = kmsSession(cluster);
    expect(session.changePassword('x'.repeat(6))).toBe('INVALID_PASSWORD');
    expect(session.changePassword('x'.repeat(33))).toBe('INVALID_PASSWORD');
    expect(session.changePassword('x'.repeat(32))).toBeUndefined();
    expect(session.isOpen).toBe(true);
    session.logout();
    expect(cluster.login('kmsuser', passwords.kmsuser, 'kms')).toBe('INVALID_CREDENTIALS');
    expect(good(cluster.login('kmsuser', 'x'.repeat(32), 'kms')).isOpen).toBe(true);
    expect(session.changePassword('x'.repeat(7))).toBe('SESSION_LOST');
  });
});

test('nobody gets in without a network or without an HSM, and no attempt is counted', () => {
  const cluster = launched();
  cluster.setNetwork({ isReachable: false });
  for (let count = 0; count < 6; count++) expect(cluster.login('alice', wrong, 'app')).toBe('UNREACHABLE');
  expect(cluster.loginAdmin('admin', passwords.admin, 'cli')).toBe('UNREACHABLE');
  cluster.setNetwork({ isReachable: true });
  for (const { id } of cluster.hsms) cluster.failHsm(id);
  for (let count = 0; count < 6; count++) expect(cluster.login('alice', wrong, 'app')).toBe('NO_HSM');
  expect(cluster.loginAdmin('admin', passwords.admin, 'cli')).toBe('NO_HSM');
  for (const { id } of cluster.hsms) cluster.recoverHsm(id);
  expect(good(cluster.login('alice', passwords.alice, 'app')).isOpen).toBe(true);
});
