// M of N: what takes several admins.

import { generateKeyPairSync, type KeyObject, privateEncrypt, sign } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { AdminSession } from '../../src/users/admin-session.ts';
import type { Approval, QuorumService } from '../../src/users/quorum.ts';
import { adminSession, bytes, good, launched, now } from '../clusters.ts';

// The tests need RSA keys of somebody else's making; which they are decides nothing.
const keys = [0, 1, 2].map(() => generateKeyPairSync('rsa', { modulusLength: 2048 }));
const smallKey = generateKeyPairSync('rsa', { modulusLength: 1024 });

const pem = (key: KeyObject | undefined): string => (key?.export({ type: 'spki', format: 'pem' }) ?? '').toString();

// What `openssl pkeyutl -sign -pkeyopt digest:sha256` makes of a digest: RFC 8017 section 9.2, with the DigestInfo of SHA-256.
function signToken(key: KeyObject | undefined, token: Uint8Array): Uint8Array {
  const info = Buffer.from('3031300d060960864801650304020105000420', 'hex');
  return key === undefined ? new Uint8Array() : privateEncrypt(key, Buffer.concat([info, token]));
}

/** Three admins, each with a key registered. */
function withAdmins() {
  const cluster = launched();
  const first = adminSession(cluster);
  for (const name of ['second', 'third']) expect(first.createUser('admin', name, 'admin-password')).toBeUndefined();
  const admins: AdminSession[] = ['admin', 'second', 'third'].map((name) => adminSession(cluster, name));
  for (const [at, admin] of admins.entries()) {
    const { token } = good(admin.generateToken('registration', bytes(16, at)));
    const { privateKey, publicKey } = good(keys[at]);
    expect(admin.registerQuorumKey(pem(publicKey), token, signToken(privateKey, token))).toBeUndefined();
  }
  expect(first.setQuorumValue('user', 2)).toBeUndefined();
  return { cluster, first: admins[0] as AdminSession, second: admins[1] as AdminSession };
}

function approved(admin: AdminSession, by: readonly number[], service: QuorumService = 'user', seed = 100): Approval {
  const { token } = good(admin.generateToken(service, bytes(16, seed)));
  const names = ['admin', 'second', 'third'];
  const signatures = by.map((at) => ({ username: names[at] ?? '', signature: signToken(keys[at]?.privateKey, token) }));
  return { token, signatures };
}

const create = (admin: AdminSession, approval?: Approval): unknown =>
  admin.createUser('crypto-user', 'eve', 'eve-password', approval);

describe('user management', () => {
  test('takes a quorum where one is set, and one token is good for one operation', () => {
    const { first } = withAdmins();
    expect(create(first)).toBe('QUORUM_REQUIRED');
    const approval = approved(first, [0, 2]);
    expect(create(first, approval)).toBeUndefined();
    expect(first.deleteUser('crypto-user', 'eve')).toBe('QUORUM_REQUIRED');
    expect(first.deleteUser('crypto-user', 'eve', approval)).toBe('QUORUM_FAILED');
    expect(first.deleteUser('crypto-user', 'eve', approved(first, [1, 2]))).toBeUndefined();
  });

  test('somebody else may have his password changed by it; one changes his own alone', () => {
    const { first } = withAdmins();
    expect(first.changePassword('crypto-user', 'alice', 'next-password')).toBe('QUORUM_REQUIRED');
    expect(first.changePassword('admin', 'second', 'next-password')).toBe('QUORUM_REQUIRED');
    expect(first.changePassword('crypto-user', 'alice', 'next-password', approved(first, [0, 1]))).toBeUndefined();
    expect(first.changePassword('admin', 'admin', 'next-password')).toBeUndefined();
  });

  test('a token is kept when the operation fails for another reason', () => {
    const { first } = withAdmins();
    const approval = approved(first, [0, 1]);
    expect(first.createUser('crypto-user', 'eve', 'short', approval)).toBe('INVALID_PASSWORD');
    expect(create(first, approval)).toBeUndefined();
  });

  test.each<[string, (admin: AdminSession, other: AdminSession) => Approval]>([
    ['too few', (admin) => approved(admin, [0])],
    ['one of them twice', (admin) => approved(admin, [1, 1])],
    ['none', (admin) => approved(admin, [])],
    [
      'a signature of another token',
      (admin) => ({ ...approved(admin, [0, 1], 'user', 1), ...{ token: approved(admin, [], 'user', 2).token } }),
    ],
    ['a token of another service', (admin) => approved(admin, [0, 1], 'quorum')],
    ['a token of another admin', (_admin, other) => approved(other, [0, 1])],
    ['a token that nobody issued', (admin) => ({ ...approved(admin, [0, 1]), token: bytes(32) })],
    [
      'a name that belongs to another key',
      (admin) => {
        const { token, signatures } = approved(admin, [0, 1]);
        return {
          token,
          signatures: signatures.map(({ signature }, at) => ({ username: ['second', 'admin'][at] ?? '', signature })),
        };
      },
    ],
    [
      'a changed signature',
      (admin) => {
        const { token, signatures } = approved(admin, [0, 1]);
        return {
          token,
          signatures: signatures.map(({ username, signature }) => ({
            username,
            signature: signature.with(9, 1 ^ (signature[9] ?? 0)),
          })),
        };
      },
    ],
  ])('is refused with %s', (_name, make) => {
    const { first, second } = withAdmins();
    expect(create(first, make(first, second))).toBe('QUORUM_FAILED');
    expect(first.users.some(({ name }) => name === 'eve')).toBe(false);
  });

  test('is refused ten minutes after the token was made', () => {
    const { cluster, first } = withAdmins();
    const [late, inTime] = [approved(first, [0, 1]), 600_000];
    cluster.advance(now + inTime);
    expect(create(first, late)).toBe('TOKEN_EXPIRED');
    const next = approved(first, [0, 1], 'user', 5);
    cluster.advance(now + inTime + 599_999);
    expect(create(first, next)).toBeUndefined();
  });

  test('a token goes with the login, and with the next one for the same service', () => {
    const { cluster, first } = withAdmins();
    const approval = approved(first, [0, 1]);
    first.logout();
    const again = adminSession(cluster);
    expect(create(again, approval)).toBe('QUORUM_FAILED');
    const [old, next] = [approved(again, [0, 1], 'user', 1), approved(again, [0, 1], 'user', 2)];
    expect(create(again, old)).toBe('QUORUM_FAILED');
    expect(create(again, next)).toBeUndefined();
  });
});

describe('the number of approvals', () => {
  test('is from two to eight, and not above the number of admins', () => {
    const { first } = withAdmins();
    for (const value of [0, 1, 4, 9, 2.5]) expect(first.setQuorumValue('quorum', value)).toBe('INVALID_VALUE');
    expect(first.setQuorumValue('quorum', 3)).toBeUndefined();
    expect(first.quorumValues).toEqual({ user: 2, quorum: 3 });
    expect(first.setQuorumValue('user', 3)).toBe('QUORUM_REQUIRED');
    expect(first.setQuorumValue('user', 3, approved(first, [0, 1], 'quorum'))).toBe('QUORUM_FAILED');
    expect(first.setQuorumValue('user', 3, approved(first, [0, 1, 2], 'quorum', 7))).toBeUndefined();
    expect(create(first, approved(first, [0, 1], 'user', 8))).toBe('QUORUM_FAILED');
  });
});

describe('a key is registered', () => {
  const admin = () => adminSession(launched());

  test('with a token that it signed', () => {
    const session = admin();
    expect(session.users.find(({ name }) => name === 'admin')?.hasQuorumKey).toBe(false);
    const { token } = good(session.generateToken('registration', bytes(16)));
    const { privateKey, publicKey } = good(keys[0]);
    expect(session.registerQuorumKey(pem(publicKey), token, signToken(keys[1]?.privateKey, token))).toBe(
      'QUORUM_FAILED',
    );
    expect(session.registerQuorumKey(pem(publicKey), bytes(32), signToken(privateKey, bytes(32)))).toBe(
      'QUORUM_FAILED',
    );
    expect(session.registerQuorumKey('no key', token, signToken(privateKey, token))).toBe('QUORUM_FAILED');
    expect(session.registerQuorumKey(pem(publicKey), token, sign('sha256', token, privateKey))).toBe('QUORUM_FAILED');
    expect(session.registerQuorumKey(pem(publicKey), token, signToken(privateKey, token))).toBeUndefined();
    expect(session.users.find(({ name }) => name === 'admin')?.hasQuorumKey).toBe(true);
    expect(session.registerQuorumKey(pem(publicKey), token, signToken(privateKey, token))).toBe('QUORUM_FAILED');
  });

  test('if it is RSA of 2048 bits', () => {
    const session = admin();
    const { token } = good(session.generateToken('registration', bytes(16)));
    expect(session.registerQuorumKey(pem(smallKey.publicKey), token, signToken(smallKey.privateKey, token))).toBe(
      'QUORUM_FAILED',
    );
  });

  test('within ten minutes', () => {
    const cluster = launched();
    const session = adminSession(cluster);
    const { token, expiresAt } = good(session.generateToken('registration', bytes(16)));
    expect(expiresAt).toBe(now + 600_000);
    cluster.advance(expiresAt);
    const { privateKey, publicKey } = good(keys[0]);
    expect(session.registerQuorumKey(pem(publicKey), token, signToken(privateKey, token))).toBe('TOKEN_EXPIRED');
  });

  test('and a token takes 16 random bytes', () => {
    expect(() => admin().generateToken('user', bytes(15))).toThrow('16 random bytes');
  });
});
