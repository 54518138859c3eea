// Canaries: planted secrets that must not come out of a cluster, in any encoding, by any way of looking at it.

import { inspect } from 'node:util';
import { serialize } from 'node:v8';
import { type Backend, chooseBackend } from '@kmsim/hsm-core';
import { describe, expect, test } from 'vitest';
import { everything, leaks, thrown } from '../../hsm-core/test/leaks.ts';
import { CloudHsmCluster } from '../src/cluster.ts';
import { loadPkcs11 } from '../src/pkcs11/library.ts';
import { ok } from '../src/pkcs11/return-codes.ts';
import { openJson } from '../src/sealing.ts';
import { adminSession, good, kmsSession, launched, message, options, plaintext } from './clusters.ts';

// Bytes that turn up in no program by chance.
const canary = Uint8Array.from({ length: 32 }, (_, at) => (at * 151 + 0x5d) & 255);
const root = Uint8Array.from({ length: 32 }, (_, at) => (at * 83 + 0x31) & 255);
const sealKey = Uint8Array.from({ length: 32 }, (_, at) => (at * 197 + 0x2b) & 255);
const password = 'canary-pa55word-nobody-else-has';

/** A cluster in which the canaries have been used, and everything one gets hold of. */
async function used() {
  const cluster = launched({ random: root });
  const kms = kmsSession(cluster);
  const { id } = good(kms.generateAesKey({ label: 'kms', random: canary }));
  good(kms.encryptGcm(id, { ...message, plaintext }));
  const admin = adminSession(cluster);
  expect(admin.createUser('crypto-user', 'canary', password)).toBeUndefined();
  const library = await loadPkcs11(cluster, { client: 'app', random: (length) => canary.subarray(0, length) });
  const session = ok(library.openSession());
  ok(session.login('CKU_USER', `canary:${password}`));
  const usage = { CKA_TOKEN: true, CKA_ENCRYPT: true, CKA_DECRYPT: true, CKA_EXTRACTABLE: false };
  const generated = ok(session.generateKey('CKM_AES_KEY_GEN', { ...usage, CKA_VALUE_LEN: 32 }));
  const template = { CKA_CLASS: 'CKO_SECRET_KEY', CKA_KEY_TYPE: 'CKK_AES', CKA_VALUE: canary } as const;
  const created = ok(session.createObject({ ...template, ...usage }));
  const backup = good(cluster.backup());
  return { cluster, kms, admin, library, session, generated, created, backup };
}

const looks: [string, (thing: object) => string][] = [
  ['util.inspect with everything shown', (thing) => inspect(thing, everything)],
  ['JSON.stringify', (thing) => JSON.stringify(thing)],
  ['JSON.stringify of its properties', (thing) => JSON.stringify(Object.getOwnPropertyDescriptors(thing))],
  ['structuredClone, or its refusal', (thing) => thrown(() => structuredClone(thing))],
  ['v8.serialize, or its refusal', (thing) => thrown(() => serialize(thing).toString('latin1'))],
  ['an object spread', (thing) => inspect({ ...thing }, everything)],
];

describe.each(looks)('%s shows no canary', (_name, look) => {
  test('of any object one gets hold of', async () => {
    for (const [name, thing] of Object.entries(await used())) {
      if (typeof thing !== 'object') continue;
      const seen = look(thing);
      for (const secret of [canary, root, sealKey]) expect([name, leaks(seen, secret)]).toEqual([name, []]);
      expect([name, seen.includes(password)]).toEqual([name, false]);
    }
  });
});

test('a record holds no canary, nor half of one', async () => {
  const { cluster } = await used();
  const record = cluster.record(sealKey);
  const sealed = Buffer.from(record.sealed, 'base64').toString('latin1');
  for (const text of [JSON.stringify(record), sealed]) {
    for (const secret of [canary, root, sealKey]) expect(leaks(text, secret)).toEqual([]);
    expect(text).not.toContain(password);
    const hex = Buffer.from(canary).toString('hex');
    for (let at = 0; at + 8 <= hex.length; at += 2) expect(text).not.toContain(hex.slice(at, at + 8));
  }
});

test('no attribute tells a secret', async () => {
  const { session, generated, created } = await used();
  for (const handle of [generated, created]) {
    expect(session.getAttributeValue(handle, ['CKA_VALUE'])).toBe('CKR_ATTRIBUTE_SENSITIVE');
    expect(session.getAttributeValue(handle, ['CKA_LABEL', 'CKA_VALUE'])).toBe('CKR_ATTRIBUTE_SENSITIVE');
    expect(session.findObjects({ CKA_VALUE: canary })).toEqual([]);
    for (const name of ['CKA_SENSITIVE', 'CKA_ALWAYS_SENSITIVE', 'CKA_NEVER_EXTRACTABLE', 'CKA_LOCAL'] as const)
      expect(session.setAttributeValue(handle, { [name]: false })).toBe('CKR_ATTRIBUTE_READ_ONLY');
    expect(session.setAttributeValue(handle, { CKA_EXTRACTABLE: true })).toBe('CKR_ATTRIBUTE_READ_ONLY');
  }
});

test('no mechanism wraps a key that is not extractable, whoever wraps', async () => {
  const { session, generated, created } = await used();
  const usage = { CKA_WRAP: true, CKA_UNWRAP: true, CKA_ENCRYPT: true, CKA_DECRYPT: true };
  const aes = ok(session.generateKey('CKM_AES_KEY_GEN', { ...usage, CKA_VALUE_LEN: 32 }));
  const { publicKey } = ok(
    session.generateKeyPair(
      'CKM_RSA_PKCS_KEY_PAIR_GEN',
      { CKA_MODULUS_BITS: 2048, CKA_WRAP: true },
      { CKA_UNWRAP: true },
    ),
  );
  for (const key of [generated, created]) {
    for (const mechanism of [
      'CKM_AES_KEY_WRAP',
      'CKM_AES_KEY_WRAP_PAD',
      'CKM_CLOUDHSM_AES_GCM',
      'CKM_CLOUDHSM_AES_KEY_WRAP_NO_PAD',
      'CKM_CLOUDHSM_AES_KEY_WRAP_PKCS5_PAD',
    ] as const)
      expect(session.wrapKey(mechanism, aes, key)).toBe('CKR_KEY_UNEXTRACTABLE');
    for (const mechanism of ['CKM_RSA_PKCS_OAEP', 'CKM_RSA_AES_KEY_WRAP'] as const)
      expect(session.wrapKey(mechanism, publicKey, key)).toBe('CKR_KEY_UNEXTRACTABLE');
  }
});

test.each<[string, (things: Awaited<ReturnType<typeof used>>) => unknown]>([
  ['a key of another length', ({ kms }) => kms.generateAesKey({ label: '', random: canary.subarray(1) })],
  ['no bytes', ({ kms }) => kms.generateAesKey({ label: '', random: null as unknown as Uint8Array })],
  ['a wrong sealing key', ({ cluster }) => cluster.record(sealKey.subarray(1))],
  ['a record that is none', () => CloudHsmCluster.restore({} as never, sealKey)],
  ['a value that is no bytes', ({ session }) => session.createObject({ CKA_VALUE: [...canary] as never })],
  ['a wrong password', ({ cluster }) => cluster.login('canary', `${password}!`, 'app')],
])('an error or refusal says nothing: %s', async (_name, mistake) => {
  const things = await used();
  const seen = thrown(() => mistake(things));
  for (const secret of [canary, root, sealKey]) expect(leaks(seen, secret)).toEqual([]);
  expect(seen).not.toContain(password);
});

describe('secrets are overwritten', () => {
  /** A cluster whose backend keeps hold of the keys that pass through it. */
  function watched() {
    const held: Uint8Array[] = [];
    const chosen = good(chooseBackend());
    const backend: Backend = {
      ...chosen,
      gcmSeal: (key, ...rest) => {
        held.push(key);
        chosen.gcmSeal(key, ...rest);
      },
    };
    const cluster = launched({ backend });
    const session = kmsSession(cluster);
    const { id } = good(session.generateAesKey({ label: '', random: canary }));
    session.encryptGcm(id, { ...message, plaintext });
    return { cluster, session, id, key: held.at(-1) ?? new Uint8Array() };
  }

  test('when a key is destroyed', () => {
    const { session, id, key } = watched();
    expect(key).toEqual(canary);
    session.destroyKey(id);
    expect(key).toEqual(new Uint8Array(32));
  });

  test('when the last HSM that has it is zeroized, and not before', () => {
    const { cluster, key } = watched();
    const [one, other] = cluster.hsms;
    cluster.zeroizeHsm(one?.id ?? '');
    expect(key).toEqual(canary);
    cluster.failHsm(other?.id ?? '');
    expect(key).toEqual(canary);
    cluster.zeroizeHsm(other?.id ?? '');
    expect(key).toEqual(new Uint8Array(32));
  });

  test('when its HSMs are deleted', () => {
    const { cluster, key } = watched();
    for (const { id } of cluster.hsms) cluster.deleteHsm(id);
    expect(key).toEqual(new Uint8Array(32));
  });

  test('when the cluster is erased: nothing of it is in memory, in its record or in reach of who was logged in', async () => {
    const { cluster, key, session } = watched();
    const backup = good(cluster.backup());
    const library = await loadPkcs11(cluster, { client: 'app', random: (length) => canary.subarray(0, length) });
    const before = cluster.record(sealKey);
    cluster.erase();
    expect(key).toEqual(new Uint8Array(32));
    expect([cluster.state, cluster.hsms, cluster.users, cluster.backups]).toEqual(['DELETED', [], [], []]);
    expect(session.isOpen).toBe(false);
    expect(cluster.login('kmsuser', 'kms-password', 'kms')).toBeTypeOf('string');
    expect(library.openSession()).toBe('CKR_DEVICE_REMOVED');
    expect(cluster.createHsm('us-east-1a')).toBe('INVALID_STATE');
    const content = openJson(good(chooseBackend()), sealKey, cluster.record(sealKey).sealed);
    const zeros = '0'.repeat(64);
    const nothing = { users: [], keys: [], hsms: [], backups: [], losses: [] };
    expect(content).toMatchObject({ secret: zeros, historyKey: zeros, certificates: { seed: '' }, ...nothing });
    // What was saved or backed up before is somebody's own.
    expect(CloudHsmCluster.restore(before, sealKey)?.state).toBe('ACTIVE');
    expect(CloudHsmCluster.fromBackup(backup, options()).state).toBe('ACTIVE');
  });
});
