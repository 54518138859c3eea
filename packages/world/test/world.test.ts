// Worlds: one that repeats itself from its seed and from any position, and one that never does.

import { createHash, createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { defaultStart, liveWorld, machineNow, simulatedWorld, type World, type WorldPosition } from '../src/world.ts';

const version4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

/** Everything a world says, as text: advances its streams by three requests and its clock by a second. */
function listen(world: World): string[] {
  const said = ['Encrypt', 'us-east-1 Decrypt', '__proto__'].map((label) => {
    const stream = world.cursor(label).take();
    return hex(stream.draw(28)) + hex(stream.draw(32)) + hex(stream.draw(3_000));
  });
  world.clock.moveTo(world.clock.now() + 1_000);
  return [...said, world.uuid('key', 1), hex(world.key('snapshot')), String(world.clock.now())];
}

describe('simulatedWorld', () => {
  test('the same seed says the same, another seed says something else', () => {
    const [one, same, other] = ['orders', 'orders', 'Orders'].map((seed) => listen(simulatedWorld({ seed })));
    expect(same).toEqual(one);
    expect(other?.filter((said) => one?.includes(said))).toEqual([String(defaultStart + 1_000)]);
  });

  test('a number is a seed by its decimal text', () => {
    expect(listen(simulatedWorld({ seed: 42 }))).toEqual(listen(simulatedWorld({ seed: '42' })));
  });

  test('begins with 2026 unless it is told when', () => {
    expect(new Date(simulatedWorld({ seed: 1 }).clock.now()).toISOString()).toBe('2026-01-01T00:00:00.000Z');
    expect(simulatedWorld({ seed: 1, start: 77 }).clock.now()).toBe(77);
  });

  describe('with a running clock', () => {
    beforeEach(() => {
      vi.useFakeTimers({ toFake: ['Date'], now: 50_000 });
    });
    afterEach(() => {
      vi.useRealTimers();
    });

    test('moves with the machine, from its start or from now', () => {
      const [begun, now] = [{ start: 1_000 }, {}].map((when) => simulatedWorld({ seed: 1, running: true, ...when }));
      expect([begun?.clock.now(), now?.clock.now()]).toEqual([1_000, 50_000]);
      vi.setSystemTime(50_070);
      expect([begun?.clock.now(), now?.clock.now()]).toEqual([1_070, 50_070]);
      begun?.clock.moveTo(9_000);
      vi.setSystemTime(50_075);
      expect(begun?.clock.now()).toBe(9_005);
      expect([begun?.running, simulatedWorld({ seed: 1 }).running, liveWorld().running]).toEqual([true, false, true]);
    });

    test('goes on running from a position, and says the same but for the instant', () => {
      const world = simulatedWorld({ seed: 1, start: defaultStart, running: true });
      expect(listen(world)).toEqual(listen(simulatedWorld({ seed: 1 })));
      const position = JSON.parse(JSON.stringify(world.position())) as WorldPosition;
      vi.setSystemTime(90_000);
      const again = simulatedWorld({ seed: 'another', position });
      expect(again.clock.now()).toBe(defaultStart + 1_000);
      vi.setSystemTime(90_007);
      expect(again.clock.now()).toBe(defaultStart + 1_007);
    });
  });

  test('has one cursor for all who ask for a label', () => {
    const world = simulatedWorld({ seed: 1 });
    world.cursor('Encrypt').take();
    expect(world.cursor('Encrypt').next).toBe(1);
    expect(world.cursor('Decrypt').next).toBe(0);
  });

  test('going on from a position equals never having stopped', () => {
    const world = simulatedWorld({ seed: 'long run' });
    for (let request = 0; request < 20; request++) listen(world);
    const position = JSON.parse(JSON.stringify(world.position())) as WorldPosition;
    const again = simulatedWorld({ seed: 'another seed, which does not count', start: 5, position });
    expect(again.position()).toEqual(world.position());
    expect(listen(again)).toEqual(listen(world));
    expect(again.position()).toEqual(world.position());
  });

  test('a position keeps what was not asked for since, and names only labels that were used', () => {
    const world = simulatedWorld({ seed: 1 });
    world.cursor('b').take();
    world.cursor('a').take();
    world.cursor('looked at only');
    const again = simulatedWorld({ seed: 1, position: world.position() });
    again.cursor('a').take();
    expect(again.position()).toEqual({ seed: '1', now: defaultStart, streams: { a: 2, b: 1 } });
  });

  test('the order in which labels were met leaves no trace in the position', () => {
    const [one, other] = [simulatedWorld({ seed: 1 }), simulatedWorld({ seed: 1 })];
    for (const label of ['x', 'y', 'z']) one.cursor(label).take();
    for (const label of ['z', 'x', 'y']) other.cursor(label).take();
    expect(JSON.stringify(other.position())).toBe(JSON.stringify(one.position()));
  });
});

describe('liveWorld', () => {
  test('two of them draw and name differently', () => {
    const [one, other] = [liveWorld(), liveWorld()];
    expect(hex(one.cursor('Encrypt').take().draw(28))).not.toBe(hex(other.cursor('Encrypt').take().draw(28)));
    expect(one.uuid('key', 1)).not.toBe(other.uuid('key', 1));
    expect(one.uuid('key', 1)).toBe(one.uuid('key', 1));
  });

  test('have keys of their own, which go on with their position in this process', () => {
    const world = liveWorld();
    expect(hex(liveWorld().key('snapshot'))).not.toBe(hex(world.key('snapshot')));
    expect(hex(liveWorld({ position: world.position() }).key('snapshot'))).toBe(hex(world.key('snapshot')));
  });

  test('draws more than Web Crypto gives at once', () => {
    const drawn = liveWorld().cursor('Encrypt').take().draw(200_000);
    const blocks = new Set<string>();
    for (let at = 0; at + 16 <= drawn.length; at += 16) blocks.add(hex(drawn.subarray(at, at + 16)));
    expect(blocks.size).toBe(12_500);
  });

  test('never repeats a nonce', () => {
    const cursor = liveWorld().cursor('Encrypt');
    const nonces = new Set<string>();
    for (let request = 0; request < 20_000; request++) nonces.add(latin1(cursor.take().draw(16)));
    expect(nonces.size).toBe(20_000);
  });

  test('runs with the clock of the machine', () => {
    const before = machineNow();
    const now = liveWorld().clock.now();
    expect(now).toBeGreaterThanOrEqual(before);
    expect(now).toBeLessThanOrEqual(machineNow());
    expect(Number.isInteger(now)).toBe(true);
  });

  test('goes on from its position: later than before, with the ids it gave and the numbers it had reached', () => {
    const world = liveWorld();
    world.clock.moveTo(machineNow() + 86_400_000);
    for (const label of ['Encrypt', 'Encrypt', 'Decrypt']) world.cursor(label).take();
    const position = JSON.parse(JSON.stringify(world.position())) as WorldPosition;
    expect(position.seed).toBeUndefined();
    expect(position.streams).toEqual({ Decrypt: 1, Encrypt: 2 });

    const again = liveWorld({ position });
    expect(again.clock.now()).toBeGreaterThanOrEqual(position.now);
    expect(again.clock.now()).toBeLessThan(position.now + 60_000);
    expect(again.uuid('key', 7)).toBe(world.uuid('key', 7));
    expect(again.cursor('Encrypt').next).toBe(2);
    expect(again.position()).toEqual({ ...position, now: expect.any(Number) });
  });

  test('draws other bytes from a position than those that were drawn from it before', () => {
    const position = liveWorld().position();
    const drawn = Array.from({ length: 3 }, () => hex(liveWorld({ position }).cursor('Encrypt').take().draw(28)));
    expect(new Set(drawn).size).toBe(3);
  });

  test('is not taken back by a position from the past', () => {
    expect(liveWorld({ position: { now: 0, streams: {} } }).clock.now()).toBeGreaterThan(
      defaultStart - 86_400_000 * 365,
    );
  });
});

test.each([
  ['simulated', () => simulatedWorld({ seed: 'keys' })],
  ['live', () => liveWorld()],
])('a %s world: keys differ by purpose, ids by label and number', (_name, make) => {
  const world = make();
  const keys = ['snapshot', 'grant token', 'import token', ''].map((purpose) => world.key(purpose));
  expect(new Set(keys.map(hex)).size).toBe(4);
  expect(keys.map((key) => key.length)).toEqual([32, 32, 32, 32]);
  const ids = ['key', 'grant', 'key\0', ''].flatMap((label) =>
    [0, 1, 10, 11].map((number) => world.uuid(label, number)),
  );
  expect(new Set(ids).size).toBe(16);
  for (const id of ids) expect(id).toMatch(version4);
});

test('erasing a key that was asked for leaves the world its own', () => {
  const world = simulatedWorld({ seed: 'keys' });
  const before = hex(world.key('snapshot'));
  world.key('snapshot').fill(0);
  expect(hex(world.key('snapshot'))).toBe(before);
});

// Ids and ciphertexts in other people's stored expectations hang on these bytes: a change here is a breaking change.
test('the bytes of the seed "golden" are what they have always been', () => {
  const world = simulatedWorld({ seed: 'golden' });
  const digest = createHash('sha256');
  for (const label of ['Encrypt', 'Decrypt', 'é', '']) {
    for (let request = 0; request < 40; request++) {
      const stream = world.cursor(label).take();
      for (const length of [28, 32, 5, 3_000]) digest.update(stream.draw(length));
    }
    for (let number = 0; number < 40; number++) digest.update(world.uuid(label, number));
    digest.update(world.key(label));
  }
  expect(world.uuid('key', 0)).toBe('89ef2dd0-a59e-4606-aae1-b077fe7545ef');
  expect(digest.digest('hex')).toBe('c6e2eb868c4863a1abd657f9f5d05cdef16ca36abf03c609230a3350d2998f4d');
});

test('ids are the same by another implementation of HMAC-SHA-256', () => {
  let asked = 0;
  const hmacSha256 = (key: Uint8Array) => (message: Uint8Array) => {
    asked += 1;
    return new Uint8Array(createHmac('sha256', key).update(message).digest());
  };
  const [plain, quicker] = [simulatedWorld({ seed: 1 }), simulatedWorld({ seed: 1, hmacSha256 })];
  const numbers = [0, 1, 255, 256, 2 ** 40];
  expect(numbers.map((number) => quicker.uuid('request', number))).toEqual(
    numbers.map((number) => plain.uuid('request', number)),
  );
  expect(asked).toBe(numbers.length);
  const position = liveWorld().position();
  expect(liveWorld({ position, hmacSha256 }).uuid('key', 7)).toBe(liveWorld({ position }).uuid('key', 7));
});
