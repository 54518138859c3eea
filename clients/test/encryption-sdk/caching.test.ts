// The cache of the AWS Encryption SDK: how often KMS is asked, and how often it is not.

import {
  getLocalCryptographicMaterialsCache,
  KmsKeyringNode,
  type NodeAlgorithmSuite,
  NodeCachingMaterialsManager,
} from '@aws-crypto/client-node';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { asked, clientsOf, decrypt, encrypt, newKey, simulation } from './room.ts';

const minute = 60_000;

async function caching(seed: string, limits: { maxBytesEncrypted?: number; maxMessagesEncrypted?: number } = {}) {
  const sim = simulation(seed);
  const keyring = new KmsKeyringNode({ clientProvider: clientsOf(sim), generatorKeyId: await newKey(sim) });
  const cache = getLocalCryptographicMaterialsCache<NodeAlgorithmSuite>(100);
  const partition = 'kmsim';
  const manager = new NodeCachingMaterialsManager({
    backingMaterials: keyring,
    cache,
    partition,
    maxAge: minute,
    ...limits,
  });
  const seal = async (tenant = 'acme', text = '4711'): Promise<Buffer> => {
    const options = { encryptionContext: { tenant }, plaintextLength: text.length };
    return (await encrypt(manager, text, options)).result;
  };
  const generated = (): number => asked(sim, 'GenerateDataKey');
  return { sim, keyring, manager, seal, generated };
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-01-01T00:00:00Z') });
});

afterEach(() => {
  vi.useRealTimers();
});

describe('encryption', () => {
  test('of many messages in one context takes one data key, without the cache one each', async () => {
    const { generated, keyring, seal } = await caching('one data key');
    for (let each = 0; each < 5; each += 1) await seal();
    expect(generated()).toBe(1);
    for (let each = 0; each < 5; each += 1) await encrypt(keyring, '4711');
    expect(generated()).toBe(6);
  });

  test('in another context takes another data key, which KMS hears of', async () => {
    const { generated, seal, sim } = await caching('contexts');
    for (const tenant of ['acme', 'umbrella', 'acme', 'umbrella']) await seal(tenant);
    expect(generated()).toBe(2);
    expect(sim.trail.last()?.requestParameters).toMatchObject({ encryptionContext: { tenant: 'umbrella' } });
  });

  test.each([
    ['messages', { maxMessagesEncrypted: 2 }],
    ['bytes', { maxBytesEncrypted: 8 }],
  ])('takes a new data key when it has served so many %s', async (name, limits) => {
    const { generated, seal } = await caching(name, limits);
    for (let each = 0; each < 4; each += 1) await seal();
    expect(generated()).toBe(2);
  });

  test('takes a new data key when the old one has aged, by the clock of the program', async () => {
    const { generated, seal, sim } = await caching('age');
    await seal();
    sim.clock.advance('1 hour');
    await seal();
    expect(generated()).toBe(1);
    vi.advanceTimersByTime(minute + 1);
    await seal();
    expect(generated()).toBe(2);
  });

  test('goes on with the cached data key while KMS throttles', async () => {
    const { generated, seal, sim } = await caching('throttled');
    await seal();
    sim.faults.set({ services: [{ raise: 'ThrottlingException' }] });
    await seal();
    expect(generated()).toBe(1);
    await expect(seal('umbrella')).rejects.toMatchObject({ name: 'ThrottlingException' });
  });
});

describe('decryption', () => {
  test('of a message that was just encrypted asks KMS once, and then no more', async () => {
    const { manager, seal, sim } = await caching('decrypted');
    const [first, second] = [await seal(), await seal()];
    for (const message of [first, second, first])
      expect((await decrypt(manager, message)).plaintext.toString()).toBe('4711');
    expect(asked(sim, 'Decrypt')).toBe(1);
  });

  test('does not notice that the key was disabled until its entry has aged', async () => {
    const { keyring, manager, seal, sim } = await caching('disabled');
    const message = await seal();
    await decrypt(manager, message);
    await sim.as().disableKey({ KeyId: keyring.generatorKeyId ?? '' });
    expect((await decrypt(manager, message)).plaintext.toString()).toBe('4711');
    await expect(decrypt(keyring, message)).rejects.toThrow('DisabledException');
    vi.advanceTimersByTime(minute + 1);
    await expect(decrypt(manager, message)).rejects.toThrow('DisabledException');
  });
});
