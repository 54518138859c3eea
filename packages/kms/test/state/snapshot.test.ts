// Snapshots: plain data, restored to an engine that goes on as if nothing had been.

import { chooseBackend } from '@kmsim/hsm-core';
import { liveWorld, simulatedWorld } from '@kmsim/world';
import { describe, expect, test } from 'vitest';
import { createKms } from '../../src/kms.ts';
import { Visit } from '../../src/operation.ts';
import { type KmsSnapshot, restoreSnapshot, takeSnapshot } from '../../src/state/snapshot.ts';
import { administratorOf, caller, dayMs, ours, TestEngine, utf8 } from '../engine.ts';
import { alice, grantOn } from '../granting.ts';

// A bit of everything that a record can hold.
function furnished(): TestEngine {
  const engine = new TestEngine({ seed: 'furnished' });
  const plain = engine.createKey({
    Tags: [
      { TagKey: 'b', TagValue: '1' },
      { TagKey: 'a', TagValue: '2' },
    ],
  });
  const disabled = engine.createKey({ MultiRegion: true });
  const pending = engine.createKey();
  engine.createKey({ Origin: 'EXTERNAL' });
  engine.createKey({ KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' });
  engine.call('CreateAlias', { AliasName: 'alias/b', TargetKeyId: plain.KeyId });
  engine.call('CreateAlias', { AliasName: 'alias/a', TargetKeyId: plain.KeyId });
  engine.call('EnableKeyRotation', { KeyId: plain.KeyId, RotationPeriodInDays: 90 });
  engine.call('EnableKeyRotation', { KeyId: disabled.KeyId, RotationPeriodInDays: 90 });
  engine.call('DisableKey', { KeyId: disabled.KeyId });
  engine.encrypt(plain.KeyId);
  engine.wait(100 * dayMs);
  engine.call('ScheduleKeyDeletion', { KeyId: pending.KeyId });
  engine.call('DescribeKey', { KeyId: 'alias/aws/s3' });
  engine.call('RotateKeyOnDemand', { KeyId: plain.KeyId });
  engine.call('UntagResource', { KeyId: plain.KeyId, TagKeys: ['b'] });
  grantOn(engine, plain.KeyId, { Name: 'n', Constraints: { EncryptionContextSubset: { a: 'b' } } });
  grantOn(engine, plain.KeyId, { RetiringPrincipal: alice.principal.arn });
  return engine;
}

const throughJson = (snapshot: KmsSnapshot): KmsSnapshot => JSON.parse(JSON.stringify(snapshot)) as KmsSnapshot;
const text = (engine: TestEngine): string => JSON.stringify(engine.snapshot());

// What happens next: records change in every way, and time passes.
function goOn(engine: TestEngine): string {
  const keys = engine.call('ListKeys', {}).Keys ?? [];
  const [plain = {}, disabled = {}, pending = {}] = keys;
  const log: unknown[] = [
    engine.call('EnableKey', { KeyId: disabled.KeyId ?? '' }),
    engine.call('CancelKeyDeletion', { KeyId: pending.KeyId ?? '' }),
    engine.call('EnableKey', { KeyId: pending.KeyId ?? '' }),
    // Members that JSON left out come back in their places.
    engine.call('EnableKeyRotation', { KeyId: pending.KeyId ?? '', RotationPeriodInDays: 90 }),
    engine.call('RotateKeyOnDemand', { KeyId: pending.KeyId ?? '' }),
    text(engine),
    engine.call('Encrypt', { KeyId: plain.KeyId ?? '', Plaintext: utf8('x') }),
    engine.call('Encrypt', { KeyId: plain.KeyArn ?? '', Plaintext: utf8('x') }, alice),
    engine.call('ListGrants', { KeyId: plain.KeyId ?? '' }),
    grantOn(engine, plain.KeyId ?? ''),
    engine.call('GenerateDataKey', { KeyId: plain.KeyId ?? '', NumberOfBytes: 100 }),
    engine.createKey(),
    engine.call('TagResource', { KeyId: plain.KeyId ?? '', Tags: [{ TagKey: 'c', TagValue: '' }] }),
    engine.call('EnableKeyRotation', { KeyId: engine.createKey().KeyId, RotationPeriodInDays: 91 }),
  ];
  engine.wait(400 * dayMs);
  log.push(engine.call('ListKeyRotations', { KeyId: plain.KeyId ?? '', IncludeKeyMaterial: 'ALL_KEY_MATERIAL' }));
  log.push(engine.call('ScheduleKeyDeletion', { KeyId: plain.KeyId ?? '', PendingWindowInDays: 7 }));
  engine.wait(8 * dayMs);
  log.push(engine.call('ListAliases', {}), engine.call('GenerateRandom', { NumberOfBytes: 200 }), engine.kms.refuse());
  return (
    JSON.stringify(log, (_key, value) => (value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value)) +
    text(engine)
  );
}

describe('a snapshot', () => {
  test('restored and taken again is the same, byte for byte', () => {
    const engine = furnished();
    const again = new TestEngine({ snapshot: throughJson(engine.snapshot()) });
    expect(text(again)).toBe(text(engine));
  });

  test('restored goes on as the original does, byte for byte, through JSON or not', () => {
    const engine = furnished();
    const snapshot = engine.snapshot();
    const stored = throughJson(snapshot);
    const expected = goOn(engine);
    for (const each of [snapshot, stored]) expect(goOn(new TestEngine({ snapshot: each }))).toBe(expected);
  });

  test('is apart from the engine that it was taken of, and from the one that it is restored to', () => {
    const engine = furnished();
    const before = text(engine);
    const snapshot = engine.snapshot();
    const again = new TestEngine({ snapshot });
    const open = '{"Statement":{"Effect":"Allow","Principal":"*","Action":"kms:*","Resource":"*"}}';
    const [, record] = snapshot.state.keys[0] ?? expect.fail('no key');
    Object.assign(record, { policy: open });
    Object.assign(record.tags, { 0: ['stage', 'other'] });
    expect(text(engine)).toBe(before);
    expect(text(again)).toBe(before);
  });

  test('stands still while the engine goes on', () => {
    const engine = furnished();
    const snapshot = engine.snapshot();
    const before = JSON.stringify(snapshot);
    goOn(engine);
    expect(JSON.stringify(snapshot)).toBe(before);
  });

  test('can be restored as often as one likes, each time apart from the others', () => {
    const snapshot = furnished().snapshot();
    const [one, two] = [new TestEngine({ snapshot }), new TestEngine({ snapshot })];
    const { KeyId = '' } = one.call('ListKeys', {}).Keys?.[0] ?? {};
    one.call('DisableKey', { KeyId });
    expect(two.keyState(KeyId)).toBe('Enabled');
  });

  test('of an empty engine is a snapshot', () => {
    const engine = new TestEngine();
    expect(text(new TestEngine({ snapshot: throughJson(engine.snapshot()) }))).toBe(text(engine));
  });

  test('takes markers along', () => {
    const engine = furnished();
    const { NextMarker: Marker } = engine.call('ListKeys', { Limit: 2 });
    const again = new TestEngine({ snapshot: engine.snapshot() });
    expect(again.call('ListKeys', { Marker })).toEqual(engine.call('ListKeys', { Marker }));
  });

  test('takes identities along', () => {
    const engine = new TestEngine();
    engine.attach(administratorOf(ours), { Effect: 'Allow', Action: 'kms:ListKeys', Resource: '*' });
    const again = new TestEngine({ snapshot: throughJson(engine.snapshot()) });
    again.call('ListKeys', {});
    expect(again.refusal('CreateKey', {}).code).toBe('AccessDeniedException');
  });
});

describe('a snapshot of a live world', () => {
  const backend = chooseBackend('portable') ?? expect.fail('no backend');

  test('is restored in this process, with new randomness', () => {
    const live = createKms({ world: liveWorld(), backend });
    const rootUser = caller(`arn:aws:iam::${ours}:root`);
    const make = (kms: typeof live) =>
      (kms.dispatch(new Visit('CreateKey', {}, 'direct', rootUser)) as { KeyMetadata: { KeyId: string } }).KeyMetadata
        .KeyId;
    const KeyId = make(live);
    const input = { KeyId, Plaintext: utf8('x') };
    const { CiphertextBlob } = live.dispatch(new Visit('Encrypt', input, 'direct', rootUser)) as {
      CiphertextBlob: Uint8Array;
    };
    const snapshot = throughJson(takeSnapshot(live));
    expect(snapshot.world).not.toHaveProperty('seed');
    const forks = [0, 1].map(() => createKms({ world: liveWorld({ position: snapshot.world }), backend }));
    for (const kms of forks) {
      expect(restoreSnapshot(kms, snapshot)).toBeUndefined();
      expect(kms.dispatch(new Visit('Decrypt', { CiphertextBlob }, 'direct', rootUser))).toMatchObject({
        Plaintext: utf8('x'),
      });
    }
    expect(new Set([live, ...forks].map(make)).size).toBe(3);
  });
});

describe('what cannot be restored', () => {
  const backend = chooseBackend('portable') ?? expect.fail('no backend');
  const restore = (snapshot: unknown, seed = 'furnished') =>
    restoreSnapshot(createKms({ world: simulatedWorld({ seed }), backend }), snapshot as KmsSnapshot);
  const good = furnished().snapshot();

  test.each([
    ['null', null],
    ['a text', 'kmsim snapshot 1'],
    ['an empty object', {}],
    ['another format', { ...good, format: 'kmsim snapshot 2' }],
    ['no vault', { ...good, vault: undefined }],
    ['no state', { ...good, state: undefined }],
    ['a state without tables', { ...good, state: { nextOrdinal: 1 } }],
    ['a state of before there were grants', { ...good, state: { ...good.state, grants: undefined } }],
    ['what JSON cannot carry', { ...good, state: { ...good.state, usages: [['k', { at: 1n }]] } }],
    ['tables that are no lists', { ...good, state: { ...good.state, keys: {} } }],
  ])('%s is not a snapshot', (_what, snapshot) => {
    expect(restore(snapshot)).toBe('not a snapshot');
  });

  test('another seed does not open it', () => {
    expect(restore(good, 'another')).toBe('sealed for another world');
  });

  test.each([
    ['one byte changed', `${good.vault.slice(0, 40)}${good.vault[40] === 'A' ? 'B' : 'A'}${good.vault.slice(41)}`],
    ['cut short', good.vault.slice(0, -8)],
    ['no base64', '!'],
    ['nothing', ''],
  ])('a vault with %s does not open', (_what, vault) => {
    const kms = createKms({ world: simulatedWorld({ seed: 'furnished' }), backend });
    const before = JSON.stringify(takeSnapshot(kms));
    expect(restoreSnapshot(kms, { ...good, vault })).toBe('sealed for another world');
    expect(JSON.stringify(takeSnapshot(kms))).toBe(before);
  });
});

test('a record that was changed by hand is refused, and nothing is restored', () => {
  const saved = throughJson(furnished().snapshot());
  const [first, ...rest] = saved.state.keys;
  if (first === undefined) expect.fail('no key');
  const changed = { ...saved, state: { ...saved.state, keys: [[first[0], { ...first[1], enabled: false }], ...rest] } };
  const backend = chooseBackend('portable');
  if (backend === undefined) expect.fail('no backend');
  const kms = createKms({ world: simulatedWorld({ seed: '', position: saved.world }), backend });
  expect(restoreSnapshot(kms, changed as KmsSnapshot)).toBe('sealed for another world');
  expect(kms.state.records().keys).toEqual([]);
});

test('a snapshot of before custom key stores opens', () => {
  const engine = furnished();
  const taken = engine.snapshot();
  const { endpointServices: _, keyStores: __, ...state } = taken.state;
  const text = JSON.stringify(['kmsim snapshot 1', taken.world, state, taken.vault]);
  const seal = Buffer.from(engine.kms.vault.authenticate(engine.kms.world.key('snapshot'), text)).toString('base64');
  const old = { ...taken, state, seal } as unknown as KmsSnapshot;
  const restored = new TestEngine({ snapshot: old });
  expect(restored.everything()).toBe(engine.everything());
});

test('a snapshot without a table of before is none', () => {
  const engine = furnished();
  const { keys: _, ...state } = engine.snapshot().state;
  expect(restoreSnapshot(new TestEngine().kms, { ...engine.snapshot(), state } as unknown as KmsSnapshot)).toBe(
    'not a snapshot',
  );
});
