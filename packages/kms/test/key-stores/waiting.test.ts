// Calls that wait for a proxy: others pass meanwhile, and it makes no difference to bytes and records how long an answer takes.

import { describe, expect, test } from 'vitest';
import type { OperationName } from '../../src/api/shapes.ts';
import type { OperationInputs, OperationOutputs } from '../../src/api/types.ts';
import { Visit } from '../../src/operation.ts';
import { admin, type TestEngine, utf8 } from '../engine.ts';
import { Rig } from './rig.ts';

function made() {
  const rig = new Rig();
  const KeyId = rig.externalKey(rig.externalStore()).Arn;
  rig.proxy.isLate = true;
  return { rig, engine: rig.engine, proxy: rig.proxy, KeyId };
}

async function ask<Name extends OperationName>(
  { kms }: TestEngine,
  name: Name,
  input: OperationInputs[Name],
): Promise<OperationOutputs[Name]> {
  return (await kms.dispatch(new Visit(name, input, 'direct', admin))) as OperationOutputs[Name];
}

test('nothing has changed while a call waits, and other calls pass', async () => {
  const { engine, KeyId, proxy } = made();
  const before = engine.everything();
  const answer = ask(engine, 'Encrypt', { KeyId, Plaintext: utf8('x') });
  expect(proxy.waiting).toBe(1);
  expect(engine.everything()).toBe(before);
  const own = engine.createKey().Arn;
  expect(engine.decrypt(engine.encrypt(own))).toBe('secret');
  await proxy.release();
  expect((await answer).CiphertextBlob).toBeInstanceOf(Uint8Array);
  // One request to the proxy, though the call has passed twice.
  expect(proxy.requests.filter(({ path }) => path.endsWith('encrypt'))).toHaveLength(1);
});

test('a key that is disabled meanwhile seals nothing, though all was ready', async () => {
  const { engine, KeyId, proxy } = made();
  const answer = ask(engine, 'Encrypt', { KeyId, Plaintext: utf8('x') });
  engine.call('DisableKey', { KeyId });
  await proxy.release();
  await expect(answer).rejects.toMatchObject({ code: 'DisabledException' });
});

test('what the caller writes over while it waits changes nothing', async () => {
  const { engine, KeyId, proxy } = made();
  const Plaintext = utf8('x');
  const EncryptionContext: Record<string, string> = { a: '1' };
  const answer = ask(engine, 'Encrypt', { KeyId, Plaintext, EncryptionContext });
  Plaintext.fill(0);
  EncryptionContext['a'] = '2';
  await proxy.release();
  const { CiphertextBlob = utf8('') } = await answer;
  proxy.isLate = false;
  expect(engine.call('Decrypt', { CiphertextBlob, EncryptionContext: { a: '1' } }).Plaintext).toEqual(utf8('x'));
});

test('answers may overtake each other, and everybody has the bytes of his place', async () => {
  const together = made();
  const inputs = ['a', 'b', 'c'].map((text) => ({ KeyId: together.KeyId, Plaintext: utf8(text) }));
  const answers = inputs.map((input) => ask(together.engine, 'Encrypt', input));
  const sentBy = (rig: Rig): unknown[] =>
    rig.proxy.requests.filter(({ path }) => path.endsWith('encrypt')).map(({ body }) => JSON.parse(body).plaintext);
  for (const at of [2, 0, 0]) await together.proxy.release(at);
  const blobs = (await Promise.all(answers)).map(({ CiphertextBlob }) => CiphertextBlob ?? utf8(''));
  const inTurn = made();
  inTurn.proxy.isLate = false;
  for (const input of inputs) inTurn.engine.call('Encrypt', { ...input, KeyId: inTurn.KeyId });
  expect(sentBy(together.rig)).toEqual(sentBy(inTurn.rig));
  together.proxy.isLate = false;
  expect(blobs.map((blob) => together.engine.decrypt(blob))).toEqual(['a', 'b', 'c']);
  expect(together.engine.snapshot().world.streams).toEqual({
    ...inTurn.engine.snapshot().world.streams,
    // Three decryptions more, each with a turn of its own, and their requests.
    [`111122223333/us-east-1/Decrypt`]: 3,
    requests: 9,
  });
});

test('a call that fails behind its wait keeps its turn, and the next has the same bytes as without a wait', async () => {
  const seen: unknown[] = [];
  for (const isLate of [false, true]) {
    const { engine, KeyId, proxy } = made();
    proxy.isLate = isLate;
    proxy.change = () => ({ failure: 'unreachable' });
    const failing = ask(engine, 'GenerateDataKey', { KeyId, KeySpec: 'AES_256' });
    if (isLate) await proxy.release();
    await expect(failing).rejects.toThrow('cannot communicate');
    proxy.change = (same) => same;
    proxy.isLate = false;
    seen.push((await ask(engine, 'GenerateDataKey', { KeyId, KeySpec: 'AES_256' })).Plaintext);
  }
  expect(seen[0]).toEqual(seen[1]);
});

test('the state is judged again: what changed meanwhile is not written over', async () => {
  const { engine, KeyId, proxy } = made();
  const disabled = ask(engine, 'Encrypt', { KeyId, Plaintext: utf8('x') });
  engine.call('DisableKey', { KeyId });
  await proxy.release();
  await expect(disabled).rejects.toMatchObject({ code: 'DisabledException' });
  engine.call('EnableKey', { KeyId });

  // Two keys of one external key: whoever has his answer first has it.
  const store = engine.call('DescribeCustomKeyStores', {}).CustomKeyStores?.[0]?.CustomKeyStoreId ?? '';
  const input = { Origin: 'EXTERNAL_KEY_STORE', CustomKeyStoreId: store, XksKeyId: 'two' } as const;
  const [first, second] = [ask(engine, 'CreateKey', input), ask(engine, 'CreateKey', input)];
  await proxy.release(1);
  await proxy.release(0);
  expect((await second).KeyMetadata?.XksKeyConfiguration).toEqual({ Id: 'two' });
  await expect(first).rejects.toMatchObject({ code: 'XksKeyAlreadyInUseException' });
});

test('time that passed meanwhile has passed for the call', async () => {
  const { engine, KeyId, proxy } = made();
  const late = ask(engine, 'Encrypt', { KeyId, Plaintext: utf8('x') });
  engine.call('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 });
  engine.wait(86_400_000);
  await proxy.release();
  await expect(late).rejects.toMatchObject({
    code: 'KMSInvalidStateException',
    message: `${KeyId} is pending deletion.`,
  });
});

test('ReEncrypt asks twice, each once', async () => {
  const { engine, KeyId, proxy, rig } = made();
  proxy.isLate = false;
  const CiphertextBlob = engine.encrypt(KeyId);
  const store = engine.call('DescribeCustomKeyStores', {}).CustomKeyStores?.[0]?.CustomKeyStoreId ?? '';
  const DestinationKeyId = rig.externalKey(store, 'two').Arn;
  const asked = proxy.requests.length;
  proxy.isLate = true;
  const moved = ask(engine, 'ReEncrypt', { CiphertextBlob, DestinationKeyId });
  await proxy.release();
  expect(proxy.waiting).toBe(1);
  await proxy.release();
  const { CiphertextBlob: blob = utf8('') } = await moved;
  expect(proxy.requests.slice(asked).map(({ path }) => path.split('/').slice(-2))).toEqual([
    ['one', 'decrypt'],
    ['two', 'encrypt'],
  ]);
  proxy.isLate = false;
  expect(engine.decrypt(blob)).toBe('secret');
});

test('who asked may write over what he asked with', async () => {
  const { engine, KeyId, proxy } = made();
  const Plaintext = utf8('kept');
  const late = ask(engine, 'Encrypt', { KeyId, Plaintext });
  Plaintext.fill(0);
  await proxy.release();
  proxy.isLate = false;
  expect(engine.decrypt((await late).CiphertextBlob ?? utf8(''))).toBe('kept');
});

describe('a transport that rejects', () => {
  test('is one that reaches nobody', async () => {
    const { KeyId, engine, rig } = made();
    rig.proxy.isLate = false;
    const broken = Object.assign(engine.kms, { xks: () => Promise.reject(new Error('broken')) });
    const late = broken.dispatch(new Visit('Encrypt', { KeyId, Plaintext: utf8('x') }, 'direct', admin));
    await expect(late).rejects.toMatchObject({ code: 'KMSInvalidStateException' });
  });
});
