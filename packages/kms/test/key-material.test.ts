// Key pairs and HMAC keys of key records: whose material is missing, and what an algorithm that does not fit is told.

import { describe, expect, test } from 'vitest';
import { KmsError } from '../src/api/errors.ts';
import { hmacKeyOf, keyPairOf, newDataKeyPair, requireAlgorithm } from '../src/key-material.ts';
import { Call, Visit } from '../src/operation.ts';
import type { KeyRecord } from '../src/state/records.ts';
import { hex } from './asymmetric-keys.ts';
import { admin, TestEngine, utf8 } from './engine.ts';
import { librariesLoaded } from './libraries.ts';

await librariesLoaded();

function callOn(input: Parameters<TestEngine['createKey']>[0]): { call: Call; key: KeyRecord; engine: TestEngine } {
  const engine = new TestEngine();
  const { Arn } = engine.createKey(input);
  const key = engine.kms.state.get('keys', Arn) ?? expect.fail('no record');
  return { engine, key, call: new Call(engine.kms, new Visit('Sign', {}, 'direct', admin), {}) };
}

function raised(attempt: () => unknown): unknown {
  try {
    attempt();
  } catch (error) {
    return error instanceof KmsError ? { code: error.code, message: error.wireMessage } : error;
  }
  return 'nothing';
}

const pair = { KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' } as const;
const mac = { KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' } as const;

describe('a key', () => {
  test('has one key pair, grown once', () => {
    const { call, key } = callOn(pair);
    expect(keyPairOf(call, key)).toBe(keyPairOf(call, key));
  });

  test('has one HMAC', () => {
    const { call, engine, key } = callOn(mac);
    const answer = engine.call('GenerateMac', { KeyId: key.arn, Message: utf8('m'), MacAlgorithm: 'HMAC_SHA_256' });
    expect(hex(hmacKeyOf(call, key)(utf8('m')))).toBe(hex(answer.Mac));
  });

  // The state is judged before; should the material be gone all the same, this is what is said.
  test.each([pair, mac])('$KeySpec without its material is pending import', (input) => {
    const { call, engine, key } = callOn(input);
    engine.kms.vault.destroy(key.currentMaterial ?? '');
    const refused = { code: 'KMSInvalidStateException', message: `${key.arn} is pending import.` };
    const use = input === pair ? keyPairOf : hmacKeyOf;
    expect(raised(() => use(call, key))).toEqual(refused);
    expect(raised(() => use(call, { ...key, currentMaterial: undefined }))).toEqual(refused);
  });

  test('of another kind has neither', () => {
    const { call, key } = callOn({});
    const refused = { code: 'KMSInvalidStateException', message: `${key.arn} is pending import.` };
    expect(raised(() => keyPairOf(call, key))).toEqual(refused);
    expect(raised(() => hmacKeyOf(call, key))).toEqual(refused);
  });
});

test('data key pairs are drawn from the call: one call after another has another', () => {
  const { call } = callOn({});
  const pairs = [newDataKeyPair(call, 'ECC_NIST_P256'), newDataKeyPair(call, 'ECC_NIST_P256')];
  expect(new Set(pairs.map(({ privateKey }) => hex(privateKey))).size).toBe(2);
});

// Recording verify-mac-algorithm-mismatch.
test('an algorithm that is not in the list is told by name, with the spec', () => {
  const { key } = callOn(pair);
  expect(raised(() => requireAlgorithm(key, ['A', 'B'], 'C'))).toEqual({
    code: 'InvalidKeyUsageException',
    message: 'Algorithm C is incompatible with key spec ECC_NIST_P256.',
  });
  expect(raised(() => requireAlgorithm(key, ['A', 'B'], 'B'))).toBe('nothing');
});
