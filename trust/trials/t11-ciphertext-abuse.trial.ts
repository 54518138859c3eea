// T11: nothing that can be done to a ciphertext without its key makes it open, and no two contexts are one.

import { createKmsim, type KmsMethods } from 'kmsim';
import { Dice } from '../../packages/authz/test/brute-force/draw.ts';
import { maxContextBytes, writeContext } from '../../packages/hsm-core/src/encryption-context.ts';
import { breath, eachSeed } from '../src/properties.ts';
import { type TrialContext, type TrialFigure, trial } from '../src/trial.ts';

type Pairs = Readonly<Record<string, string>>;

interface Sealed {
  readonly blob: Uint8Array;
  readonly context: Pairs;
  readonly kms: KmsMethods;
  readonly key: string;
  /** Account and Region. */
  readonly place: string;
}

const places = [
  ['000000000000', 'us-east-1'],
  ['000000000000', 'eu-west-1'],
  ['111122223333', 'us-east-1'],
] as const;

/** Contexts that are easily taken for each other, as bytes, as texts or as objects. */
const contexts: readonly (readonly (readonly [string, string])[])[] = [
  [],
  [['ab', 'c']],
  [['a', 'bc']],
  [['abc', '']],
  [['c', 'ab']],
  [['AB', 'c']],
  [
    ['a', 'b'],
    ['c', ''],
  ],
  [
    ['a', ''],
    ['b', 'c'],
  ],
  [['__proto__', 'tenant-1']],
  [['constructor', 'tenant-1']],
  [['é', '1']],
  [['e\u0301', '1']],
  [
    ['\uff5e', '1'],
    ['\u{10000}', '2'],
  ],
  [
    ['\uff5e', '2'],
    ['\u{10000}', '1'],
  ],
  [['tenant1', '0']],
  [['tenant', '10']],
  [
    ['a', 'b'],
    ['aa', 'bb'],
  ],
  [['a\0', 'b']],
  [['a', '\0b']],
  [['aws-crypto-public-key', 'A']],
];

// An own member of any name: `__proto__` too.
const record = (pairs: readonly (readonly [string, string])[]): Pairs => Object.fromEntries(pairs);

async function sealedBlobs(count: number, seed: number): Promise<readonly Sealed[]> {
  const sim = createKmsim({ seed: `ciphertext abuse ${seed}` });
  const rooms = [];
  for (const [account, region] of places) {
    const arn = `arn:aws:iam::${account}:user/administrator`;
    sim.identities.put({ arn, policies: { all: { Statement: { Effect: 'Allow', Action: '*', Resource: '*' } } } });
    const kms = sim.as(arn, { region });
    const keys = [await kms.createKey(), await kms.createKey()].map(({ KeyMetadata }) => KeyMetadata?.Arn ?? '');
    // Its blobs are of several versions of the material.
    await kms.rotateKeyOnDemand({ KeyId: keys[0] ?? '' });
    rooms.push({ kms, keys, place: `${account} ${region}` });
  }
  sim.clock.advance('1 minute');
  const blobs: Sealed[] = [];
  for (let at = 0; at < count; at++) {
    const { keys, kms, place } = rooms[at % rooms.length] as (typeof rooms)[number];
    const key = keys[Math.floor(at / rooms.length) % 2] ?? '';
    const context = record(contexts[at % contexts.length] ?? []);
    const Plaintext = new Uint8Array(1 + ((at * 37) % 64)).fill(at);
    const { CiphertextBlob } =
      at % 5 === 4
        ? await kms.generateDataKeyWithoutPlaintext({ KeyId: key, KeySpec: 'AES_256', EncryptionContext: context })
        : await kms.encrypt({ KeyId: key, Plaintext, EncryptionContext: context });
    blobs.push({ blob: CiphertextBlob ?? new Uint8Array(), context, kms, key, place });
  }
  return blobs;
}

/** What Decrypt says: undefined when it opens. */
async function refusal(
  kms: KmsMethods,
  CiphertextBlob: Uint8Array,
  EncryptionContext: Pairs,
  KeyId?: string,
): Promise<string | undefined> {
  try {
    await kms.decrypt({ CiphertextBlob, EncryptionContext, ...(KeyId !== undefined && { KeyId }) });
    return undefined;
  } catch (error) {
    const { code, message } = error as { readonly code?: string; readonly message?: string };
    return `${code}: ${message}`;
  }
}

class Attempts {
  count = 0;
  accepted = 0;
  readonly refusals = new Map<string, number>();

  async add(kms: KmsMethods, blob: Uint8Array, context: Pairs, keyId?: string): Promise<void> {
    const said = await refusal(kms, blob, context, keyId);
    this.count += 1;
    if (said === undefined) this.accepted += 1;
    else this.refusals.set(said, (this.refusals.get(said) ?? 0) + 1);
    if (this.count % 2_000 === 0) await breath();
  }

  figure(of: string, note?: string): TrialFigure {
    return { count: this.count, of: `${of} accepted`, failures: this.accepted, ...(note !== undefined && { note }) };
  }
}

async function bits(blobs: readonly Sealed[], { progress }: TrialContext): Promise<readonly TrialFigure[]> {
  const attempts = new Attempts();
  for (const [at, { blob, context, kms }] of blobs.entries()) {
    const spoilt = Uint8Array.from(blob);
    for (let octet = 0; octet < blob.length; octet++) {
      for (let bit = 1; bit < 256; bit <<= 1) {
        spoilt[octet] = (blob[octet] ?? 0) ^ bit;
        await attempts.add(kms, spoilt, context);
      }
      spoilt[octet] = blob[octet] ?? 0;
    }
    progress(at, 2 * blobs.length);
  }
  const texts = [...attempts.refusals.keys()];
  return [
    attempts.figure('blobs with one bit changed', `${blobs.length} blobs`),
    // Whoever tampers must not learn where it was noticed.
    {
      count: attempts.count,
      of: 'told from the others by the words of the refusal',
      failures: texts.length === 1 ? 0 : texts.length,
      note: texts.slice(0, 3).join(' | '),
    },
  ];
}

async function lengths(blobs: readonly Sealed[]): Promise<TrialFigure> {
  const attempts = new Attempts();
  for (const { blob, context, kms } of blobs) {
    for (let cut = 1; cut < blob.length; cut++) {
      await attempts.add(kms, blob.slice(0, cut), context);
      await attempts.add(kms, blob.slice(cut), context);
      await attempts.add(kms, Uint8Array.from([...blob.subarray(0, cut), 0, ...blob.subarray(cut)]), context);
    }
    await attempts.add(kms, Uint8Array.from([...blob, 0]), context);
    await attempts.add(kms, Uint8Array.from([...blob, ...blob]), context);
  }
  return attempts.figure('blobs cut short or made longer, at every byte,');
}

async function splices(blobs: readonly Sealed[], { progress }: TrialContext): Promise<TrialFigure> {
  const attempts = new Attempts();
  const known = new Set(blobs.map(({ blob }) => Buffer.from(blob).toString('latin1')));
  for (const [at, one] of blobs.entries()) {
    // The next ones are of other places, keys, contexts and lengths.
    for (const other of [1, 2, 3, 6].map((step) => blobs[(at + step) % blobs.length] as Sealed)) {
      for (let cut = 1; cut < Math.min(one.blob.length, other.blob.length); cut++) {
        const spliced = Uint8Array.from([...one.blob.subarray(0, cut), ...other.blob.subarray(cut)]);
        if (known.has(Buffer.from(spliced).toString('latin1'))) continue;
        await attempts.add(one.kms, spliced, one.context);
        await attempts.add(other.kms, spliced, other.context);
      }
    }
    progress(blobs.length + at, 2 * blobs.length);
  }
  return attempts.figure('splices of two blobs');
}

async function swaps(blobs: readonly Sealed[]): Promise<readonly TrialFigure[]> {
  const [byContext, byPlace] = [new Attempts(), new Attempts()];
  for (const one of blobs) {
    const own = JSON.stringify(Object.entries(one.context));
    for (const pairs of contexts) {
      if (JSON.stringify(pairs) === own) continue;
      await byContext.add(one.kms, one.blob, record(pairs));
    }
    for (const other of blobs) {
      if (other.key === one.key) continue;
      await byPlace.add(one.kms, one.blob, one.context, other.key);
      if (other.place !== one.place) await byPlace.add(other.kms, one.blob, one.context);
    }
    if ((await refusal(one.kms, one.blob, one.context)) !== undefined) throw new Error('a blob does not open at all');
  }
  return [
    byContext.figure('blobs under a context that only looks like theirs'),
    byPlace.figure('blobs under another key, account or Region'),
  ];
}

const pieces = [
  '',
  'a',
  'b',
  'ab',
  'aa',
  '\0',
  '\x01',
  '\0\x01a',
  'é',
  'e\u0301',
  '\uff5e',
  '\u{10000}',
  '__proto__',
  'tenant',
  '1',
  '10',
];
const contextsOfSeed = 1_000;

/** Pairs of contexts that are near each other: never one canonical form for two. */
async function collisions(context: TrialContext): Promise<TrialFigure> {
  const out = new Uint8Array(3 * maxContextBytes);
  let pairs = 0;
  let differing = 0;
  const form = (of: ReadonlyMap<string, string>): string => {
    const end = writeContext(of, out, 0);
    if (typeof end !== 'number') throw new Error(end);
    return Buffer.from(out.buffer, 0, end).toString('latin1');
  };
  const told = (of: ReadonlyMap<string, string>): string => JSON.stringify([...of].sort());
  const runs = context.size(1_000_000, 100_000_000) / contextsOfSeed;
  await eachSeed(context, { runs, name: 'contexts' }, (seed) => {
    const dice = new Dice(seed);
    for (let at = 0; at < contextsOfSeed; at++) {
      const one = drawContext(dice);
      const other = dice.chance(0.2) ? drawContext(dice) : shifted(one, dice);
      const same = told(one) === told(other);
      if ((form(one) === form(other)) !== same) throw new Error(`${told(one)} and ${told(other)}`);
      pairs += 1;
      if (!same) differing += 1;
    }
  });
  return {
    count: pairs,
    of: 'pairs of contexts collide',
    failures: 0,
    note: `${differing.toLocaleString('en-US')} of them differ`,
  };
}

function drawContext(dice: Dice): Map<string, string> {
  const text = (): string => dice.pick(pieces) + (dice.chance(0.3) ? dice.pick(pieces) : '');
  return new Map(Array.from({ length: Math.floor(dice.next() * 4) }, () => [text(), text()]));
}

/** The same letters with a border elsewhere, or the same pairs in another order. */
function shifted(of: ReadonlyMap<string, string>, dice: Dice): Map<string, string> {
  const flat = [...of].flat();
  const at = Math.floor(dice.next() * Math.max(1, flat.length - 1));
  const [left, right] = [flat[at], flat[at + 1]];
  if (left === undefined || right === undefined || dice.chance(0.1)) return new Map([...of].reverse());
  const all = left + right;
  const cut = Math.floor(dice.next() * (all.length + 1));
  // Not through the middle of a character of two halves.
  const border = /[\ud800-\udbff]/.test(all.charAt(cut - 1)) ? cut - 1 : cut;
  const moved = flat.with(at, all.slice(0, border)).with(at + 1, all.slice(border));
  return new Map(
    Array.from({ length: flat.length / 2 }, (_, pair) => [moved[2 * pair] ?? '', moved[2 * pair + 1] ?? '']),
  );
}

trial('T11', 'ciphertexts and contexts abused', async (context) => {
  if (context.only !== undefined) return [await collisions(context)];
  const blobs = await sealedBlobs(context.size(20, 1_000), context.seed);
  return [
    ...(await bits(blobs, context)),
    await lengths(blobs),
    await splices(blobs, context),
    ...(await swaps(blobs.slice(0, 60))),
    await collisions(context),
  ];
});
