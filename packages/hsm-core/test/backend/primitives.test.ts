// The primitives of every family on both backends: what loads when, and who shares it.

import * as crypto from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { nativePrimitives } from '../../src/backend/primitives-native.ts';
import { portablePrimitives } from '../../src/backend/primitives-portable.ts';
import { hex, octets } from '../octets.ts';
import { backends, native, portable } from './backends.ts';

const families = ['ec', 'sm2', 'ed25519', 'postQuantum'] as const;

describe.each(backends)('the $name backend', (backend) => {
  test('has them once for all, and at once when they are there', async () => {
    const primitives = await backend.primitives();
    expect(backend.primitives()).toBe(primitives);
    for (const family of families) {
      const library = await primitives[family]();
      expect(primitives[family]()).toBe(library);
    }
  });

  test('says whose they are', async () => {
    const primitives = await backend.primitives();
    const { name } = backend;
    expect([primitives.hmac.name, primitives.keyWrap.name, primitives.rsa.name]).toEqual([name, name, name]);
    for (const family of ['ec', 'ed25519', 'postQuantum'] as const)
      expect((await primitives[family]()).name, family).toBe(name);
  });
});

// Node neither agrees nor signs with SM2 keys (backend/ec-native.ts).
test('SM2 is portable on both, over the hashes of the backend', async () => {
  const [theirs, ours] = [await (await native.primitives()).sm2(), await (await portable.primitives()).sm2()];
  expect([theirs.name, ours.name]).toEqual(['portable', 'portable']);
  for (const { hashes } of [theirs, ours])
    expect(hex(hashes['SHA-256'].digest(octets(99)))).toBe(hex(crypto.hash('sha256', octets(99), 'buffer')));
});

test('what one simulation has loaded all simulations of the process have', async () => {
  expect(await portable.primitives()).toBe(portablePrimitives);
  const { nativeBackend } = await import('../../src/backend/native.ts');
  expect(await nativeBackend()?.primitives()).toBe(await native.primitives());
});

describe('a Node whose OpenSSL lacks a curve', () => {
  const poor = { ...crypto, getCurves: () => crypto.getCurves().filter((name) => name !== 'secp256k1') };

  test('has the portable curves, all of them', async () => {
    const primitives = nativePrimitives(poor as typeof crypto);
    const waiting = primitives.ec();
    expect(waiting).toBeInstanceOf(Promise);
    const ec = await waiting;
    expect(ec.name).toBe('portable');
    expect(primitives.ec()).toBe(ec);
    // They are those of SM2 as well: loaded once.
    expect(primitives.sm2()).toBe(ec);
  });

  test('and every other family from Node', async () => {
    const primitives = nativePrimitives(poor as typeof crypto);
    expect([primitives.rsa.name, primitives.hmac.name]).toEqual(['native', 'native']);
    expect((await primitives.ed25519()).name).toBe('native');
  });
});
