// Snapshots that leave the process: under a key of the caller's, or open by name.

import { chooseBackend } from '@kmsim/hsm-core';
import { createKms, takeSnapshot } from '@kmsim/kms';
import { liveWorld } from '@kmsim/world';
import { describe, expect, test } from 'vitest';
import { createKmsim, type Kmsim } from '../src/index.ts';
import { isSnapshot } from '../src/snapshot-shape.ts';
import { buildTimeout, built } from './build.ts';
import { start } from './child.ts';
import { kmsimErrorOf } from './kmsim-error-of.ts';

const key = Uint8Array.from({ length: 32 }, (_, at) => at);
const marked = new TextEncoder().encode('a plaintext under a saved key');

async function furnished(options: { seed?: string }): Promise<{ sim: Kmsim; blob: Uint8Array | undefined }> {
  const sim = createKmsim(options);
  const { KeyMetadata } = await sim.as().createKey({ Description: 'kept for later' });
  const { CiphertextBlob } = await sim.as().encrypt({ KeyId: KeyMetadata?.KeyId ?? '', Plaintext: marked });
  return { sim, blob: CiphertextBlob };
}

const throughJson = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value)) as Value;

describe.each([{ seed: 'sealed' }, {}])('of a simulation with %j', (options) => {
  test('sealed: opens with the key, goes on, and can be forked and saved again', async () => {
    const { blob, sim } = await furnished(options);
    const sealed = throughJson(sim.snapshot({ key }));
    const again = createKmsim({ snapshot: sealed, snapshotKey: key });
    expect((await again.as().decrypt({ CiphertextBlob: blob })).Plaintext).toEqual(marked);
    for (const next of [again.fork(), createKmsim({ snapshot: again.snapshot() })])
      expect((await next.as().decrypt({ CiphertextBlob: blob })).Plaintext).toEqual(marked);
  });

  test('sealed: tells nothing', async () => {
    const { sim } = await furnished(options);
    const sealed = sim.snapshot({ key });
    expect(Object.keys(sealed)).toEqual(['format', 'sealed']);
    const content = Buffer.from(sealed.sealed, 'base64').toString('latin1');
    for (const word of ['kept for later', 'arn:aws', 'seed', 'sealed"', 'state']) expect(content).not.toContain(word);
    expect(isSnapshot(sealed)).toBe(false);
  });

  test('plain by name: opens without a key', async () => {
    const { blob, sim } = await furnished(options);
    const again = createKmsim({ snapshot: throughJson(sim.snapshot({ plaintextKeys: true })) });
    expect((await again.as().decrypt({ CiphertextBlob: blob })).Plaintext).toEqual(marked);
  });

  test('without a word it has no key of a live world', async () => {
    const { sim } = await furnished(options);
    expect('root' in sim.snapshot()).toBe(false);
    expect('root' in sim.snapshot({ plaintextKeys: true })).toBe(options.seed === undefined);
  });
});

describe('a sealed one does not open', () => {
  const sealed = createKmsim({ seed: 1 }).snapshot({ key });
  const opening = (snapshot: unknown, snapshotKey?: unknown): (() => unknown) => {
    return () => createKmsim({ snapshot, snapshotKey } as never);
  };

  test.each<[what: string, snapshot: unknown, key: unknown, says: RegExp]>([
    ['without its key', sealed, undefined, /is sealed\. Give its key as snapshotKey/],
    ['with another', sealed, key.toReversed(), /does not open with this key/],
    [
      'changed',
      { ...sealed, sealed: sealed.sealed.replace(/^./, (c) => (c === 'A' ? 'B' : 'A')) },
      key,
      /does not open/,
    ],
    ['cut off', { ...sealed, sealed: sealed.sealed.slice(0, 40) }, key, /does not open/],
    ['as no base64', { ...sealed, sealed: `${sealed.sealed}!` }, key, /does not open/],
    ['of another format', { ...sealed, format: 'kmsim sealed snapshot 0' }, key, /No sealed snapshot is there/],
  ])('%s', (_, snapshot, snapshotKey, says) => {
    const error = kmsimErrorOf(opening(snapshot, snapshotKey));
    expect(error.message).toMatch(says);
    expect(['InvalidSnapshot', 'InvalidOption']).toContain(error.code);
  });

  test.each([new Uint8Array(31), 'k'.repeat(32), Array.from(key), null])('with %j for a key', (snapshotKey) => {
    expect(kmsimErrorOf(opening(sealed, snapshotKey))).toMatchObject({ code: 'InvalidOption' });
    const error = kmsimErrorOf(() => createKmsim({ seed: 1 }).snapshot({ key: snapshotKey as never }));
    expect(error.message).toMatch(/snapshot: key is a Uint8Array of 32 bytes/);
  });

  test('and a key opens no snapshot that is not sealed', () => {
    expect(kmsimErrorOf(opening(createKmsim({ seed: 1 }).snapshot(), key)).message).toMatch(/No sealed snapshot/);
  });
});

test.each([
  [{ key, plaintextKeys: true }, /leave one out/],
  [{ plaintextKeys: false }, /plaintextKeys is true/],
  [{ plainTextKeys: true }, /Did you mean plaintextKeys\?/],
])('%j is no way to leave', (options, says) => {
  expect(kmsimErrorOf(() => createKmsim({ seed: 1 }).snapshot(options as never)).message).toMatch(says);
});

test('a root that is none opens nothing, and leaves the simulations of this process as they are', async () => {
  const { blob, sim } = await furnished({});
  const plain = sim.snapshot({ plaintextKeys: true });
  const wrong = { ...plain, root: Buffer.alloc(32).toString('base64') };
  expect(kmsimErrorOf(() => createKmsim({ snapshot: wrong })).code).toBe('InvalidSnapshot');
  expect((await sim.fork().as().decrypt({ CiphertextBlob: blob })).Plaintext).toEqual(marked);
});

test.each(['', '!!', null, 5, {}, Buffer.alloc(31).toString('base64'), Buffer.alloc(33).toString('base64')])(
  'a root that is %j is refused',
  async (root) => {
    const { sim } = await furnished({});
    const snapshot = { ...sim.snapshot({ plaintextKeys: true }), root } as never;
    expect(kmsimErrorOf(() => createKmsim({ snapshot })).code).toBe('InvalidSnapshot');
  },
);

test('a snapshot that somebody made under a root of his own, for a simulation that lives here, takes nothing from it', async () => {
  const { blob, sim } = await furnished({});
  const { mark, sealed } = { mark: sim.mark(), sealed: sim.snapshot({ key }) };
  const root = new Uint8Array(32).fill(7);
  const backend = chooseBackend() ?? expect.fail('no backend');
  const forged = createKms({ world: liveWorld({ position: sim.snapshot().kms.world, root }), backend });
  const { account, region } = sim;
  const snapshot = { account, region, kms: takeSnapshot(forged), root: Buffer.from(root).toString('base64') };
  expect(kmsimErrorOf(() => createKmsim({ snapshot })).code).toBe('InvalidSnapshot');
  sim.rewind(mark);
  for (const going of [sim, sim.fork(), createKmsim({ snapshot: sealed, snapshotKey: key })])
    expect((await going.as().decrypt({ CiphertextBlob: blob })).Plaintext).toEqual(marked);
});

test(
  'one of a simulation without a seed opens in another process',
  async () => {
    await built();
    const { blob, sim } = await furnished({});
    const program = `
      import { createKmsim } from ${JSON.stringify(new URL('../dist/index.js', import.meta.url).href)};
      const [snapshot, key, blob] = JSON.parse(process.env.SAVED);
      const bytes = (text) => new Uint8Array(Buffer.from(text, 'base64'));
      const sim = createKmsim({ snapshot, ...(key && { snapshotKey: bytes(key) }) });
      const { Plaintext } = await sim.fork().as().decrypt({ CiphertextBlob: bytes(blob) });
      console.log(Buffer.from(Plaintext).toString());`;
    const elsewhere = (snapshot: unknown, snapshotKey?: string): ReturnType<typeof start>['ended'] => {
      const SAVED = JSON.stringify([snapshot, snapshotKey, Buffer.from(blob ?? []).toString('base64')]);
      return start(process.execPath, ['--input-type=module', '-e', program], { env: { SAVED } }).ended;
    };
    const says = { code: 0, stdout: 'a plaintext under a saved key\n' };
    expect(await elsewhere(sim.snapshot({ key }), Buffer.from(key).toString('base64'))).toMatchObject(says);
    expect(await elsewhere(sim.snapshot({ plaintextKeys: true }))).toMatchObject(says);
    const refused = await elsewhere(sim.snapshot());
    expect(refused.code).not.toBe(0);
    expect(refused.stderr).toContain('InvalidSnapshot');
  },
  buildTimeout,
);
