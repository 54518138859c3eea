// Clients of the AWS SDK that a program has made, answered by a simulation for a while.

import {
  DescribeKeyCommand,
  EncryptCommand,
  KMSClient,
  ListKeysCommand,
  NotFoundException,
  paginateListKeys,
} from '@aws-sdk/client-kms';
import { expect, test } from 'vitest';
import { createKmsim } from '../src/index.ts';
import { kmsimErrorOf } from './kmsim-error-of.ts';

const region = 'eu-west-1';

test('a client is answered until it is detached, and is then what it was', async () => {
  const sim = createKmsim({ seed: 1 });
  const client = new KMSClient({ region, credentials: { accessKeyId: 'own', secretAccessKey: 'own' } });
  const [{ requestHandler }, send] = [client.config, client.send];
  {
    using _ = sim.attach(client);
    const { KeyMetadata } = await sim.as(undefined, { region }).createKey({});
    const { Keys, $metadata } = await client.send(new ListKeysCommand({}));
    expect(Keys?.map(({ KeyArn }) => KeyArn)).toEqual([KeyMetadata?.Arn]);
    expect($metadata).toMatchObject({
      httpStatusCode: 200,
      attempts: 1,
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    const pages = [];
    for await (const page of paginateListKeys({ client }, { Limit: 1 })) pages.push(page.Keys?.length);
    expect(pages).toEqual([1]);
  }
  expect(client.send).toBe(send);
  expect(client.config.requestHandler).toBe(requestHandler);
  expect(await client.config.credentials()).toMatchObject({ accessKeyId: 'own' });
});

test('an error is the SDK’s own, and was asked for once', async () => {
  const sim = createKmsim({ seed: 1, trace: true });
  const client = new KMSClient({ region });
  sim.attach(client);
  const error = await client.send(new DescribeKeyCommand({ KeyId: 'alias/none' })).catch((raised: unknown) => raised);
  expect(error).toBeInstanceOf(NotFoundException);
  expect(sim.trace.lines().filter((line) => line.includes('"kind":"request"'))).toHaveLength(1);
  await expect(client.send(new DescribeKeyCommand({} as never))).rejects.toMatchObject({ name: 'ValidationException' });
});

test('the SDK tries again what is worth it, and gives up on what is not', async () => {
  const faults = {
    services: [
      { raise: 'ThrottlingException', count: 1 },
      { raise: 'ConnectionReset', count: 1 },
    ],
  };
  const sim = createKmsim({ seed: 1, faults });
  const client = new KMSClient({ region, maxAttempts: 3, retryStrategy: undefined as never });
  sim.attach(client);
  const { $metadata } = await client.send(new ListKeysCommand({}));
  expect($metadata.attempts).toBe(3);
  expect(sim.faults.counts).toEqual({ ThrottlingException: 1, ConnectionReset: 1 });
});

test('a client that keeps its middleware keeps nothing of a call that failed', async () => {
  const sim = createKmsim({ seed: 1 });
  const credentials = { accessKeyId: 'own', secretAccessKey: 'own' };
  const client = new KMSClient({
    region,
    credentials,
    cacheMiddleware: true,
    maxAttempts: 1,
    endpoint: 'http://127.0.0.1:1',
  });
  const attached = sim.attach(client);
  for (const times of [1, 2, 3]) {
    sim.faults.set({ services: [{ raise: 'ThrottlingException', count: 1 }] });
    await expect(client.send(new ListKeysCommand({}))).rejects.toMatchObject({ name: 'ThrottlingException' });
    expect(sim.trail.events).toHaveLength(times);
  }
  attached.detach();
  expect(client.config.cacheMiddleware).toBe(true);
  await expect(client.send(new ListKeysCommand({}))).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});

test('callbacks, abort signals and middleware have their say', async () => {
  const sim = createKmsim({ seed: 1 });
  const client = new KMSClient({ region });
  sim.attach(client);
  const called = await new Promise<readonly unknown[]>((resolve) => {
    client.send(new ListKeysCommand({}), (...given) => resolve(given));
  });
  expect(called).toEqual([null, expect.objectContaining({ Keys: [] })]);
  const failed = await new Promise<readonly unknown[]>((resolve) => {
    client.send(new DescribeKeyCommand({ KeyId: 'none' }), {}, (...given) => resolve(given));
  });
  expect(failed[0]).toMatchObject({ name: 'NotFoundException' });
  const abortSignal = AbortSignal.abort();
  await expect(client.send(new ListKeysCommand({}), { abortSignal })).rejects.toMatchObject({ name: 'AbortError' });
});

test('who calls is said when it is attached; the Region is the client’s own', async () => {
  const sim = createKmsim({ seed: 1 });
  const [mine, elsewhere] = [new KMSClient({ region }), new KMSClient({ region })];
  sim.attach(mine, { as: 'arn:aws:iam::000000000000:role/App' });
  sim.attach(elsewhere, { region: 'us-west-2' });
  await sim.as(undefined, { region: 'us-west-2' }).createKey({});
  await expect(mine.send(new ListKeysCommand({}))).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message: expect.stringContaining('role/App'),
  });
  expect((await elsewhere.send(new ListKeysCommand({}))).Keys).toHaveLength(1);
});

test('attached twice, the later simulation answers alone, and is detached in any order', async () => {
  const [one, two] = [createKmsim({ seed: 1 }), createKmsim({ seed: 2 })];
  const client = new KMSClient({ region });
  const outer = one.attach(client);
  const inner = two.attach(client, { as: 'arn:aws:iam::000000000000:role/App' });
  // What the later refuses nobody else is asked for.
  await expect(client.send(new ListKeysCommand({}))).rejects.toMatchObject({ name: 'AccessDeniedException' });
  expect([one.trail.events.length, two.trail.events.length]).toEqual([0, 1]);
  inner.detach();
  await client.send(new ListKeysCommand({}));
  expect(one.trail.events).toHaveLength(1);
  const again = two.attach(client);
  outer.detach();
  outer.detach();
  await client.send(new ListKeysCommand({}));
  expect([one.trail.events.length, two.trail.events.length]).toEqual([1, 2]);
  again.detach();
  expect(Object.hasOwn(client, 'send')).toBe(false);
});

test('bytes belong to who has them', async () => {
  const sim = createKmsim({ seed: 1 });
  const client = new KMSClient({ region });
  sim.attach(client);
  const { KeyMetadata } = await sim.as(undefined, { region }).createKey({});
  const Plaintext = Buffer.from('in a pool');
  const { CiphertextBlob } = await client.send(new EncryptCommand({ KeyId: KeyMetadata?.KeyId, Plaintext }));
  expect(Plaintext.toString()).toBe('in a pool');
  expect(CiphertextBlob?.buffer.byteLength).toBe(CiphertextBlob?.length);
});

test('what is no client, and what is closed, is told at once', async () => {
  const sim = createKmsim({ seed: 1 });
  expect(kmsimErrorOf(() => sim.attach({} as never)).message).toMatch(/takes a KMSClient of the AWS SDK/);
  const client = new KMSClient({ region });
  sim.attach(client);
  sim.close();
  await expect(client.send(new ListKeysCommand({}))).rejects.toMatchObject({ code: 'Closed' });
  expect(kmsimErrorOf(() => sim.attach(client)).code).toBe('Closed');
});
