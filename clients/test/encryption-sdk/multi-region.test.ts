// Keyrings of the AWS Encryption SDK that know multi-Region keys.

import {
  buildAwsKmsMrkAwareDiscoveryMultiKeyringNode,
  buildAwsKmsMrkAwareStrictMultiKeyringNode,
  KmsKeyringNode,
} from '@aws-crypto/client-node';
import { describe, expect, test } from 'vitest';
import { account, asked, clientsOf, decrypt, encrypt, newKey, simulation } from './room.ts';

const hour = 3_600_000;

async function twoRegions(seed: string) {
  const sim = simulation(seed);
  const primary = await newKey(sim, 'us-east-1', true);
  const { ReplicaKeyMetadata } = await sim.as().replicateKey({ KeyId: primary, ReplicaRegion: 'eu-west-1' });
  sim.clock.advance('2 seconds');
  const clientProvider = clientsOf(sim);
  const strict = (...[generatorKeyId = '', ...keyIds]: string[]) =>
    buildAwsKmsMrkAwareStrictMultiKeyringNode({ clientProvider, generatorKeyId, keyIds });
  const discovery = (regions: string[], accountIDs = [account]) =>
    buildAwsKmsMrkAwareDiscoveryMultiKeyringNode({
      clientProvider,
      regions,
      discoveryFilter: { accountIDs, partition: 'aws' },
    });
  const loseVirginia = (): void =>
    sim.faults.set({ network: { pauses: [{ fromMs: 0, untilMs: hour, region: 'us-east-1' }] } });
  return { sim, primary, replica: ReplicaKeyMetadata?.Arn ?? '', clientProvider, strict, discovery, loseVirginia };
}

describe('a strict keyring', () => {
  test('with the replica opens what the primary encrypted, where the Region of the primary is lost', async () => {
    const { loseVirginia, primary, replica, sim, strict } = await twoRegions('strict');
    const { result } = await encrypt(strict(primary), '4711', { encryptionContext: { tenant: 'acme' } });
    loseVirginia();
    await expect(decrypt(strict(primary), result)).rejects.toThrow('socket hang up');
    expect((await decrypt(strict(replica), result)).plaintext.toString()).toBe('4711');
    expect(sim.trail.last()).toMatchObject({ awsRegion: 'eu-west-1', resources: [{ ARN: replica }] });
  });

  test('with the primary opens what the replica encrypted', async () => {
    const { primary, replica, strict } = await twoRegions('strict back');
    const { result } = await encrypt(strict(replica), '4711');
    expect((await decrypt(strict(primary), result)).plaintext.toString()).toBe('4711');
  });

  test('takes no two related keys', async () => {
    const { primary, replica, strict } = await twoRegions('strict related');
    expect(() => strict(primary, replica)).toThrow(/multi-region/i);
  });

  test('with a key of one Region beside it writes to both', async () => {
    const { primary, replica, sim, strict } = await twoRegions('strict both');
    const single = await newKey(sim, 'ap-southeast-2');
    const { result } = await encrypt(strict(primary, single), '4711');
    expect((await decrypt(strict(single), result)).plaintext.toString()).toBe('4711');
    expect((await decrypt(strict(replica), result)).plaintext.toString()).toBe('4711');
  });

  test('that does not know them opens nothing with the replica, and asks nobody', async () => {
    const { clientProvider, primary, replica, sim, strict } = await twoRegions('not aware');
    const { result } = await encrypt(strict(primary), '4711');
    await expect(decrypt(new KmsKeyringNode({ clientProvider, keyIds: [replica] }), result)).rejects.toThrow();
    expect(asked(sim, 'Decrypt')).toBe(0);
  });
});

describe('a discovery keyring', () => {
  test('asks its own Region for a key of another one, and goes on to the next Region', async () => {
    const { discovery, loseVirginia, primary, sim, strict } = await twoRegions('discovery');
    const { result } = await encrypt(strict(primary), '4711');
    loseVirginia();
    expect((await decrypt(discovery(['us-east-1', 'eu-west-1']), result)).plaintext.toString()).toBe('4711');
    expect(sim.trail.last()).toMatchObject({ eventName: 'Decrypt', awsRegion: 'eu-west-1' });
    expect(sim.faults.counts).toEqual({ RegionPaused: 1 });
  });

  test('in a Region without a replica hears that there is no such key', async () => {
    const { discovery, primary, strict } = await twoRegions('no replica');
    const { result } = await encrypt(strict(primary), '4711');
    await expect(decrypt(discovery(['ap-southeast-2']), result)).rejects.toThrow('NotFoundException');
  });

  test('of another account, or with a key of one Region that is not here, asks nobody', async () => {
    const { discovery, primary, sim, strict } = await twoRegions('others');
    const { result } = await encrypt(strict(primary), '4711');
    await expect(decrypt(discovery(['us-east-1'], ['444455556666']), result)).rejects.toThrow('No EDKs supplied');
    const single = await encrypt(strict(await newKey(sim)), '4711');
    await expect(decrypt(discovery(['eu-west-1']), single.result)).rejects.toThrow('No EDKs supplied');
    expect(asked(sim, 'Decrypt')).toBe(0);
  });

  test('opens what was encrypted before the replica became the primary', async () => {
    const { discovery, primary, replica, sim, strict } = await twoRegions('promoted');
    const { result } = await encrypt(strict(primary), '4711');
    await sim.as().updatePrimaryRegion({ KeyId: primary, PrimaryRegion: 'eu-west-1' });
    sim.clock.advance('5 seconds');
    for (const region of ['us-east-1', 'eu-west-1'])
      expect((await decrypt(discovery([region]), result)).plaintext.toString()).toBe('4711');
    expect(sim.trail.last()?.resources).toMatchObject([{ ARN: replica }]);
  });
});
