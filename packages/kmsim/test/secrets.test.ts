// What a simulation shows of its secrets: nothing, in whatever way somebody looks. And what is left of them when it ends.

import { constants, publicEncrypt } from 'node:crypto';
import { inspect } from 'node:util';
import { serialize } from 'node:v8';
import type { CloudHsmCluster } from '@kmsim/cloud-hsm';
import { expect, test } from 'vitest';
import { createKmsim, type Kmsim } from '../src/index.ts';

const material = Uint8Array.from({ length: 32 }, (_, at) => 0xc3 ^ (at * 37));
const accessKeys = [{ accessKeyId: 'mine', secretAccessKey: 'a-secret-access-key-of-somebody' }];

const marks: readonly string[] = [
  Buffer.from(material).toString('hex'),
  Buffer.from(material).toString('base64'),
  Buffer.from(material).toString('latin1'),
  [...material.subarray(0, 5)].join(', '),
  [...material.subarray(0, 5)].join(','),
  'a-secret-access-key-of-somebody',
];

async function withImport(): Promise<{ sim: Kmsim; keyId: string }> {
  const sim = createKmsim({ seed: 'secrets', accessKeys, trace: true });
  const kms = sim.as();
  const keyId = (await kms.createKey({ Origin: 'EXTERNAL' })).KeyMetadata?.KeyId ?? '';
  const { ImportToken = new Uint8Array(), PublicKey = new Uint8Array() } = await kms.getParametersForImport({
    KeyId: keyId,
    WrappingAlgorithm: 'RSAES_OAEP_SHA_256',
    WrappingKeySpec: 'RSA_2048',
  });
  const key = { key: Buffer.from(PublicKey), format: 'der', type: 'spki', oaepHash: 'sha256' } as const;
  const EncryptedKeyMaterial = publicEncrypt({ ...key, padding: constants.RSA_PKCS1_OAEP_PADDING }, material);
  await kms.importKeyMaterial({
    KeyId: keyId,
    ImportToken,
    EncryptedKeyMaterial,
    ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE',
  });
  await kms.encrypt({ KeyId: keyId, Plaintext: Uint8Array.of(1) });
  return { sim, keyId };
}

test('no inspection, JSON, clone, trail, trace, snapshot or error shows one', async () => {
  const { keyId, sim } = await withImport();
  const refused = await sim
    .as()
    .decrypt({ CiphertextBlob: Uint8Array.of(1), KeyId: keyId })
    .catch((error: unknown) => error);
  const told = [
    inspect(sim, { depth: Number.POSITIVE_INFINITY, showHidden: true, maxArrayLength: null, maxStringLength: null }),
    inspect(sim.kms, { depth: 12, showHidden: true, maxArrayLength: null }),
    JSON.stringify(sim.snapshot()),
    sim.trace.text(),
    JSON.stringify(sim.trail.events),
    inspect(refused, { depth: Number.POSITIVE_INFINITY, showHidden: true }),
    serialize(sim.snapshot()).toString('latin1'),
    // What a worker would get of it.
    serialize(sim.as()).toString('latin1'),
  ];
  for (const text of told) for (const mark of marks) expect(text.includes(mark)).toBe(false);
});

test('a simulation that is closed has no keys any more', async () => {
  const { keyId, sim } = await withImport();
  const { kms } = sim;
  const [materialId = ''] = JSON.stringify(kms.state.records()).match(/[0-9a-f]{64}/) ?? [];
  expect(kms.vault.has(materialId)).toBe(true);
  sim.close();
  expect(kms.vault.has(materialId)).toBe(false);
  await expect(async () => sim.as().describeKey({ KeyId: keyId })).rejects.toMatchObject({ code: 'Closed' });
});

test('the clusters of a simulation that ends, or goes back, have no secrets any more', () => {
  const sim = createKmsim({ seed: 1 });
  const { id } = sim.cloudHsm.launch();
  const cluster = (of: Kmsim): CloudHsmCluster => of.cloudHsm.get(id) ?? expect.fail('no cluster');
  const login = (to: CloudHsmCluster): string | object => to.login('kmsuser', 'kmsPassword', 'me');
  const [first, fork, mark, sealKey] = [cluster(sim), sim.fork(), sim.mark(), new Uint8Array(32)];
  sim.rewind(mark);
  const second = cluster(sim);
  expect(login(second)).toBeTypeOf('object');
  const before = second.record(sealKey);
  sim.close();
  for (const ended of [first, second]) {
    expect([ended.state, ended.users, ended.hsms]).toEqual(['DELETED', [], []]);
    expect(login(ended)).toBeTypeOf('string');
    expect(ended.record(sealKey)).not.toEqual(before);
  }
  expect(login(cluster(fork))).toBeTypeOf('object');
});

test('one that was forked, and one that goes back, have theirs', async () => {
  const { keyId, sim } = await withImport();
  const Plaintext = Uint8Array.of(2);
  const { CiphertextBlob } = await sim.as().encrypt({ KeyId: keyId, Plaintext });
  const [fork, mark] = [sim.fork(), sim.mark()];
  sim.rewind(mark);
  expect((await sim.as().decrypt({ CiphertextBlob })).Plaintext).toEqual(Plaintext);
  sim.close();
  expect((await fork.as().decrypt({ CiphertextBlob })).Plaintext).toEqual(Plaintext);
});
