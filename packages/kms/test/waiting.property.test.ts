// Calls that wait for a library: whatever is asked without waiting for answers, a simulation whose libraries come late answers as one
// that has them, and leaves the same behind.

import { fc, test } from '@fast-check/vitest';
import { type Backend, chooseBackend } from '@kmsim/hsm-core';
import { describe, expect } from 'vitest';
import { KmsError } from '../src/api/errors.ts';
import type { OperationName } from '../src/api/shapes.ts';
import { Visit } from '../src/operation.ts';
import { octets } from './asymmetric-keys.ts';
import { admin, dayMs, TestEngine } from './engine.ts';
import { librariesLoaded } from './libraries.ts';

await librariesLoaded();

const native: Backend = chooseBackend('native') ?? expect.fail('Tests run on Node.');

/** Its primitives are there after so many turns of the event queue. */
function late(turns: number): Backend {
  let waited = 0;
  const turn = async (): Promise<void> => {
    for (; waited < turns; waited++) await Promise.resolve();
  };
  return {
    ...native,
    primitives: () => (waited < turns ? turn() : native.primitives()) as ReturnType<Backend['primitives']>,
  };
}

type Step =
  | { readonly ask: OperationName; readonly input: (keys: Keys) => object }
  | { readonly days: number }
  | { readonly turns: number };

interface Keys {
  readonly symmetric: string;
  readonly signing: string;
  readonly mac: string;
}

const asks: readonly Step[] = [
  { ask: 'Sign', input: ({ signing }) => ({ KeyId: signing, Message: octets(9), SigningAlgorithm: 'ECDSA_SHA_256' }) },
  { ask: 'GenerateMac', input: ({ mac }) => ({ KeyId: mac, Message: octets(9), MacAlgorithm: 'HMAC_SHA_256' }) },
  { ask: 'GetPublicKey', input: ({ signing }) => ({ KeyId: signing }) },
  { ask: 'GetPublicKey', input: ({ symmetric }) => ({ KeyId: symmetric }) },
  { ask: 'GenerateDataKeyPair', input: ({ symmetric }) => ({ KeyId: symmetric, KeyPairSpec: 'ECC_NIST_P256' }) },
  { ask: 'Encrypt', input: ({ symmetric }) => ({ KeyId: symmetric, Plaintext: octets(9) }) },
  { ask: 'GenerateDataKey', input: ({ symmetric }) => ({ KeyId: symmetric, KeySpec: 'AES_256' }) },
  { ask: 'GenerateRandom', input: () => ({ NumberOfBytes: 16 }) },
  { ask: 'CreateKey', input: () => ({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'KEY_AGREEMENT' }) },
  { ask: 'CreateKey', input: () => ({ KeySpec: 'RSA_2048' }) },
  { ask: 'DisableKey', input: ({ signing }) => ({ KeyId: signing }) },
  { ask: 'EnableKey', input: ({ signing }) => ({ KeyId: signing }) },
  { ask: 'EnableKeyRotation', input: ({ symmetric }) => ({ KeyId: symmetric, RotationPeriodInDays: 90 }) },
  { ask: 'ScheduleKeyDeletion', input: ({ mac }) => ({ KeyId: mac, PendingWindowInDays: 7 }) },
  { ask: 'DescribeKey', input: ({ mac }) => ({ KeyId: mac }) },
  { ask: 'DescribeKey', input: ({ symmetric }) => ({ KeyId: symmetric }) },
];

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...asks) },
  { weight: 2, arbitrary: fc.constantFrom<Step>({ days: 1 }, { days: 8 }, { days: 100 }) },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 6 }).map((turns): Step => ({ turns })) },
);

/** Everything that is answered, and everything that is left. */
async function run(backend: Backend, steps: readonly Step[]): Promise<unknown> {
  const engine = new TestEngine({ backend });
  const pair = { KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' } as const;
  const keys: Keys = {
    symmetric: engine.createKey().Arn,
    signing: engine.createKey(pair).Arn,
    mac: engine.createKey({ KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' }).Arn,
  };
  const answers: Promise<unknown>[] = [];
  for (const one of steps) {
    if ('turns' in one) {
      for (let turn = 0; turn < one.turns; turn++) await Promise.resolve();
    } else if ('days' in one) {
      engine.wait(one.days * dayMs);
      engine.kms.advance();
    } else {
      answers.push(answered(engine, one.ask, one.input(keys)));
    }
  }
  return { answers: await Promise.all(answers), left: engine.snapshot() };
}

async function answered(engine: TestEngine, ask: OperationName, input: object): Promise<unknown> {
  const visit = new Visit(ask, input, 'direct', admin);
  try {
    const answering = engine.kms.dispatch(visit);
    // Who has asked may write over what he asked with.
    for (const value of Object.values(input)) if (value instanceof Uint8Array) value.fill(0);
    return { answer: await answering, requestId: engine.kms.requestId(visit) };
  } catch (error) {
    if (!(error instanceof KmsError)) throw error;
    return { code: error.code, message: error.wireMessage, requestId: engine.kms.requestId(visit) };
  }
}

describe('a simulation whose libraries come late', () => {
  test.prop([fc.array(step, { minLength: 1, maxLength: 15 }), fc.integer({ min: 1, max: 12 })], { numRuns: 150 })(
    'answers and ends as one that has them',
    async (steps, turns) => {
      expect(await run(late(turns), steps)).toEqual(await run(native, steps));
    },
  );

  test('does wait, and the clock may go on meanwhile', async () => {
    const engine = new TestEngine({ backend: late(3) });
    const { Arn: KeyId } = engine.createKey({ KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' });
    engine.call('ScheduleKeyDeletion', { KeyId: engine.createKey().Arn, PendingWindowInDays: 7 });
    const at = engine.now;
    const input = { KeyId, Message: octets(9), MacAlgorithm: 'HMAC_SHA_256' } as const;
    const answer = engine.kms.dispatch(new Visit('GenerateMac', input, 'direct', admin));
    expect(answer).toBeInstanceOf(Promise);
    engine.wait(8 * dayMs);
    engine.kms.advance();
    // The call is of its own instant, and what came due behind it has happened when it is answered.
    expect(engine.kms.state.records().keys).toHaveLength(2);
    await answer;
    expect(engine.kms.state.get('usages', KeyId)).toMatchObject({ operation: 'GenerateMac', at });
    expect(engine.kms.state.records().keys).toHaveLength(1);
  });
});
