// Planned faults in the corridor: each at its own stage, on those requests alone that the plan names, and never with half of an effect.

import type { FaultPlan, ServiceFault } from '@kmsim/world';
import { describe, expect, test } from 'vitest';
import { KmsError } from '../../src/api/errors.ts';
import type { OperationName } from '../../src/api/shapes.ts';
import { ConnectionLost } from '../../src/faults/connection-lost.ts';
import { type Caller, Visit } from '../../src/operation.ts';
import { abroad, admin, caller, everything, home, ours, TestEngine, utf8 } from '../engine.ts';

function engineWith(...services: readonly ServiceFault[]): TestEngine {
  const engine = new TestEngine();
  engine.kms.world.setFaults({ services });
  return engine;
}

/** What became of a request: the code of an error, 'lost', or 'answered'. */
function outcome(engine: TestEngine, operation: OperationName, input: unknown = {}, by: Caller = admin): string {
  try {
    engine.kms.dispatch(new Visit(operation, input, 'direct', by));
    return 'answered';
  } catch (error) {
    if (error instanceof KmsError) return error.code;
    if (error instanceof ConnectionLost) return error.half === undefined ? 'lost' : 'half';
    throw error;
  }
}

const plan = (engine: TestEngine, faults: FaultPlan): void => engine.kms.world.setFaults(faults);

describe('the errors of the service', () => {
  // Texts: the API reference (Errors of API_Decrypt), and the developer guide on throttling.
  test.each([
    [
      'ThrottlingException',
      400,
      'You have exceeded the rate at which you may call KMS. Reduce the frequency of your calls.',
    ],
    ['KMSInternalException', 500, 'An internal exception occurred. The request can be retried.'],
    [
      'DependencyTimeoutException',
      500,
      'The system timed out while trying to fulfill the request. You can retry the request.',
    ],
    ['KeyUnavailableException', 500, 'The specified KMS key was not available. You can retry the request.'],
  ] as const)('%s has its status and its text, and nothing is changed', (code, status, message) => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey();
    plan(engine, { services: [{ raise: code }] });
    const before = engine.everything();
    let raised: unknown;
    try {
      engine.encrypt(KeyId);
    } catch (error) {
      raised = error;
    }
    expect(raised).toBeInstanceOf(KmsError);
    expect(raised).toMatchObject({ code, status, wireMessage: message });
    expect(engine.everything()).toBe(before);
  });

  test('an operation never answers with an error that its model does not have', () => {
    const engine = engineWith({ raise: 'KeyUnavailableException' }, { raise: 'DependencyTimeoutException' });
    expect(outcome(engine, 'GenerateRandom', { NumberOfBytes: 1 })).toBe('DependencyTimeoutException');
    expect(engineWith({ raise: 'KeyUnavailableException' }).call('ListKeys', {}).Keys).toEqual([]);
  });
});

describe('the place in the corridor', () => {
  const nobody = caller(`arn:aws:iam::${ours}:user/nobody`);
  const unknown = { KeyId: '12345678-1234-1234-1234-123456789012' };

  test('a request that cannot be read, or names no key, says so first', () => {
    const engine = engineWith({ raise: 'ThrottlingException' });
    expect(outcome(engine, 'DescribeKey', { KeyId: 7 })).toBe('SerializationException');
    expect(outcome(engine, 'DescribeKey', unknown)).toBe('NotFoundException');
    expect(engine.kms.faultLog.happened()).toEqual([]);
  });

  test('throttling and a reset come before the permission, failures of the work behind permission, state and type', () => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey();
    const sign = { KeyId, Message: utf8('m'), SigningAlgorithm: 'ECDSA_SHA_256' };
    for (const [raise, denied, mistaken] of [
      ['ThrottlingException', 'ThrottlingException', 'ThrottlingException'],
      ['ConnectionReset', 'lost', 'lost'],
      ['KMSInternalException', 'AccessDeniedException', 'InvalidKeyUsageException'],
      ['AnswerLost', 'AccessDeniedException', 'InvalidKeyUsageException'],
    ] as const) {
      plan(engine, { services: [{ raise }] });
      expect([raise, outcome(engine, 'DescribeKey', { KeyId }, nobody)]).toEqual([raise, denied]);
      expect([raise, outcome(engine, 'Sign', sign)]).toEqual([raise, mistaken]);
    }
  });

  test('what failed before its stage has not happened, and is not counted', () => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey();
    plan(engine, { services: [{ raise: 'KMSInternalException', count: 1 }] });
    expect(outcome(engine, 'EnableKey', { KeyId }, nobody)).toBe('AccessDeniedException');
    expect(outcome(engine, 'EnableKey', { KeyId })).toBe('KMSInternalException');
    expect(outcome(engine, 'EnableKey', { KeyId })).toBe('answered');
  });
});

describe('the connection', () => {
  test('that is reset carries nothing out', () => {
    const engine = engineWith({ raise: 'ConnectionReset' });
    const before = engine.everything();
    expect(outcome(engine, 'CreateKey')).toBe('lost');
    expect(engine.everything()).toBe(before);
  });

  test.each([
    ['AnswerLost', 'lost'],
    ['HalfAnswer', 'half'],
  ])('%s has carried it out', (raise, expected) => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey();
    plan(engine, { services: [{ raise, operations: ['DisableKey', 'CreateKey'] }] });
    expect(outcome(engine, 'DisableKey', { KeyId })).toBe(expected);
    expect(engine.keyState(KeyId)).toBe('Disabled');
    expect(outcome(engine, 'CreateKey')).toBe(expected);
    const { Keys = [] } = engine.call('ListKeys', {});
    expect(Keys).toHaveLength(2);
    // Its material is there, too.
    plan(engine, {});
    const other = Keys.find((key) => key.KeyId !== KeyId)?.KeyId ?? '';
    expect(engine.decrypt(engine.encrypt(other, 'kept'))).toBe('kept');
  });

  test('that is lost shows nothing of the answer', () => {
    const engine = new TestEngine();
    const blob = engine.encrypt(engine.createKey().KeyId, 'planted plaintext');
    plan(engine, { services: [{ raise: 'HalfAnswer' }] });
    try {
      engine.decrypt(blob);
      expect.fail('answered');
    } catch (error) {
      const { message, stack } = error as Error;
      const shown = `${message} ${stack} ${JSON.stringify(error)} ${JSON.stringify(Object.values(error as object))}`;
      expect(shown).not.toContain(Buffer.from('planted plaintext').toString('base64'));
      expect(shown).not.toContain(String(utf8('planted')));
    }
  });
});

describe('a slow answer', () => {
  test('moves the clock of a simulated world behind the effect', () => {
    const engine = engineWith({ raise: 'SlowAnswer', delayMs: 5_000, count: 1 });
    const { now } = engine;
    expect(engine.createKey().CreationDate).toEqual(new Date(now));
    expect(engine.now).toBe(now + 5_000);
    expect(engine.createKey().CreationDate).toEqual(new Date(now + 5_000));
  });

  test('an error may be slow, too', () => {
    const engine = engineWith({ raise: 'DependencyTimeoutException', delayMs: 10_000 });
    const { now } = engine;
    expect(outcome(engine, 'CreateKey')).toBe('DependencyTimeoutException');
    expect(engine.now).toBe(now + 10_000);
  });

  test('whether a library was loaded before makes no difference', async () => {
    const run = async (wait: boolean): Promise<unknown[]> => {
      const engine = engineWith({ raise: 'SlowAnswer', delayMs: 1_000, operations: ['CreateKey'] });
      const create = (KeySpec: 'ML_DSA_44' | 'ECC_NIST_P256'): object | Promise<object> =>
        engine.kms.dispatch(new Visit('CreateKey', { KeySpec, KeyUsage: 'SIGN_VERIFY' }, 'direct', admin));
      const answers: unknown[] = [];
      for (const spec of ['ECC_NIST_P256', 'ML_DSA_44', 'ECC_NIST_P256'] as const) {
        const answer = create(spec);
        answers.push(wait ? await answer : answer);
      }
      return [...(await Promise.all(answers)), engine.now];
    };
    expect(await run(false)).toEqual(await run(true));
  });
});

describe('whom it strikes', () => {
  const role = `arn:aws:iam::${ours}:role/App`;
  const session = caller(`arn:aws:sts::${ours}:assumed-role/App/one`);

  test('a key by its ARN, its id and its alias', () => {
    const engine = new TestEngine();
    const { Arn, KeyId } = engine.createKey();
    const other = engine.createKey().KeyId;
    engine.call('CreateAlias', { AliasName: 'alias/mine', TargetKeyId: KeyId });
    for (const name of [Arn, KeyId, 'alias/mine', Arn.replace(/key\/.*/, 'alias/mine')]) {
      plan(engine, { services: [{ raise: 'KMSInternalException', keys: [name] }] });
      expect([name, outcome(engine, 'DescribeKey', { KeyId: 'alias/mine' })]).toEqual([name, 'KMSInternalException']);
      expect([name, outcome(engine, 'DescribeKey', { KeyId: other })]).toEqual([name, 'answered']);
      expect(outcome(engine, 'ListKeys')).toBe('answered');
    }
  });

  test('both keys of ReEncrypt, and the key that a ciphertext leads to', () => {
    const engine = new TestEngine();
    const [from, to] = [engine.createKey().KeyId, engine.createKey().KeyId];
    const CiphertextBlob = engine.encrypt(from);
    for (const key of [from, to]) {
      plan(engine, { services: [{ raise: 'KMSInternalException', keys: [key] }] });
      expect(outcome(engine, 'ReEncrypt', { CiphertextBlob, DestinationKeyId: to })).toBe('KMSInternalException');
      expect(outcome(engine, 'Decrypt', { CiphertextBlob })).toBe(key === from ? 'KMSInternalException' : 'answered');
    }
  });

  test('a principal, a role in all its sessions, a Region', () => {
    const engine = new TestEngine();
    const app = engine.attach(role, everything);
    plan(engine, { services: [{ raise: 'KMSInternalException', principals: [role] }] });
    expect([admin, app, session].map((who) => outcome(engine, 'ListKeys', {}, who))).toEqual([
      'answered',
      'KMSInternalException',
      'KMSInternalException',
    ]);
    plan(engine, { services: [{ raise: 'KMSInternalException', regions: [abroad] }] });
    const there = { ...admin, region: abroad };
    expect([admin, there].map((who) => outcome(engine, 'ListKeys', {}, who))).toEqual([
      'answered',
      'KMSInternalException',
    ]);
    expect(there.region).not.toBe(home);
  });
});

test('each fault that happened is told, with its request', () => {
  const engine = engineWith({ raise: 'AnswerLost', operations: ['CreateKey'], delayMs: 5, count: 1 });
  engine.call('ListKeys', {});
  const { now } = engine;
  expect(outcome(engine, 'CreateKey')).toBe('lost');
  expect(engine.kms.faultLog.happened()).toEqual([
    {
      at: now,
      fault: 'AnswerLost',
      rule: 0,
      operation: 'CreateKey',
      region: home,
      principal: admin.principal.arn,
      request: 1,
      delayMs: 5,
    },
  ]);
  expect(engine.kms.faultLog.counts()).toEqual({ AnswerLost: 1 });
});

test('a plan whose probabilities are 0 changes no byte of what a world without one answers', () => {
  const run = (faults?: FaultPlan): unknown[] => {
    const engine = new TestEngine();
    if (faults !== undefined) plan(engine, faults);
    const { KeyId } = engine.createKey();
    const blob = engine.encrypt(KeyId);
    const data = engine.call('GenerateDataKey', { KeyId, KeySpec: 'AES_256' });
    const { streams } = engine.snapshot().world;
    return [KeyId, blob, data, streams, engine.everything(), engine.now];
  };
  const never = ['ThrottlingException', 'KMSInternalException', 'AnswerLost'].map((raise) => ({
    raise,
    probability: 0,
  }));
  expect(run({ services: never })).toEqual(run());
  expect(run({ services: [{ raise: 'KMSInternalException', probability: 1e-12 }] }).slice(0, 3)).toEqual(
    run().slice(0, 3),
  );
});

describe('a Region that pauses', () => {
  const pauses = [{ region: home, fromMs: 1_000, untilMs: 5_000 }];

  test('answers nobody, whatever is asked, and has changed nothing; other Regions answer', () => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey();
    plan(engine, { network: { pauses } });
    expect(outcome(engine, 'DescribeKey', { KeyId })).toBe('answered');
    engine.wait(1_000);
    const before = engine.everything();
    for (const input of [{ KeyId }, { KeyId: 7 }, {}]) expect(outcome(engine, 'DisableKey', input)).toBe('lost');
    expect(engine.everything()).toBe(before);
    expect(outcome(engine, 'CreateKey', {}, { ...admin, region: abroad })).toBe('answered');
    engine.wait(4_000);
    expect(outcome(engine, 'DescribeKey', { KeyId })).toBe('answered');
    expect(engine.kms.faultLog.counts()).toEqual({ RegionPaused: 3 });
    expect(engine.kms.faultLog.happened()[0]).toMatchObject({ rule: 0, region: home, operation: 'DisableKey' });
  });

  test('hears of what happened elsewhere when it goes on', () => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey({ MultiRegion: true });
    engine.call('ReplicateKey', { KeyId, ReplicaRegion: abroad });
    engine.wait(1_000);
    plan(engine, { network: { pauses: [{ region: abroad, fromMs: 0, untilMs: 60_000 }], minDelayMs: 100 } });
    engine.call('EnableKeyRotation', { KeyId, RotationPeriodInDays: 90 });
    const there = { ...admin, region: abroad };
    engine.wait(59_999);
    expect(outcome(engine, 'GetKeyRotationStatus', { KeyId }, there)).toBe('lost');
    engine.wait(1);
    expect(engine.call('GetKeyRotationStatus', { KeyId: KeyId ?? '' }, there).KeyRotationEnabled).toBe(true);
  });
});
