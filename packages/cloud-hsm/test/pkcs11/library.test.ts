// Slots, sessions and logins.

import { describe, expect, test } from 'vitest';
import { loadPkcs11 } from '../../src/pkcs11/library.ts';
import { ok, Pkcs11Error } from '../../src/pkcs11/return-codes.ts';
import { adminSession, good, kmsSession, launched, passwords } from '../clusters.ts';
import { aes, draws, token } from './tokens.ts';

const options = { client: 'app', random: draws() };

describe('a slot', () => {
  test('has a token as long as an HSM can be reached', async () => {
    const cluster = launched();
    const library = await loadPkcs11(cluster, options);
    const isPresent = (): unknown => library.slots.map(({ isTokenPresent }) => isTokenPresent);
    expect(library.slots).toEqual([{ id: 1, tokenLabel: 'hsm1', isTokenPresent: true }]);
    cluster.setNetwork({ isReachable: false });
    expect(isPresent()).toEqual([false]);
    expect(library.openSession()).toBe('CKR_DEVICE_ERROR');
    cluster.setNetwork({ isReachable: true });
    for (const { id } of cluster.hsms) cluster.failHsm(id);
    expect(isPresent()).toEqual([false]);
    expect(library.openSession()).toBe('CKR_DEVICE_REMOVED');
  });

  test('is the only one, and gives no session that only reads', async () => {
    const library = await loadPkcs11(launched(), options);
    expect(library.openSession(2)).toBe('CKR_SLOT_ID_INVALID');
    expect(library.openSession(1, { isReadWrite: false })).toBe('CKR_FUNCTION_FAILED');
    expect(ok(library.openSession(1)).isOpen).toBe(true);
  });
});

describe('a login', () => {
  test.each([
    ['alice:wrong-password', 'CKR_PIN_INCORRECT'],
    ['nobody:some-password', 'CKR_PIN_INCORRECT'],
    ['admin:admin-password', 'CKR_PIN_INCORRECT'],
    ['alice', 'CKR_PIN_INVALID'],
    [':alice-password', 'CKR_PIN_INVALID'],
    ['alice:', 'CKR_PIN_LEN_RANGE'],
    ['alice:123456', 'CKR_PIN_LEN_RANGE'],
    [`alice:${'x'.repeat(33)}`, 'CKR_PIN_LEN_RANGE'],
  ] as const)('with %s is %s', async (pin, code) => {
    const session = ok((await loadPkcs11(launched(), options)).openSession());
    expect(session.login('CKU_USER', pin)).toBe(code);
    expect(session.findObjects()).toBe('CKR_USER_NOT_LOGGED_IN');
  });

  test('is for users alone, and once', async () => {
    const { session } = await token();
    expect(session.login('CKU_SO', 'admin:admin-password')).toBe('CKR_USER_TYPE_INVALID');
    expect(session.login('CKU_USER', `bob:${passwords.bob}`)).toBe('CKR_USER_ALREADY_LOGGED_IN');
  });

  test('may have a colon in the password', async () => {
    const cluster = launched();
    adminSession(cluster).createUser('crypto-user', 'eve', 'a:b:c:d:e');
    const session = ok((await loadPkcs11(cluster, options)).openSession());
    expect(session.login('CKU_USER', 'eve:a:b:c:d:e')).toBe('CKR_OK');
  });

  test('is locked after five bad passwords', async () => {
    const session = ok((await loadPkcs11(launched(), options)).openSession());
    for (let count = 0; count < 5; count++) session.login('CKU_USER', 'alice:wrong-password');
    expect(session.login('CKU_USER', `alice:${passwords.alice}`)).toBe('CKR_PIN_LOCKED');
  });

  test('as kmsuser waits for KMS to be out', async () => {
    const cluster = launched();
    const kms = kmsSession(cluster);
    const { id } = good(kms.generateAesKey({ label: 'a KMS key', random: new Uint8Array(32) }));
    const session = ok((await loadPkcs11(cluster, options)).openSession());
    const pin = `kmsuser:${passwords.kmsuser}`;
    expect(session.login('CKU_USER', pin)).toBe('CKR_USER_ANOTHER_ALREADY_LOGGED_IN');
    const handle = kms.findKey(id);
    kms.logout();
    expect(session.login('CKU_USER', pin)).toBe('CKR_OK');
    expect(session.findObjects({ CKA_LABEL: 'a KMS key' })).toEqual([handle]);
    expect(session.getAttributeValue(handle ?? 0, ['CKA_EXTRACTABLE', 'CKA_VALUE_LEN'])).toEqual({
      CKA_EXTRACTABLE: false,
      CKA_VALUE_LEN: 32,
    });
    expect(cluster.login('kmsuser', passwords.kmsuser, 'kms')).toBe('USER_LOGGED_IN');
  });

  test('is of all sessions of the application, and of no other', async () => {
    const { cluster, library, session } = await token();
    const second = ok(library.openSession());
    expect(second.findObjects()).toEqual([]);
    const other = ok((await loadPkcs11(cluster, { ...options, client: 'other' })).openSession());
    expect(other.findObjects()).toBe('CKR_USER_NOT_LOGGED_IN');
    expect(second.logout()).toBe('CKR_OK');
    expect(session.findObjects()).toBe('CKR_USER_NOT_LOGGED_IN');
    expect(session.logout()).toBe('CKR_USER_NOT_LOGGED_IN');
  });

  test('ends with the last session', async () => {
    const { library, session } = await token();
    session.close();
    expect(ok(library.openSession()).findObjects()).toBe('CKR_USER_NOT_LOGGED_IN');
  });

  test('ends when every HSM was gone', async () => {
    const { cluster, session } = await token();
    const [one, other] = cluster.hsms;
    for (const hsm of [one, other]) cluster.failHsm(hsm?.id ?? '');
    expect(session.findObjects()).toBe('CKR_DEVICE_REMOVED');
    cluster.recoverHsm(one?.id ?? '');
    expect(session.findObjects()).toBe('CKR_USER_NOT_LOGGED_IN');
    expect(session.login('CKU_USER', `alice:${passwords.alice}`)).toBe('CKR_OK');
  });
});

describe('sessions', () => {
  test('1,024 of an application, or fewer where a test says so', async () => {
    const { cluster, library, session } = await token();
    cluster.limitSessions(2);
    const second = ok(library.openSession());
    expect(library.openSession()).toBe('CKR_SESSION_COUNT');
    expect(session.findObjects()).toEqual([]);
    const other = await loadPkcs11(cluster, { ...options, client: 'other' });
    expect(ok(other.openSession()).isOpen).toBe(true);
    second.close();
    expect(ok(library.openSession()).isOpen).toBe(true);
    const many = await loadPkcs11(launched(), options);
    for (let count = 0; count < 1024; count++) ok(many.openSession());
    expect(many.openSession()).toBe('CKR_SESSION_COUNT');
    many.closeAllSessions();
    expect(ok(many.openSession()).isOpen).toBe(true);
  });

  test('count for KMS too, if it has the same name', async () => {
    const cluster = launched();
    const kms = kmsSession(cluster, 'app');
    const { id } = good(kms.generateAesKey({ label: '', random: new Uint8Array(32) }));
    cluster.limitSessions(1);
    const library = await loadPkcs11(cluster, options);
    const session = ok(library.openSession());
    const input = { iv: new Uint8Array(12), aad: new Uint8Array(), plaintext: new Uint8Array() };
    expect(kms.encryptGcm(id, input)).toBe('TOO_MANY_SESSIONS');
    session.close();
    expect(kms.encryptGcm(id, input)).toHaveLength(16);
  });

  test('that are closed do nothing', async () => {
    const { library, session } = await token();
    ok(library.openSession());
    expect(session.close()).toBe('CKR_OK');
    expect(session.close()).toBe('CKR_SESSION_HANDLE_INVALID');
    expect(session.findObjects()).toBe('CKR_SESSION_HANDLE_INVALID');
    expect(session.login('CKU_USER', 'alice:alice-password')).toBe('CKR_SESSION_HANDLE_INVALID');
    expect(session.logout()).toBe('CKR_SESSION_HANDLE_INVALID');
    expect(session.generateRandom(1)).toBe('CKR_SESSION_HANDLE_INVALID');
  });

  test('take their session objects along, token objects stay', async () => {
    const { library, session } = await token();
    const second = ok(library.openSession());
    const make = (isToken: boolean): number =>
      ok(session.generateKey('CKM_AES_KEY_GEN', { ...aes, CKA_TOKEN: isToken, CKA_VALUE_LEN: 32 }));
    const [temporary, lasting] = [make(false), make(true)];
    expect(second.findObjects()).toEqual([temporary, lasting]);
    session.close();
    expect(second.findObjects()).toEqual([lasting]);
    const own = ok(second.generateKey('CKM_AES_KEY_GEN', { ...aes, CKA_VALUE_LEN: 32 }));
    second.logout();
    ok(second.login('CKU_USER', `alice:${passwords.alice}`));
    expect(second.findObjects()).toEqual([lasting]);
    expect(own).not.toBe(lasting);
  });
});

test('whoever would rather catch gets a Pkcs11Error', async () => {
  const library = await loadPkcs11(launched(), options);
  expect(() => ok(library.openSession(7))).toThrow(Pkcs11Error);
  expect(() => ok(library.openSession(7))).toThrow(expect.objectContaining({ code: 'CKR_SLOT_ID_INVALID' }));
});
