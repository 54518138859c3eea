// Multi-Region keys over random calls and random networks: what must hold after every step, and that all agree in the end.

import { fc, test } from '@fast-check/vitest';
import { actsAsPrimary, converged, isComing } from '@kmsim/multi-region';
import { describe, expect } from 'vitest';
import { step } from '../../src/agenda/effects.ts';
import { KmsError } from '../../src/api/errors.ts';
import type { Network } from '../../src/multi-region/network.ts';
import { isMultiRegion, toRelated } from '../../src/multi-region/related.ts';
import { isHere } from '../../src/state/imported-material.ts';
import { keyState } from '../../src/state/key-state.ts';
import type { KeyRecord } from '../../src/state/records.ts';
import { dayMs, TestEngine, utf8 } from '../engine.ts';
import { east, RelatedKeys, regions, settledMs, west } from './world.ts';

const region = fc.constantFrom(...regions);
const where = { region };

function kind<K extends string>(weight: number, operation: K, more: Record<string, fc.Arbitrary<unknown>> = {}) {
  return { weight, arbitrary: fc.record({ operation: fc.constant(operation), ...where, ...more }) };
}

const input = (value: object) => ({ input: fc.constant(value) });
const command = fc.oneof(
  kind(4, 'ReplicateKey', { input: fc.record({ ReplicaRegion: region }) }),
  kind(4, 'UpdatePrimaryRegion', { input: fc.record({ PrimaryRegion: region }) }),
  kind(4, 'RotateKeyOnDemand'),
  kind(1, 'EnableKeyRotation', input({ RotationPeriodInDays: 90 })),
  kind(1, 'DisableKeyRotation'),
  kind(2, 'ScheduleKeyDeletion', input({ PendingWindowInDays: 7 })),
  kind(1, 'CancelKeyDeletion'),
  kind(1, 'DisableKey'),
  kind(3, 'EnableKey'),
  kind(3, 'encrypt'),
  kind(8, 'wait', { ms: fc.constantFrom(100, 400, 1_000, 1_000, 3_000, 30_000, dayMs, 8 * dayMs, 91 * dayMs) }),
  kind(1, 'restore'),
);
type Command = typeof command extends fc.Arbitrary<infer C> ? C : never;

// Of each message in turn: lost, on time, late, twice.
const fates = fc.array(fc.constantFrom([], [50], [50], [50], [2_500], [20, 4_000]), { minLength: 1, maxLength: 12 });
const commands = fc.array(command, { minLength: 15, maxLength: 50, size: 'max' });

class Run {
  keys: RelatedKeys;
  isHealed = false;
  readonly blobs: (readonly [text: string, blob: Uint8Array])[] = [];
  readonly outcomes = new Set<string>();

  constructor(pattern: readonly (readonly number[])[]) {
    let turn = 0;
    const network: Network = (_from, _to, at) =>
      this.isHealed ? [at + 50] : (pattern[turn++ % pattern.length] ?? []).map((delay) => at + delay);
    this.keys = new RelatedKeys({}, new TestEngine({ network, backend: 'native' }));
  }

  /** `parts`: in how many steps time passes, unwatched; else everything that happens is checked. */
  do({ operation, region: at, ...rest }: Command, parts?: number): void {
    const { input: asked = {}, ms = 0 } = rest as { readonly input?: object; readonly ms?: number };
    this.keys.engine.kms.advance();
    if (operation === 'restore') this.#restore();
    else if (operation === 'wait') this.#wait(ms, parts);
    else if (operation === 'encrypt') this.#try(operation, () => this.#encrypt(at));
    else this.#try(operation, () => this.keys.call(at, operation as 'EnableKey', asked));
    if (parts === undefined) this.check();
  }

  // The invariants hold between any two things that are due.
  #wait(ms: number, parts?: number): void {
    const { engine } = this.keys;
    if (parts !== undefined) {
      for (let part = 0; part < parts; part++) this.keys.wait(part === 0 ? ms - parts + 1 : 1);
      return;
    }
    engine.wait(ms);
    for (let each = 0; step(engine.kms, engine.now); each++) if (each < 200) this.check();
  }

  // I08.
  #restore(): void {
    const before = JSON.stringify(this.keys.engine.snapshot());
    this.keys = this.keys.restored();
    expect(JSON.stringify(this.keys.engine.snapshot())).toBe(before);
  }

  #encrypt(at: string): void {
    const text = `text ${this.blobs.length}`;
    this.blobs.push([text, this.keys.encrypt(at, text)]);
  }

  // I25: a call that fails has changed nothing.
  #try(name: string, ask: () => void): void {
    const before = this.keys.engine.everything();
    try {
      ask();
      this.outcomes.add(`${name} ok`);
    } catch (error) {
      if (!(error instanceof KmsError)) throw error;
      expect(this.keys.engine.everything()).toBe(before);
      this.outcomes.add(`${name} ${error.code}`);
    }
  }

  check(): void {
    const all = regions.flatMap((each) => this.keys.record(each) ?? []).filter(isMultiRegion);
    const acting = all.filter(({ region: here, replicas }) => actsAsPrimary(replicas, here));
    // At most one acts; none only while the role is on its way. So a primary is never deleted before its replicas.
    expect(acting.length).toBeLessThanOrEqual(1);
    if (acting.length === 0 && all.length > 0) expect(all.some(({ replicas }) => replicas.handover)).toBe(true);
    const longest = all.map(({ materials }) => materials).sort((a, b) => b.length - a.length)[0] ?? [];
    const settled = all.filter(({ region: here, replicas }) => !isComing(replicas, here));
    for (const { currentMaterial = '', materials, spec } of settled) {
      expect(spec).toBe('SYMMETRIC_DEFAULT');
      expect(materials).toEqual(longest.slice(0, materials.length));
      for (const { id } of materials) expect(this.keys.engine.kms.vault.has(id)).toBe(true);
      // Used for encryption only once every related key has it.
      for (const other of settled) expect(isHere(other, currentMaterial)).toBe(true);
    }
    for (const key of settled) this.#opensEverything(key);
  }

  // I01, I02, I03: whatever any Region encrypted opens in each whose key is enabled or updating.
  #opensEverything(key: KeyRecord): void {
    const { now } = this.keys.engine;
    if (!['Enabled', 'Updating'].includes(keyState(key, now))) return;
    for (const [text, blob] of this.blobs.slice(-3)) {
      const answer = this.keys.decrypt(key.region, blob);
      expect([answer.KeyId, answer.Plaintext]).toEqual([key.arn, utf8(text)]);
    }
  }

  /** The network works again. */
  heal(): void {
    this.isHealed = true;
    this.keys.engine.kms.advance();
    for (let round = 0; round < 3; round++) {
      this.keys.engine.kms.resend();
      this.keys.wait(settledMs);
    }
    this.check();
    const left = regions.flatMap((each) => this.keys.record(each) ?? []).filter(isMultiRegion);
    const { deliveries, letters } = this.keys.engine.snapshot().state;
    expect([deliveries, letters]).toEqual([[], []]);
    if (left.length > 0) expect(converged(left.map(toRelated))).toBe(true);
    for (const key of left) expect(['Creating', 'Updating']).not.toContain(keyState(key, this.keys.engine.now));
    for (const { rotating } of left) expect(rotating).toBeUndefined();
  }
}

describe('related keys in three Regions', () => {
  test('hold to what they promise over every network, and agree when it works again', () => {
    const outcomes = new Set<string>();
    const property = fc.property(commands, fates, (all, pattern) => {
      const run = new Run(pattern);
      for (const each of all) run.do(each);
      run.heal();
      for (const outcome of run.outcomes) outcomes.add(outcome);
    });
    fc.assert(property, { numRuns: 100 });
    // A property that never fires proves nothing.
    expect([...outcomes]).toEqual(
      expect.arrayContaining([
        'CancelKeyDeletion ok',
        'EnableKeyRotation UnsupportedOperationException',
        'EnableKeyRotation ok',
        'ReplicateKey AlreadyExistsException',
        'ReplicateKey UnsupportedOperationException',
        'ReplicateKey ok',
        'RotateKeyOnDemand ConflictException',
        'RotateKeyOnDemand ok',
        'ScheduleKeyDeletion KMSInvalidStateException',
        'ScheduleKeyDeletion ok',
        'UpdatePrimaryRegion KMSInvalidStateException',
        'UpdatePrimaryRegion ok',
        'encrypt ok',
      ]),
    );
  });

  // I30.
  test.prop([commands, fates], { numRuns: 25 })(
    'come to the same twice, and in one step as in many',
    (all, pattern) => {
      const ends = [1, 1, 7].map((parts) => {
        const run = new Run(pattern);
        for (const each of all) run.do(each, parts);
        run.keys.engine.kms.advance();
        return JSON.stringify(run.keys.engine.snapshot());
      });
      expect(ends[1]).toBe(ends[0]);
      expect(ends[2]).toBe(ends[0]);
    },
  );
});

// A crash, exhaustively: the engine stops before and after everything that is due, and another goes on from the snapshot.
test.each([
  ['a replication', (keys: RelatedKeys) => keys.call(east, 'ReplicateKey', { ReplicaRegion: west })],
  ['a rotation', (keys: RelatedKeys) => keys.replicate(west).call(east, 'RotateKeyOnDemand')],
  ['an automatic rotation', (keys: RelatedKeys) => keys.replicate(west).call(east, 'EnableKeyRotation', {})],
  [
    'a promotion',
    (keys: RelatedKeys) => keys.replicate(west).call(east, 'UpdatePrimaryRegion', { PrimaryRegion: west }),
  ],
  [
    'a deletion of both',
    (keys: RelatedKeys) => {
      keys.replicate(west).call(east, 'ScheduleKeyDeletion', { PendingWindowInDays: 7 });
      keys.call(west, 'ScheduleKeyDeletion', { PendingWindowInDays: 9 });
    },
  ],
] as const)('a crash anywhere in %s is no matter', (_name, begin) => {
  const keys = new RelatedKeys();
  begin(keys);
  const ends = keys.engine.now + 400 * dayMs;
  const points: RelatedKeys[] = [keys.restored()];
  keys.engine.wait(ends - keys.engine.now);
  while (step(keys.engine.kms, keys.engine.now)) points.push(keys.restored());
  const end = JSON.stringify(keys.engine.snapshot().state);
  expect(points.length).toBeGreaterThan(2);
  for (const point of points) {
    point.wait(Math.max(0, ends - point.engine.now));
    expect(JSON.stringify(point.engine.snapshot().state)).toBe(end);
  }
});
