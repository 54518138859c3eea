// What the trace says of a run, and what it never says.

import { type BackendName, chooseBackend } from '@kmsim/hsm-core';
import { type FaultPlan, simulatedWorld, Trace } from '@kmsim/world';
import { expect, test } from 'vitest';
import type { OperationName } from '../../src/api/shapes.ts';
import { createKms, type Kms } from '../../src/kms.ts';
import { Visit } from '../../src/operation.ts';
import { admin, dayMs, policyText, utf8 } from '../engine.ts';

interface Run {
  readonly kms: Kms;
  readonly trace: Trace;
  call(operation: OperationName, input?: object, form?: 'direct' | 'wire'): Record<string, unknown>;
  lines(): Record<string, unknown>[];
}

function run(options: { faults?: FaultPlan; backend?: BackendName; seed?: string } = {}): Run {
  const backend = chooseBackend(options.backend);
  if (backend === undefined) throw new Error('no backend');
  const trace = new Trace({ keepLines: true });
  const world = simulatedWorld({ seed: options.seed ?? 'trace', ...(options.faults && { faults: options.faults }) });
  const kms = createKms({ world, backend, trace });
  const text = policyText({ Effect: 'Allow', Action: '*', Resource: '*' });
  kms.identities.put({ arn: admin.principal.arn, policies: [{ name: 'p', text }] });
  return {
    kms,
    trace,
    call: (operation, input = {}, form = 'direct') => {
      try {
        return kms.dispatch(new Visit(operation, input, form, admin)) as Record<string, unknown>;
      } catch (error) {
        return { error: (error as Error).name };
      }
    },
    lines: () => trace.lines().map((line) => JSON.parse(line) as Record<string, unknown>),
  };
}

const keyOf = (output: Record<string, unknown>): { KeyId: string; Arn: string } =>
  output['KeyMetadata'] as { KeyId: string; Arn: string };

test('requests and answers, timed effects at their own instants before the request that comes behind them, and refusals', () => {
  const { call, kms, lines } = run();
  const { Arn, KeyId } = keyOf(call('CreateKey'));
  call('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 });
  kms.world.clock.moveTo(kms.world.clock.now() + 8 * dayMs);
  call('DescribeKey', { KeyId });
  call('Encrypt', { KeyId: 7 });
  expect(lines().map(({ at, kind, n }) => [n, kind, String(at).slice(0, 10)])).toEqual([
    [1, 'run', '2026-01-01'],
    [2, 'request', '2026-01-01'],
    [3, 'answer', '2026-01-01'],
    [4, 'request', '2026-01-01'],
    [5, 'answer', '2026-01-01'],
    [6, 'effect', '2026-01-08'],
    [7, 'request', '2026-01-09'],
    [8, 'answer', '2026-01-09'],
    [9, 'request', '2026-01-09'],
    [10, 'answer', '2026-01-09'],
  ]);
  const [, request, answer, , , effect, , notFound, unreadable, refused] = lines();
  const { principal, region } = admin;
  expect(request).toMatchObject({ operation: 'CreateKey', principal: principal.arn, region, request: 0 });
  expect(request?.['input']).toMatch(/^[A-Za-z0-9+/]{43}=$/);
  expect(answer?.['output']).toMatch(/^[A-Za-z0-9+/]{43}=$/);
  expect(effect).toMatchObject({ effect: 'delete', key: Arn });
  expect(notFound).toMatchObject({ request: 2, error: 'NotFoundException' });
  expect(unreadable).not.toHaveProperty('input');
  expect(refused).toMatchObject({ error: 'SerializationException' });
});

test('faults stand between the request and its answer', () => {
  const faults = { services: [{ raise: 'AnswerLost', operations: ['CreateKey'] }, { raise: 'ThrottlingException' }] };
  const { call, lines } = run({ faults });
  call('CreateKey');
  call('ListKeys');
  expect(lines().map(({ error, fault, kind }) => [kind, fault ?? error])).toEqual([
    ['run', undefined],
    ['request', undefined],
    ['fault', 'AnswerLost'],
    ['answer', 'ConnectionLost'],
    ['request', undefined],
    ['fault', 'ThrottlingException'],
    ['answer', 'ThrottlingException'],
  ]);
});

test('an effect that finds nothing to do is no line', () => {
  const { call, kms, lines } = run();
  const { KeyId } = keyOf(call('CreateKey'));
  call('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 });
  call('CancelKeyDeletion', { KeyId });
  kms.world.clock.moveTo(kms.world.clock.now() + 8 * dayMs);
  kms.advance();
  expect(lines().filter(({ kind }) => kind === 'effect')).toEqual([]);
});

test('the same request is the same line through both forms, another one is another', () => {
  const traced = (form: 'direct' | 'wire', text = 'x'): unknown => {
    const { call, trace } = run();
    const { KeyId } = keyOf(call('CreateKey'));
    const Plaintext = form === 'wire' ? Buffer.from(text).toString('base64') : utf8(text);
    call('Encrypt', { KeyId, Plaintext, EncryptionContext: { b: '1', a: '2' } }, form);
    return trace.sha256();
  };
  expect(traced('wire')).toBe(traced('direct'));
  expect(traced('direct', 'y')).not.toBe(traced('direct'));
});

test('a trace changes nothing, and both backends write the same one', () => {
  const play = ({ call, kms, trace }: Run): unknown[] => {
    const { KeyId } = keyOf(call('CreateKey'));
    call('EnableKeyRotation', { KeyId });
    kms.world.clock.moveTo(kms.world.clock.now() + 400 * dayMs);
    return [call('GenerateDataKey', { KeyId, KeySpec: 'AES_256' }), kms.world.position(), trace.sha256()];
  };
  expect(play(run({ backend: 'portable' }))).toEqual(play(run({ backend: 'native' })));
  expect(play(run({ seed: 'another' }))[2]).not.toEqual(play(run())[2]);
});

test('a request that waits for a library is one request', async () => {
  const { kms, lines } = run();
  const visit = new Visit('CreateKey', { KeySpec: 'ML_DSA_65', KeyUsage: 'SIGN_VERIFY' }, 'direct', admin);
  const KeyId = keyOf((await kms.dispatch(visit)) as Record<string, unknown>).KeyId;
  await kms.dispatch(new Visit('GetPublicKey', { KeyId }, 'direct', admin));
  expect(lines().map(({ kind }) => kind)).toEqual(['run', 'request', 'answer', 'request', 'answer']);
});

// I33: what is planted as a secret shows in no line, in no encoding.
test('nothing secret is in it', () => {
  const { call, trace } = run({ faults: { services: [{ raise: 'HalfAnswer', operations: ['Decrypt'], count: 1 }] } });
  const planted = utf8('planted plaintext canary');
  const { KeyId } = keyOf(call('CreateKey'));
  const { CiphertextBlob } = call('Encrypt', {
    KeyId,
    Plaintext: planted,
    EncryptionContext: { canary: 'in the context' },
  });
  call('Decrypt', { CiphertextBlob, EncryptionContext: { canary: 'in the context' } });
  call('Decrypt', { CiphertextBlob, EncryptionContext: { canary: 'in the context' } });
  const { Plaintext: random } = call('GenerateRandom', { NumberOfBytes: 32 });
  const { Plaintext: dataKey } = call('GenerateDataKey', { KeyId, KeySpec: 'AES_256' });
  call('CreateCustomKeyStore', { CustomKeyStoreName: 's', KeyStorePassword: 'planted-password' });
  call('Encrypt', { KeyId, Plaintext: 'planted plaintext canary' });
  const text = trace.text();
  expect(text).toContain('HalfAnswer');
  for (const secret of [planted, random as Uint8Array, dataKey as Uint8Array, utf8('planted-password')]) {
    const bytes = Buffer.from(secret);
    for (const face of [
      bytes.toString('latin1'),
      bytes.toString('hex'),
      bytes.toString('base64'),
      [...bytes].join(','),
    ])
      expect(text).not.toContain(face);
  }
  expect(text).not.toContain('canary');
  // Nor the seed, with which all of it could be made again.
  expect(text).not.toContain('"seed"');
});

test('what a call was sent with is noted as it was, whatever becomes of the buffer while the call waits', async () => {
  const traced = async (warm: boolean): Promise<string> => {
    const one = run();
    const { KeyId } = keyOf(one.call('CreateKey', { KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' }));
    const Message = utf8('message');
    const sign = (message: Uint8Array): unknown =>
      one.kms.dispatch(
        new Visit('Sign', { KeyId, Message: message, SigningAlgorithm: 'ECDSA_SHA_256' }, 'direct', admin),
      );
    if (warm) await sign(utf8('first'));
    const first = warm ? undefined : sign(utf8('first'));
    const answer = sign(Message);
    Message.fill(0);
    await Promise.all([first, answer]);
    return one.trace.sha256();
  };
  expect(await traced(false)).toBe(await traced(true));
});
