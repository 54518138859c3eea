// What templates may say.

import { describe, expect, test } from 'vitest';
import type { Template } from '../../src/pkcs11/attribute-table.ts';
import { ecParameters } from '../../src/pkcs11/objects.ts';
import { bytes } from '../clusters.ts';
import { token } from './tokens.ts';

const { session } = await token();

describe('a template', () => {
  const make = (template: object): unknown =>
    session.generateKey('CKM_AES_KEY_GEN', { CKA_VALUE_LEN: 32, ...template });

  test.each<[string, object, string]>([
    ['an unknown attribute', { CKA_NOBODY: true }, 'CKR_ATTRIBUTE_TYPE_INVALID'],
    ['a name that every object has', { toString: true }, 'CKR_ATTRIBUTE_TYPE_INVALID'],
    ['a value of another type', { CKA_LABEL: 7 }, 'CKR_ATTRIBUTE_VALUE_INVALID'],
    ['bytes that are none', { CKA_ID: [1, 2] }, 'CKR_ATTRIBUTE_VALUE_INVALID'],
    ['nothing', { CKA_ENCRYPT: undefined }, 'CKR_ATTRIBUTE_VALUE_INVALID'],
    ['what the HSM sets', { CKA_LOCAL: true }, 'CKR_ATTRIBUTE_READ_ONLY'],
    ['trust', { CKA_TRUSTED: true }, 'CKR_ATTRIBUTE_READ_ONLY'],
    ['a secret that is not sensitive', { CKA_SENSITIVE: false }, 'CKR_ATTRIBUTE_VALUE_INVALID'],
    ['an object that is not private', { CKA_PRIVATE: false }, 'CKR_ATTRIBUTE_VALUE_INVALID'],
    ['another class', { CKA_CLASS: 'CKO_PUBLIC_KEY' }, 'CKR_TEMPLATE_INCONSISTENT'],
    ['another type of key', { CKA_KEY_TYPE: 'CKK_RSA' }, 'CKR_TEMPLATE_INCONSISTENT'],
    ['an attribute of another class', { CKA_MODULUS_BITS: 2048 }, 'CKR_TEMPLATE_INCONSISTENT'],
    ['a value for a key that is made here', { CKA_VALUE: bytes(32) }, 'CKR_TEMPLATE_INCONSISTENT'],
    ['a length that is none', { CKA_VALUE_LEN: 33 }, 'CKR_ATTRIBUTE_VALUE_INVALID'],
    ['half a byte', { CKA_VALUE_LEN: 16.5 }, 'CKR_ATTRIBUTE_VALUE_INVALID'],
  ])('with %s is refused, and there is no object', (_name, template, code) => {
    const before = session.findObjects();
    expect(make(template)).toBe(code);
    expect(session.findObjects()).toEqual(before);
  });

  test('that says too little is refused', () => {
    expect(session.generateKey('CKM_AES_KEY_GEN', {})).toBe('CKR_TEMPLATE_INCOMPLETE');
    expect(session.generateKeyPair('CKM_RSA_PKCS_KEY_PAIR_GEN', {}, {})).toBe('CKR_TEMPLATE_INCOMPLETE');
    expect(session.generateKeyPair('CKM_EC_KEY_PAIR_GEN', {}, {})).toBe('CKR_TEMPLATE_INCOMPLETE');
    expect(session.createObject({})).toBe('CKR_TEMPLATE_INCOMPLETE');
    expect(session.createObject({ CKA_CLASS: 'CKO_SECRET_KEY', CKA_KEY_TYPE: 'CKK_AES' })).toBe(
      'CKR_TEMPLATE_INCOMPLETE',
    );
    expect(session.createObject({ CKA_CLASS: 'CKO_PUBLIC_KEY', CKA_KEY_TYPE: 'CKK_RSA' })).toBe(
      'CKR_TEMPLATE_INCOMPLETE',
    );
    expect(session.createObject({ CKA_CLASS: 'CKO_PUBLIC_KEY', CKA_KEY_TYPE: 'CKK_EC' })).toBe(
      'CKR_TEMPLATE_INCOMPLETE',
    );
  });

  test('for a pair: other sizes, exponents and curves are refused', () => {
    const rsa = (template: Template): unknown => session.generateKeyPair('CKM_RSA_X9_31_KEY_PAIR_GEN', template, {});
    expect(rsa({ CKA_MODULUS_BITS: 1024 })).toBe('CKR_ATTRIBUTE_VALUE_INVALID');
    expect(rsa({ CKA_MODULUS_BITS: 2048, CKA_PUBLIC_EXPONENT: Uint8Array.of(3) })).toBe('CKR_ATTRIBUTE_VALUE_INVALID');
    const ec = (CKA_EC_PARAMS: Uint8Array): unknown =>
      session.generateKeyPair('CKM_EC_KEY_PAIR_GEN', { CKA_EC_PARAMS }, {});
    expect(ec(bytes(10))).toBe('CKR_ATTRIBUTE_VALUE_INVALID');
    expect(
      session.generateKeyPair('CKM_EC_KEY_PAIR_GEN', { CKA_EC_PARAMS: ecParameters['P-256'] }, { CKA_LOCAL: true }),
    ).toBe('CKR_ATTRIBUTE_READ_ONLY');
  });
});
