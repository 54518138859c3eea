import { describe, expect, test } from 'vitest';
import type { OperationName } from '../src/api/shapes.ts';
import { Visit } from '../src/operation.ts';
import { mayPass, rehearse } from '../src/rehearse.ts';
import { takeSnapshot } from '../src/state/snapshot.ts';
import { admin, caller, dayMs, ours, policyText, TestEngine, utf8 } from './engine.ts';

const user = caller(`arn:aws:iam::${ours}:user/u`);

function outcome(
  engine: TestEngine,
  operation: OperationName,
  input: Readonly<Record<string, unknown>>,
  { by = admin, until = 'judgement' as 'judgement' | 'work' } = {},
): string | undefined {
  return rehearse(engine.kms, { operation, input, caller: by, until })?.code;
}

test('what the call would meet, up to the state and the type of the key', () => {
  const engine = new TestEngine();
  const { KeyId } = engine.createKey();
  const encrypt = { KeyId, Plaintext: utf8('x') };
  expect(outcome(engine, 'Encrypt', encrypt)).toBeUndefined();
  expect(outcome(engine, 'Encrypt', encrypt, { by: user })).toBe('AccessDeniedException');
  expect(outcome(engine, 'Sign', { KeyId, Message: utf8('x'), SigningAlgorithm: 'ECDSA_SHA_256' })).toBe(
    'InvalidKeyUsageException',
  );
  expect(outcome(engine, 'Encrypt', { ...encrypt, KeyId: 'alias/none' })).toBe('NotFoundException');
  expect(outcome(engine, 'Encrypt', { KeyId })).toBe('ValidationException');
  engine.call('DisableKey', { KeyId });
  expect(outcome(engine, 'Encrypt', encrypt)).toBe('DisabledException');
});

test('a refusal has its decision', () => {
  const engine = new TestEngine();
  const { KeyId } = engine.createKey();
  const refusal = rehearse(engine.kms, {
    ...{ operation: 'DescribeKey', caller: user, until: 'judgement' },
    input: { KeyId },
  });
  expect(refusal?.decision?.reason).toBe('no identity policy statement allows it');
});

test('the work is looked at only when it is asked for', () => {
  const engine = new TestEngine();
  const { KeyId } = engine.createKey();
  const locked = {
    KeyId,
    Policy: policyText({ Effect: 'Allow', Principal: '*', Action: 'kms:Decrypt', Resource: '*' }),
  };
  expect(outcome(engine, 'PutKeyPolicy', locked)).toBeUndefined();
  expect(outcome(engine, 'PutKeyPolicy', locked, { until: 'work' })).toBe('MalformedPolicyDocumentException');
});

test('nothing changes, whatever is rehearsed', () => {
  const engine = new TestEngine();
  const { KeyId } = engine.createKey();
  const before = takeSnapshot(engine.kms);
  for (const until of ['judgement', 'work'] as const) {
    expect(outcome(engine, 'CreateKey', {}, { until })).toBeUndefined();
    expect(outcome(engine, 'DisableKey', { KeyId }, { until })).toBeUndefined();
    expect(outcome(engine, 'Encrypt', { KeyId, Plaintext: utf8('x') }, { until })).toBeUndefined();
    expect(outcome(engine, 'ScheduleKeyDeletion', { KeyId }, { until })).toBeUndefined();
    expect(outcome(engine, 'DescribeKey', { KeyId: 'alias/aws/s3' }, { until })).toBeUndefined();
  }
  const after = takeSnapshot(engine.kms);
  expect(after.state).toEqual(before.state);
  expect(after.world.streams).toEqual(before.world.streams);
});

test('what is due does not happen', () => {
  const engine = new TestEngine();
  const { KeyId } = engine.createKey();
  engine.call('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 });
  engine.kms.world.clock.moveTo(engine.kms.world.clock.now() + 8 * dayMs);
  const before = takeSnapshot(engine.kms);
  outcome(engine, 'DescribeKey', { KeyId });
  expect(takeSnapshot(engine.kms)).toEqual(before);
  engine.kms.advance();
  expect(takeSnapshot(engine.kms)).not.toEqual(before);
});

describe('a request at the door', () => {
  function passes(engine: TestEngine, operation: OperationName, input: unknown, by = admin): unknown {
    return mayPass(engine.kms, new Visit(operation, input, 'wire', by));
  }

  test('passes, or will be refused', () => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey();
    const pair = { KeyId, KeyPairSpec: 'RSA_4096' };
    const before = takeSnapshot(engine.kms);
    expect(passes(engine, 'GenerateDataKeyPair', pair)).toBe(true);
    expect(passes(engine, 'GenerateDataKeyPair', { ...pair, DryRun: false })).toBe(true);
    expect(passes(engine, 'Encrypt', { KeyId, Plaintext: 'eA==' })).toBe(true);
    expect(passes(engine, 'GenerateDataKeyPair', pair, user)).toBe(false);
    for (const input of [undefined, null, 'text', [], {}, { ...pair, DryRun: 1 }, { ...pair, KeyPairSpec: 'RSA_1' }])
      expect(passes(engine, 'GenerateDataKeyPair', input)).toBe(false);
    expect(takeSnapshot(engine.kms)).toEqual(before);
  });

  test('what is planned to go wrong is not drawn', () => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey();
    engine.kms.setFaults({ services: [{ raise: 'ThrottlingException', count: 1 }] });
    const pair = { KeyId, KeyPairSpec: 'RSA_2048' } as const;
    expect(passes(engine, 'GenerateDataKeyPair', pair)).toBe(true);
    expect(() => engine.call('GenerateDataKey', { KeyId, KeySpec: 'AES_256' })).toThrow(/rate/);
  });
});
