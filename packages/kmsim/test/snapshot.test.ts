// Snapshots: the whole simulation as one plain value, and going on from it.

import { describe, expect, test } from 'vitest';
import { createKmsim, type Kmsim, type KmsimOptions, type KmsimSnapshot } from '../src/index.ts';
import { kmsimErrorOf } from './kmsim-error-of.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (data: Uint8Array | undefined): string => new TextDecoder().decode(data);
const app = 'arn:aws:iam::000000000000:role/App';

/** A bit of everything that a record can hold. */
async function live(sim: Kmsim): Promise<Uint8Array | undefined> {
  const kms = sim.as();
  const { KeyMetadata } = await kms.createKey({ Description: 'first', Tags: [{ TagKey: 'a', TagValue: 'b' }] });
  const KeyId = KeyMetadata?.KeyId ?? '';
  await kms.createAlias({ AliasName: 'alias/first', TargetKeyId: KeyId });
  await kms.createKey({ MultiRegion: true });
  await kms.describeKey({ KeyId: 'alias/aws/s3' });
  await kms.enableKeyRotation({ KeyId, RotationPeriodInDays: 90 });
  await kms.rotateKeyOnDemand({ KeyId });
  sim.clock.advance('10 days');
  const doomed = (await kms.createKey()).KeyMetadata?.KeyId ?? '';
  await kms.scheduleKeyDeletion({ KeyId: doomed, PendingWindowInDays: 20 });
  sim.identities.put({
    arn: app,
    policies: {
      list: { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'kms:ListKeys', Resource: '*' } },
    },
  });
  return (await kms.encrypt({ KeyId, Plaintext: bytes('kept'), EncryptionContext: { a: 'b' } })).CiphertextBlob;
}

async function goOn(sim: Kmsim): Promise<string> {
  const kms = sim.as();
  sim.clock.advance('100 days');
  await kms.disableKeyRotation({ KeyId: (await kms.describeKey({ KeyId: 'alias/first' })).KeyMetadata?.KeyId ?? '' });
  const answers = [
    await kms.generateDataKey({ KeyId: 'alias/first', KeySpec: 'AES_256' }),
    await kms.createKey({ Description: 'later' }),
    await kms.listKeys({ Limit: 2 }),
    await kms.generateRandom({ NumberOfBytes: 16 }),
    await kms.listKeyRotations({ KeyId: (await kms.describeKey({ KeyId: 'alias/first' })).KeyMetadata?.KeyId ?? '' }),
  ];
  return JSON.stringify([answers, sim.snapshot()]);
}

const throughJson = (snapshot: KmsimSnapshot): KmsimSnapshot => JSON.parse(JSON.stringify(snapshot)) as KmsimSnapshot;

describe.each([
  ['with a seed', { seed: 'snapshots' }],
  ['live', {}],
] as const)('%s', (_, options) => {
  test('a snapshot goes through JSON, restores everything and is the same snapshot again', async () => {
    const sim = createKmsim({ ...options, region: 'eu-west-1', account: '111122223333' });
    const CiphertextBlob = await live(sim);
    const saved = throughJson(sim.snapshot());
    const again = createKmsim({ snapshot: saved });
    expect(again).toMatchObject({ region: 'eu-west-1', account: '111122223333', seed: sim.seed });
    expect(again.clock.now().getTime()).toBeGreaterThanOrEqual(saved.kms.world.now);
    expect(text((await again.as().decrypt({ CiphertextBlob, EncryptionContext: { a: 'b' } })).Plaintext)).toBe('kept');
    expect((await again.as().listKeys()).Keys).toHaveLength(4);
    await expect(again.as(app.replace('000000000000', '111122223333')).listKeys()).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
    expect(again.snapshot().kms).toMatchObject({
      state: { keys: saved.kms.state.keys, aliases: saved.kms.state.aliases },
      vault: saved.kms.vault,
    });
    again.clock.advance('20 days');
    expect((await again.as().listKeys()).Keys).toHaveLength(3);
  });

  test('what is restored is another simulation, as often as you like', async () => {
    const sim = createKmsim(options);
    await live(sim);
    const saved = sim.snapshot();
    const before = JSON.stringify(saved);
    const [one, two] = [createKmsim({ snapshot: saved }), createKmsim({ snapshot: saved })];
    await one.as().createAlias({
      AliasName: 'alias/one',
      TargetKeyId: (await one.as().describeKey({ KeyId: 'alias/first' })).KeyMetadata?.KeyId ?? '',
    });
    await one.as().updateKeyDescription({ KeyId: saved.kms.state.keys[0]?.[1].id ?? '', Description: 'changed' });
    one.clock.advance('400 days');
    expect(JSON.stringify(saved)).toBe(before);
    for (const other of [sim, two]) {
      await expect(other.as().describeKey({ KeyId: 'alias/one' })).rejects.toMatchObject({ name: 'NotFoundException' });
      expect((await other.as().describeKey({ KeyId: 'alias/first' })).KeyMetadata?.Description).toBe('first');
    }
    sim.close();
    expect((await two.as().listKeys()).Keys).toHaveLength(4);
  });

  test('a snapshot that is altered anywhere in the vault is refused', async () => {
    const sim = createKmsim(options);
    await live(sim);
    const saved = sim.snapshot();
    const { vault } = saved.kms;
    const swap = (at: number): string => `${vault.slice(0, at)}${vault[at] === 'A' ? 'B' : 'A'}${vault.slice(at + 1)}`;
    // The last character before the padding may have bits that no byte has.
    const places = [0, 10, 16, 17, vault.length >> 1, vault.length - 8];
    const altered = [...places.map(swap), '', vault.slice(0, -4), `${vault}AAAA`, 'no base64!', vault.slice(4)];
    for (const text of altered) {
      const snapshot = { ...saved, kms: { ...saved.kms, vault: text } };
      expect(kmsimErrorOf(() => createKmsim({ snapshot })).code).toBe('InvalidSnapshot');
    }
  });
});

describe('with a seed', () => {
  test('going on from a snapshot is going on', async () => {
    const run = async (restore: (sim: Kmsim) => Kmsim): Promise<string> => {
      const sim = createKmsim({ seed: 'same' });
      await live(sim);
      return goOn(restore(sim));
    };
    const straight = await run((sim) => sim);
    expect(await run((sim) => createKmsim({ snapshot: sim.snapshot() }))).toBe(straight);
    expect(await run((sim) => createKmsim({ snapshot: throughJson(sim.snapshot()) }))).toBe(straight);
    expect(await run((sim) => createKmsim({ snapshot: structuredClone(sim.snapshot()), backend: 'portable' }))).toBe(
      straight,
    );
    expect(await run((sim) => createKmsim({ snapshot: sim.snapshot(), seed: 'same' }))).toBe(straight);
  });

  test('another seed does not open it, and a start has nothing to say', async () => {
    const sim = createKmsim({ seed: 'same' });
    await live(sim);
    const snapshot = sim.snapshot();
    const other = { ...snapshot, kms: { ...snapshot.kms, world: { ...snapshot.kms.world, seed: 'other' } } };
    expect(kmsimErrorOf(() => createKmsim({ snapshot: other })).code).toBe('InvalidSnapshot');
    expect(kmsimErrorOf(() => createKmsim({ snapshot, seed: 'other' }))).toMatchObject({
      code: 'InvalidOption',
      problem: expect.stringContaining('seed'),
    });
    expect(kmsimErrorOf(() => createKmsim({ snapshot, start: '2030-01-01' }))).toMatchObject({ code: 'InvalidOption' });
  });
});

describe('live', () => {
  test('opens only in the process that took it', async () => {
    const sim = createKmsim();
    await live(sim);
    const snapshot = sim.snapshot();
    expect(JSON.stringify(snapshot.kms.world)).not.toContain('seed');
    const { instance: _, ...world } = snapshot.kms.world;
    const elsewhere = { ...snapshot, kms: { ...snapshot.kms, world: { ...world, seed: 'guess' } } };
    expect(kmsimErrorOf(() => createKmsim({ snapshot: elsewhere })).code).toBe('InvalidSnapshot');
    expect(kmsimErrorOf(() => createKmsim({ snapshot, seed: 'guess' })).code).toBe('InvalidOption');
  });

  test('two that go on from one snapshot draw different bytes', async () => {
    const sim = createKmsim();
    await live(sim);
    const snapshot = sim.snapshot();
    const draw = async (from: Kmsim): Promise<string> =>
      Buffer.from((await from.as().generateRandom({ NumberOfBytes: 32 })).Plaintext ?? []).toString('hex');
    const drawn = [await draw(sim), await draw(createKmsim({ snapshot })), await draw(createKmsim({ snapshot }))];
    expect(new Set(drawn).size).toBe(3);
  });
});

test('another account brings its own administrator', async () => {
  const sim = createKmsim({ seed: 1 });
  await live(sim);
  const other = createKmsim({ snapshot: sim.snapshot(), account: '111122223333', region: 'us-west-2' });
  expect((await other.as().listKeys()).Keys).toEqual([]);
  await expect(other.as().createKey()).resolves.toMatchObject({ KeyMetadata: { AWSAccountId: '111122223333' } });
});

test('the vault tells nothing of the keys, and the snapshot nothing of a plaintext', async () => {
  const sim = createKmsim();
  const CiphertextBlob = await live(sim);
  const saved = JSON.stringify(sim.snapshot());
  expect(saved).not.toContain(Buffer.from(CiphertextBlob ?? []).toString('base64'));
  expect(Buffer.from(sim.snapshot().kms.vault, 'base64').toString('latin1')).not.toMatch(/keyId|secret/);
});

const seeded = createKmsim({ seed: 'garbage' }).snapshot();
const kms = seeded.kms;

test.each([
  ['null', null],
  ['a number', 5],
  ['text', JSON.stringify(seeded)],
  ['a list', [seeded]],
  ['an empty object', {}],
  ['no kms', { ...seeded, kms: undefined }],
  ['another format', { ...seeded, kms: { ...kms, format: 'kmsim snapshot 2' } }],
  ['an account that is none', { ...seeded, account: 5 }],
  ['a Region that is none', { ...seeded, region: '' }],
  ['no world', { ...seeded, kms: { ...kms, world: null } }],
  ['an instant that is none', { ...seeded, kms: { ...kms, world: { ...kms.world, now: 'soon' } } }],
  ['an instant beyond the calendar', { ...seeded, kms: { ...kms, world: { ...kms.world, now: 8.7e15 } } }],
  ['a seed that is none', { ...seeded, kms: { ...kms, world: { ...kms.world, seed: {} } } }],
  ['a clock that is none', { ...seeded, kms: { ...kms, world: { ...kms.world, running: 'yes' } } }],
  ['streams that are none', { ...seeded, kms: { ...kms, world: { ...kms.world, streams: [1] } } }],
  ['a stream that goes back', { ...seeded, kms: { ...kms, world: { ...kms.world, streams: { requests: -1 } } } }],
  ['no state', { ...seeded, kms: { ...kms, state: null } }],
  ['a table missing', { ...seeded, kms: { ...kms, state: { ...kms.state, keys: undefined } } }],
  ['a table that is none', { ...seeded, kms: { ...kms, state: { ...kms.state, keys: 'x' } } }],
  ['a row that is none', { ...seeded, kms: { ...kms, state: { ...kms.state, keys: [null] } } }],
  ['a record that is none', { ...seeded, kms: { ...kms, state: { ...kms.state, keys: [['x', null]] } } }],
  ['no number for the next key', { ...seeded, kms: { ...kms, state: { ...kms.state, nextOrdinal: null } } }],
  ['no vault', { ...seeded, kms: { ...kms, vault: undefined } }],
  ['the inside alone', kms],
])('%s is no snapshot', (_, snapshot) => {
  const error = kmsimErrorOf(() => createKmsim({ snapshot } as unknown as KmsimOptions));
  expect(error.code).toBe('InvalidSnapshot');
  expect(error.message.length).toBeLessThan(300);
});

test('a snapshot that cannot be read is none', () => {
  const snapshot = {
    get account(): string {
      throw new Error('no');
    },
  };
  expect(kmsimErrorOf(() => createKmsim({ snapshot: snapshot as never })).code).toBe('InvalidSnapshot');
});

test('one of another version and one that is still text are told apart', () => {
  const problemOf = (snapshot: unknown): string => {
    const error = kmsimErrorOf(() => createKmsim({ snapshot } as unknown as KmsimOptions));
    expect(error.code).toBe('InvalidSnapshot');
    return error.problem;
  };
  const other = { ...seeded, kms: { ...kms, format: 'kmsim snapshot 2' } };
  expect(problemOf(other)).toContain('another version of kmsim ("kmsim snapshot 2")');
  // A later version may have a world of another shape.
  expect(problemOf({ ...other, kms: { ...other.kms, world: 7 } })).toContain('another version');
  expect(problemOf(JSON.stringify(seeded))).toContain('JSON.parse');
  expect(problemOf({ ...seeded, kms: { ...kms, format: 7 } })).toBe('The snapshot cannot be opened.');
});
