// Objects of a session where HSMs come and go, are full, and random bytes are drawn.

import { describe, expect, test } from 'vitest';
import type { Template } from '../../src/pkcs11/attribute-table.ts';
import { ecParameters } from '../../src/pkcs11/objects.ts';
import { ok } from '../../src/pkcs11/return-codes.ts';
import { adminSession, bytes, launched, zones } from '../clusters.ts';
import { aes, draws, token } from './tokens.ts';

const { session, cluster } = await token();
const key = (template: Template = {}): number =>
  ok(session.generateKey('CKM_AES_KEY_GEN', { CKA_VALUE_LEN: 32, ...template }));

describe('with HSMs that come and go', () => {
  test('a session key goes with its HSM, a token key stays', async () => {
    const three = await token({}, launched({ availabilityZones: zones }));
    const make = (CKA_TOKEN: boolean): number =>
      ok(three.session.generateKey('CKM_AES_KEY_GEN', { ...aes, CKA_TOKEN, CKA_VALUE_LEN: 32 }));
    const [temporary, lasting, kept] = [make(false), make(true), make(false)];
    expect(three.session.setAttributeValue(kept, { CKA_TOKEN: true })).toBe('CKR_OK');
    expect(three.session.setAttributeValue(kept, { CKA_TOKEN: false })).toBe('CKR_ATTRIBUTE_READ_ONLY');
    three.cluster.failHsm(three.cluster.hsms[0]?.id ?? '');
    expect(three.session.findObjects()).toEqual([lasting, kept]);
    expect(three.session.getAttributeValue(temporary, ['CKA_LABEL'])).toBe('CKR_OBJECT_HANDLE_INVALID');
    three.session.close();
    const again = await token({ client: 'another' }, three.cluster);
    expect(again.session.findObjects()).toEqual([lasting, kept]);
  });

  test('a token key has to be on two of them', async () => {
    const one = launched({ availabilityZones: zones.slice(0, 1) });
    const strict = await token({}, one);
    const template = { ...aes, CKA_TOKEN: true, CKA_VALUE_LEN: 32 } as const;
    expect(strict.session.generateKey('CKM_AES_KEY_GEN', template)).toBe('CKR_FUNCTION_FAILED');
    expect(strict.session.findObjects()).toEqual([]);
    const lax = await token({ client: 'lax', keyAvailabilityCheck: false }, one);
    const handle = ok(lax.session.generateKey('CKM_AES_KEY_GEN', template));
    const encrypt = (): unknown =>
      strict.session.encrypt({ type: 'CKM_AES_GCM', iv: new Uint8Array(12) }, handle, bytes(1));
    expect(encrypt()).toBe('CKR_FUNCTION_FAILED');
    one.createHsm(zones[0]);
    expect(encrypt()).toHaveLength(17);
    expect(ok(strict.session.generateKey('CKM_AES_KEY_GEN', { ...template, CKA_TOKEN: false }))).toBeGreaterThan(
      handle,
    );
  });

  test.each([
    ['createKey', (s: typeof session) => s.generateKey('CKM_AES_KEY_GEN', { CKA_VALUE_LEN: 32 })],
    ['random', (s: typeof session) => s.generateRandom(8)],
  ] as const)('one is lost in the middle of %s: CKR_DEVICE_ERROR, once', async (during, act) => {
    const fresh = await token();
    fresh.cluster.loseHsmDuring({ during, by: 'failure' });
    expect(act(fresh.session)).toBe('CKR_DEVICE_ERROR');
    expect(fresh.session.findObjects()).toEqual([]);
    expect(typeof act(fresh.session)).not.toBe('string');
  });

  test.each([
    ['changeKey', (s: typeof session, handle: number) => s.setAttributeValue(handle, { CKA_LABEL: 'next' })],
    ['destroyKey', (s: typeof session, handle: number) => s.destroyObject(handle)],
  ] as const)('one is lost in the middle of %s: nothing has happened', async (during, act) => {
    const fresh = await token({ keyAvailabilityCheck: false });
    const handle = ok(
      fresh.session.generateKey('CKM_AES_KEY_GEN', { CKA_TOKEN: true, CKA_VALUE_LEN: 32, CKA_LABEL: 'first' }),
    );
    fresh.cluster.loseHsmDuring({ during, by: 'zeroization' });
    expect(act(fresh.session, handle)).toBe('CKR_DEVICE_ERROR');
    expect(fresh.session.getAttributeValue(handle, ['CKA_LABEL'])).toEqual({ CKA_LABEL: 'first' });
    expect(act(fresh.session, handle)).toBe('CKR_OK');
  });
});

test('a cluster that is full takes no object, nor half a pair', async () => {
  const small = launched({ hsmType: 'hsm1.medium' });
  const { session: one } = await token({}, small);
  for (let count = 0; count < 3299; count++) ok(one.generateKey('CKM_AES_KEY_GEN', { CKA_VALUE_LEN: 16 }));
  const pair = (): unknown => one.generateKeyPair('CKM_EC_KEY_PAIR_GEN', { CKA_EC_PARAMS: ecParameters['P-256'] }, {});
  expect(pair()).toBe('CKR_DEVICE_MEMORY');
  ok(one.generateKey('CKM_AES_KEY_GEN', { CKA_VALUE_LEN: 16 }));
  expect(one.generateKey('CKM_AES_KEY_GEN', { CKA_VALUE_LEN: 16 })).toBe('CKR_DEVICE_MEMORY');
});

test('what is random is what was drawn, and a draw of another length is a mistake', async () => {
  const [one, again] = [await token({ random: draws() }), await token({ random: draws() })];
  expect(one.session.generateRandom(40)).toEqual(again.session.generateRandom(40));
  expect(one.session.generateRandom(0)).toEqual(new Uint8Array());
  for (const length of [-1, 1.5, Number.NaN]) expect(one.session.generateRandom(length)).toBe('CKR_ARGUMENTS_BAD');
  const short = await token({ random: () => new Uint8Array(3) });
  expect(() => short.session.generateRandom(8)).toThrow('8 random bytes');
});

test('an admin marks a key as trusted: then it wraps what only trusted keys wrap', () => {
  const wrapping = key({ CKA_WRAP: true });
  const secret = key({ CKA_WRAP_WITH_TRUSTED: true });
  expect(session.wrapKey('CKM_AES_KEY_WRAP', wrapping, secret)).toBe('CKR_KEY_NOT_WRAPPABLE');
  expect(adminSession(cluster).setTrusted(wrapping, true)).toBeUndefined();
  expect(session.wrapKey('CKM_AES_KEY_WRAP', wrapping, secret)).toHaveLength(40);
  expect(session.getAttributeValue(wrapping, ['CKA_TRUSTED'])).toEqual({ CKA_TRUSTED: true });
});
