// Objects, their attributes and templates.

import { describe, expect, test } from 'vitest';
import type { Template } from '../../src/pkcs11/attribute-table.ts';
import { ecParameters } from '../../src/pkcs11/objects.ts';
import { ok } from '../../src/pkcs11/return-codes.ts';
import { bytes, good, kmsSession } from '../clusters.ts';
import { aes, generic, privateUse, publicUse, token } from './tokens.ts';

const { session, cluster } = await token();
const key = (template: Template = {}): number =>
  ok(session.generateKey('CKM_AES_KEY_GEN', { CKA_VALUE_LEN: 32, ...template }));

describe('a key that was made here', () => {
  test('has these attributes unless its template says so', () => {
    const names = [
      'CKA_CLASS',
      'CKA_KEY_TYPE',
      'CKA_LABEL',
      'CKA_ID',
      'CKA_TOKEN',
      'CKA_PRIVATE',
      'CKA_LOCAL',
      'CKA_MODIFIABLE',
      'CKA_DESTROYABLE',
      'CKA_ENCRYPT',
      'CKA_DECRYPT',
      'CKA_WRAP',
      'CKA_UNWRAP',
      'CKA_DERIVE',
      'CKA_SENSITIVE',
      'CKA_ALWAYS_SENSITIVE',
      'CKA_EXTRACTABLE',
      'CKA_NEVER_EXTRACTABLE',
      'CKA_TRUSTED',
      'CKA_WRAP_WITH_TRUSTED',
      'CKA_VALUE_LEN',
    ] as const;
    expect(session.getAttributeValue(key(), names)).toEqual({
      CKA_CLASS: 'CKO_SECRET_KEY',
      CKA_KEY_TYPE: 'CKK_AES',
      CKA_LABEL: '',
      CKA_ID: new Uint8Array(),
      CKA_TOKEN: false,
      CKA_PRIVATE: true,
      CKA_LOCAL: true,
      CKA_MODIFIABLE: true,
      CKA_DESTROYABLE: true,
      CKA_ENCRYPT: false,
      CKA_DECRYPT: false,
      CKA_WRAP: false,
      CKA_UNWRAP: false,
      CKA_DERIVE: false,
      CKA_SENSITIVE: true,
      CKA_ALWAYS_SENSITIVE: true,
      CKA_EXTRACTABLE: true,
      CKA_NEVER_EXTRACTABLE: false,
      CKA_TRUSTED: false,
      CKA_WRAP_WITH_TRUSTED: false,
      CKA_VALUE_LEN: 32,
    });
    expect(session.getAttributeValue(key({ CKA_EXTRACTABLE: false }), ['CKA_NEVER_EXTRACTABLE'])).toEqual({
      CKA_NEVER_EXTRACTABLE: true,
    });
  });

  test('of a pair has a half for each', () => {
    const { publicKey, privateKey } = ok(
      session.generateKeyPair(
        'CKM_EC_KEY_PAIR_GEN',
        { CKA_EC_PARAMS: ecParameters['P-521'], ...publicUse },
        privateUse,
      ),
    );
    const facts = ok(
      session.getAttributeValue(publicKey, ['CKA_CLASS', 'CKA_KEY_TYPE', 'CKA_EC_PARAMS', 'CKA_EC_POINT', 'CKA_LOCAL']),
    );
    expect(facts).toMatchObject({
      CKA_CLASS: 'CKO_PUBLIC_KEY',
      CKA_KEY_TYPE: 'CKK_EC',
      CKA_EC_PARAMS: ecParameters['P-521'],
      CKA_LOCAL: true,
    });
    expect(facts.CKA_EC_POINT?.subarray(0, 4)).toEqual(Uint8Array.of(0x04, 0x81, 133, 0x04));
    expect(session.getAttributeValue(publicKey, ['CKA_SENSITIVE'])).toBe('CKR_ATTRIBUTE_TYPE_INVALID');
    expect(session.getAttributeValue(privateKey, ['CKA_CLASS', 'CKA_ALWAYS_SENSITIVE'])).toEqual({
      CKA_CLASS: 'CKO_PRIVATE_KEY',
      CKA_ALWAYS_SENSITIVE: true,
    });
    expect(session.getAttributeValue(privateKey, ['CKA_VALUE'])).toBe('CKR_ATTRIBUTE_TYPE_INVALID');
    expect(session.getAttributeValue(privateKey, ['CKA_EC_POINT'])).toBe('CKR_ATTRIBUTE_TYPE_INVALID');
  });
});

describe('objects from outside', () => {
  test('a secret key by its value', () => {
    const handle = ok(session.createObject({ ...aes, CKA_VALUE: bytes(16), CKA_LABEL: 'mine' }));
    expect(
      session.getAttributeValue(handle, [
        'CKA_LOCAL',
        'CKA_VALUE_LEN',
        'CKA_ALWAYS_SENSITIVE',
        'CKA_NEVER_EXTRACTABLE',
        'CKA_LABEL',
      ]),
    ).toEqual({
      CKA_LOCAL: false,
      CKA_VALUE_LEN: 16,
      CKA_ALWAYS_SENSITIVE: false,
      CKA_NEVER_EXTRACTABLE: false,
      CKA_LABEL: 'mine',
    });
    expect(session.createObject({ ...aes, CKA_VALUE: bytes(17) })).toBe('CKR_ATTRIBUTE_VALUE_INVALID');
    expect(session.createObject({ ...aes, CKA_VALUE: bytes(16), CKA_VALUE_LEN: 32 })).toBe('CKR_TEMPLATE_INCONSISTENT');
    expect(session.createObject({ ...generic, CKA_VALUE: new Uint8Array() })).toBe('CKR_ATTRIBUTE_VALUE_INVALID');
    expect(session.createObject({ ...generic, CKA_VALUE: bytes(801) })).toBe('CKR_ATTRIBUTE_VALUE_INVALID');
  });

  test('private keys come wrapped only', () => {
    expect(session.createObject({ CKA_CLASS: 'CKO_PRIVATE_KEY', CKA_KEY_TYPE: 'CKK_RSA' })).toBe(
      'CKR_TEMPLATE_INCONSISTENT',
    );
  });

  test('public keys that are none', () => {
    const rsa = {
      CKA_CLASS: 'CKO_PUBLIC_KEY',
      CKA_KEY_TYPE: 'CKK_RSA',
      CKA_PUBLIC_EXPONENT: Uint8Array.of(1, 0, 1),
    } as const;
    for (const CKA_MODULUS of [new Uint8Array(), bytes(128), new Uint8Array(256), new Uint8Array(256).fill(0xfe)])
      expect(session.createObject({ ...rsa, CKA_MODULUS })).toBe('CKR_ATTRIBUTE_VALUE_INVALID');
    const modulus = new Uint8Array(256).fill(0xff);
    for (const e of [0, 1, 2])
      expect(session.createObject({ ...rsa, CKA_MODULUS: modulus, CKA_PUBLIC_EXPONENT: Uint8Array.of(e) })).toBe(
        'CKR_ATTRIBUTE_VALUE_INVALID',
      );
    const ec = { CKA_CLASS: 'CKO_PUBLIC_KEY', CKA_KEY_TYPE: 'CKK_EC', CKA_EC_PARAMS: ecParameters['P-256'] } as const;
    for (const CKA_EC_POINT of [new Uint8Array(), bytes(65), Uint8Array.of(4, 65, 4, ...bytes(64))])
      expect(session.createObject({ ...ec, CKA_EC_POINT })).toBe('CKR_ATTRIBUTE_VALUE_INVALID');
  });

  test('a public key goes out by its attributes and comes in again', () => {
    const { publicKey } = ok(
      session.generateKeyPair('CKM_EC_KEY_PAIR_GEN', { CKA_EC_PARAMS: ecParameters.secp256k1 }, {}),
    );
    const facts = ok(
      session.getAttributeValue(publicKey, ['CKA_CLASS', 'CKA_KEY_TYPE', 'CKA_EC_PARAMS', 'CKA_EC_POINT']),
    );
    const again = ok(session.createObject(facts));
    expect(session.getAttributeValue(again, ['CKA_EC_POINT', 'CKA_LOCAL'])).toEqual({
      CKA_EC_POINT: facts.CKA_EC_POINT,
      CKA_LOCAL: false,
    });
    const bare = { ...facts, CKA_EC_POINT: facts.CKA_EC_POINT?.subarray(2) ?? bytes(1) };
    expect(session.createObject(bare)).toBe('CKR_ATTRIBUTE_VALUE_INVALID');
  });
});

describe('finding', () => {
  test('by every attribute but the value', () => {
    const id = bytes(4, 200);
    const handles = [key({ CKA_LABEL: 'found', CKA_ID: id }), key({ CKA_LABEL: 'found', CKA_VALUE_LEN: 16 })];
    expect(session.findObjects({ CKA_LABEL: 'found' })).toEqual(handles);
    expect(session.findObjects({ CKA_LABEL: 'found', CKA_ID: id })).toEqual([handles[0]]);
    expect(session.findObjects({ CKA_LABEL: 'found', CKA_VALUE_LEN: 16 })).toEqual([handles[1]]);
    expect(session.findObjects({ CKA_LABEL: 'lost' })).toEqual([]);
    expect(session.findObjects({ CKA_NOBODY: true } as Template)).toBe('CKR_ATTRIBUTE_TYPE_INVALID');
  });

  test('what others own is not found, nor used by its handle', () => {
    const { handle, id } = good(kmsSession(cluster).generateAesKey({ label: 'of KMS', random: bytes(32) }));
    expect(session.findObjects({ CKA_LABEL: 'of KMS' })).toEqual([]);
    expect(session.getAttributeValue(handle, ['CKA_LABEL'])).toBe('CKR_OBJECT_HANDLE_INVALID');
    expect(session.destroyObject(handle)).toBe('CKR_OBJECT_HANDLE_INVALID');
    const kms = kmsSession(cluster);
    expect(kms.shareKey(id, 'alice')).toBe('SUCCESS');
    expect(session.findObjects({ CKA_LABEL: 'of KMS' })).toEqual([handle]);
    expect(session.encrypt({ type: 'CKM_AES_GCM', iv: new Uint8Array(12) }, handle, bytes(3))).toHaveLength(19);
    expect(session.destroyObject(handle)).toBe('CKR_ACTION_PROHIBITED');
    expect(session.setAttributeValue(handle, { CKA_LABEL: 'mine' })).toBe('CKR_ACTION_PROHIBITED');
  });
});

describe('changing', () => {
  test('what may change, and in one direction only where it is so', () => {
    const handle = key();
    const change = (template: Template): string => session.setAttributeValue(handle, template);
    expect(change({ CKA_LABEL: 'next', CKA_ENCRYPT: true })).toBe('CKR_OK');
    expect(session.getAttributeValue(handle, ['CKA_LABEL', 'CKA_ENCRYPT'])).toEqual({
      CKA_LABEL: 'next',
      CKA_ENCRYPT: true,
    });
    expect(change({ CKA_EXTRACTABLE: false })).toBe('CKR_OK');
    expect(change({ CKA_EXTRACTABLE: true })).toBe('CKR_ATTRIBUTE_READ_ONLY');
    expect(change({ CKA_WRAP_WITH_TRUSTED: true })).toBe('CKR_OK');
    expect(change({ CKA_WRAP_WITH_TRUSTED: false })).toBe('CKR_ATTRIBUTE_READ_ONLY');
    for (const template of [
      { CKA_CLASS: 'CKO_PUBLIC_KEY' },
      { CKA_VALUE_LEN: 16 },
      { CKA_VALUE: bytes(32) },
      { CKA_TRUSTED: true },
      { CKA_MODIFIABLE: false },
    ] as const)
      expect(change(template)).toBe('CKR_ATTRIBUTE_READ_ONLY');
    expect(change({ CKA_MODULUS_BITS: 2048 })).toBe('CKR_ATTRIBUTE_TYPE_INVALID');
    expect(change({ CKA_LABEL: 'not this', CKA_LOCAL: false })).toBe('CKR_ATTRIBUTE_READ_ONLY');
    expect(session.getAttributeValue(handle, ['CKA_LABEL'])).toEqual({ CKA_LABEL: 'next' });
    expect(session.setAttributeValue(999, {})).toBe('CKR_OBJECT_HANDLE_INVALID');
  });

  test('not at all where the object is not modifiable, and no end where it is not destroyable', () => {
    const fixed = key({ CKA_MODIFIABLE: false, CKA_DESTROYABLE: false });
    expect(session.setAttributeValue(fixed, { CKA_LABEL: 'next' })).toBe('CKR_ACTION_PROHIBITED');
    expect(session.destroyObject(fixed)).toBe('CKR_ACTION_PROHIBITED');
  });

  test('the values one gets are copies', () => {
    const handle = key({ CKA_ID: bytes(4) });
    ok(session.getAttributeValue(handle, ['CKA_ID'])).CKA_ID?.fill(0);
    expect(session.getAttributeValue(handle, ['CKA_ID'])).toEqual({ CKA_ID: bytes(4) });
  });
});

test('an object that is destroyed is gone', () => {
  const handle = key();
  expect(session.destroyObject(handle)).toBe('CKR_OK');
  expect(session.destroyObject(handle)).toBe('CKR_OBJECT_HANDLE_INVALID');
  expect(session.encrypt({ type: 'CKM_AES_GCM', iv: new Uint8Array(12) }, handle, bytes(1))).toBe(
    'CKR_KEY_HANDLE_INVALID',
  );
});
