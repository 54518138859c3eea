// sim.trail: what is kept, found, exported, and what becomes of it in forks, marks and snapshots.

import { inspect } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { DecryptCommand, KMSClient } from '@aws-sdk/client-kms';
import { describe, expect, test } from 'vitest';
import { createKmsim, type Kmsim, type KmsimOptions } from '../src/index.ts';
import { kmsimErrorOf } from './kmsim-error-of.ts';

const app = 'arn:aws:iam::000000000000:role/App';
const options: KmsimOptions = {
  seed: 'trail',
  identities: [{ arn: app, policies: { p: { Statement: { Effect: 'Allow', Action: 'kms:*', Resource: '*' } } } }],
};

async function keyOf(sim: Kmsim): Promise<string> {
  return (await sim.as().createKey()).KeyMetadata?.Arn ?? '';
}

describe('find', () => {
  const sim = createKmsim(options);
  let KeyId = '';

  test('by operation, key, principal, error and time, and by all of them', async () => {
    KeyId = await keyOf(sim);
    const id = KeyId.slice(-36);
    await sim.as().createAlias({ AliasName: 'alias/orders', TargetKeyId: id });
    sim.clock.advance('1 hour');
    const noon = sim.clock.now();
    await sim.as(app, { session: { name: 'one' } }).encrypt({ KeyId: 'alias/orders', Plaintext: new Uint8Array(3) });
    await expect(sim.as('arn:aws:iam::000000000000:user/x').describeKey({ KeyId })).rejects.toThrow();
    sim.clock.advance('1 hour');
    await sim.as().scheduleKeyDeletion({ KeyId: id, PendingWindowInDays: 7 });
    sim.clock.advance('8 days');
    const names = (...query: Parameters<typeof sim.trail.find>) => sim.trail.find(...query).map((e) => e.eventName);
    expect(names({})).toEqual([
      'CreateKey',
      'CreateAlias',
      'Encrypt',
      'DescribeKey',
      'ScheduleKeyDeletion',
      'DeleteKey',
    ]);
    expect(names({ operation: 'DeleteKey' })).toEqual(['DeleteKey']);
    expect(names({ key: KeyId })).toEqual(names({}));
    expect(names({ key: id })).toEqual(names({}));
    expect(names({ key: 'alias/orders' })).toEqual(['CreateAlias', 'Encrypt']);
    expect(names({ principal: app })).toEqual(['Encrypt']);
    expect(names({ principal: 'arn:aws:sts::000000000000:assumed-role/App/one' })).toEqual(['Encrypt']);
    expect(names({ principal: 'AWS Internal' })).toEqual(['DeleteKey']);
    expect(names({ errorCode: 'AccessDenied' })).toEqual(['DescribeKey']);
    expect(names({ errorCode: 'AccessDeniedException' })).toEqual(['DescribeKey']);
    expect(names({ operation: 'kms:Encrypt' })).toEqual(['Encrypt']);
    expect(names({ errorCode: 'any' })).toEqual(['DescribeKey']);
    expect(names({ errorCode: 'none' })).toHaveLength(5);
    expect(names({ since: noon, until: noon })).toEqual(['Encrypt', 'DescribeKey']);
    expect(names({ since: '2026-01-02' })).toEqual(['DeleteKey']);
    expect(names({ principal: app, errorCode: 'any' })).toEqual([]);
    expect(names((event) => event.readOnly)).toEqual(['Encrypt', 'DescribeKey']);
    expect(sim.trail.last()?.eventName).toBe('DeleteKey');
    expect(sim.trail.last({ operation: 'CreateKey' })?.eventName).toBe('CreateKey');
    expect(sim.trail.last({ operation: 'Sign' })).toBeUndefined();
  });

  test('a query that cannot mean anything is refused', () => {
    const wrong = [{ operation: 'Decript' }, { operations: 'Decrypt' }, { key: 7 }, { errorCode: '' }, 'Decrypt', null];
    for (const query of wrong) expect(kmsimErrorOf(() => sim.trail.find(query as never)).code).toBe('InvalidOption');
    expect(kmsimErrorOf(() => sim.trail.find({ errorCode: 'AccesDenied' })).problem).toContain(
      'Did you mean AccessDenied?',
    );
    expect(kmsimErrorOf(() => sim.trail.find({ errorCode: 'NoSuchKey' })).code).toBe('InvalidOption');
    expect(kmsimErrorOf(() => sim.trail.find({ operation: 'kms:Decript' })).problem).toContain('Did you mean Decrypt?');
    expect(kmsimErrorOf(() => sim.trail.find({ since: 'yesterday' })).code).toBe('InvalidInstant');
    expect(kmsimErrorOf(() => sim.trail.stream('file' as never)).code).toBe('InvalidOption');
  });
});

describe('export', () => {
  test('as a log file, compressed as well, as JSON and on a console', async () => {
    const sim = createKmsim(options);
    await keyOf(sim);
    const records = sim.trail.events;
    expect(JSON.parse(sim.trail.file())).toEqual({ Records: records });
    expect(gunzipSync(await sim.trail.gzip()).toString('utf8')).toBe(sim.trail.file());
    expect(JSON.stringify(sim.trail)).toBe(sim.trail.file());
    expect(inspect(sim.trail)).toBe('SimTrail { events: 1, dropped: 0 }');
    sim.trail.clear();
    expect(JSON.parse(sim.trail.file())).toEqual({ Records: [] });
  });

  // https://docs.aws.amazon.com/kms/latest/developerguide/kms-events.html
  test('as events of EventBridge: what KMS sends, and what CloudTrail delivers', async () => {
    const sim = createKmsim(options);
    const KeyId = await keyOf(sim);
    await sim.as().describeKey({ KeyId });
    const first = (await sim.as().rotateKeyOnDemand({ KeyId })).KeyId;
    sim.clock.advance('1 minute');
    await sim.as().scheduleKeyDeletion({ KeyId });
    sim.clock.advance('30 days');
    const types = sim.trail.eventBridge.map((event) => event['detail-type']);
    expect(types).toEqual([
      ...Array(2).fill('AWS API Call via CloudTrail'),
      'KMS CMK Rotation',
      'AWS Service Event via CloudTrail',
      'AWS API Call via CloudTrail',
      'KMS CMK Deletion',
      'AWS Service Event via CloudTrail',
    ]);
    const all = sim.trail.eventBridgeEvents({ readOnly: true });
    expect(all).toHaveLength(types.length + 1);
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    const [rotation, delivered] = sim.trail.eventBridge.slice(2);
    const { serviceEventDetails } = sim.trail.last({ operation: 'RotateKey' }) ?? expect.fail();
    expect(rotation).toEqual({
      version: '0',
      id: rotation?.id,
      'detail-type': 'KMS CMK Rotation',
      source: 'aws.kms',
      account: '000000000000',
      time: '2026-01-01T00:00:01Z',
      region: 'us-east-1',
      resources: [first],
      detail: {
        'key-id': KeyId.slice(-36),
        'key-origin': 'AWS_KMS',
        'rotation-type': 'ON_DEMAND',
        'previous-key-material-id': serviceEventDetails?.['previousKeyMaterialId'],
        'current-key-material-id': serviceEventDetails?.['currentKeyMaterialId'],
      },
    });
    expect(delivered?.detail.eventName).toBe('RotateKey');
    expect(rotation?.detail.eventName).toBeUndefined();
    expect(delivered?.detail).toEqual(sim.trail.last({ operation: 'RotateKey' }));
    expect(sim.trail.eventBridge.at(-2)).toMatchObject({ resources: [KeyId], detail: { 'key-id': KeyId.slice(-36) } });
  });
});

describe('how much is kept', () => {
  test('the newest, and how many are gone is told', async () => {
    const sim = createKmsim({ ...options, trail: { keep: 2 } });
    for (let call = 0; call < 5; call++) await sim.as().listKeys({ Limit: call + 1 });
    expect(sim.trail.events.map(({ requestParameters }) => requestParameters?.['limit'])).toEqual([4, 5]);
    expect(sim.trail.dropped).toBe(3);
  });

  test('nothing, where it is off', async () => {
    const sim = createKmsim({ ...options, trail: 'off' });
    await keyOf(sim);
    expect(kmsimErrorOf(() => sim.trail.events).code).toBe('NoTrail');
    expect(kmsimErrorOf(() => sim.fork().trail.events).code).toBe('NoTrail');
  });

  test('anything else is refused', () => {
    for (const trail of ['on', { keep: -1 }, { keep: 1.5 }, { keep: 1e9 }, { kept: 1 }, 5, null])
      expect(kmsimErrorOf(() => createKmsim({ trail } as unknown as KmsimOptions)).code).toBe('InvalidOption');
  });
});

test('whoever reads a record cannot write it', async () => {
  const sim = createKmsim({ seed: 1 });
  await sim.as().createKey({ Tags: [{ TagKey: 'a', TagValue: 'b' }] });
  const record = sim.trail.events[0] as unknown as { requestParameters: { tags: unknown[] } };
  expect(() => Object.assign(record, { eventName: 'Other' })).toThrow(TypeError);
  expect(() => record.requestParameters.tags.push(1)).toThrow(TypeError);
  expect(sim.fork().trail.events[0]?.eventName).toBe('CreateKey');
});

describe('forks, marks and snapshots', () => {
  test('a fork goes on from a copy, with as much kept as before', async () => {
    const sim = createKmsim({ ...options, trail: { keep: 3 } });
    const KeyId = await keyOf(sim);
    const fork = sim.fork();
    expect(fork.trail.events).toEqual(sim.trail.events);
    for (let call = 0; call < 3; call++) await fork.as().describeKey({ KeyId });
    expect(fork.trail.events.map(({ eventName }) => eventName)).toEqual(Array(3).fill('DescribeKey'));
    expect(sim.trail.events.map(({ eventName }) => eventName)).toEqual(['CreateKey']);
  });

  test('a mark takes what came later away; the same calls have the same events again', async () => {
    const sim = createKmsim(options);
    const KeyId = await keyOf(sim);
    const mark = sim.mark();
    const heard: string[] = [];
    const stream = sim.trail.stream((line) => heard.push(line));
    await sim.as().describeKey({ KeyId });
    const text = sim.trail.file();
    sim.rewind(mark);
    expect(sim.trail.events).toHaveLength(1);
    await sim.as().describeKey({ KeyId });
    expect(sim.trail.file()).toBe(text);
    // A stream goes on over a rewind: it has written what was.
    expect(heard).toHaveLength(2);
    expect(heard[0]).toBe(heard[1]);
    stream.close();
  });

  test('a snapshot has no events', async () => {
    const sim = createKmsim(options);
    const KeyId = await keyOf(sim);
    const restored = createKmsim({ snapshot: JSON.parse(JSON.stringify(sim.snapshot())) });
    expect(restored.trail.events).toEqual([]);
    await restored.as().describeKey({ KeyId });
    await sim.as().describeKey({ KeyId });
    expect(restored.trail.events).toEqual([sim.trail.last()]);
  });
});

test('the SDK is seen as it introduces itself, and its retries are events', async () => {
  const sim = createKmsim(options);
  const KeyId = await keyOf(sim);
  const { CiphertextBlob } = await sim.as().encrypt({ KeyId, Plaintext: new Uint8Array(3) });
  sim.faults.set({ services: [{ raise: 'ThrottlingException', operations: ['Decrypt'], count: 2 }] });
  const client = new KMSClient({ ...sim.clientConfig({ as: app }), maxAttempts: 3 });
  await client.send(new DecryptCommand({ CiphertextBlob }));
  const events = sim.trail.find({ operation: 'Decrypt' });
  expect(events.map(({ errorCode }) => errorCode)).toEqual(['ThrottlingException', 'ThrottlingException', undefined]);
  expect(events[0]).toMatchObject({
    userAgent: expect.stringMatching(/^aws-sdk-js\//),
    sourceIPAddress: '127.0.0.1',
    tlsDetails: { clientProvidedHostHeader: 'kms.us-east-1.amazonaws.com' },
  });
});
