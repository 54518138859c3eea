// Messages of the AWS Encryption SDK: with and without key commitment, signed, as streams, through raw keys beside KMS.

import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import {
  AlgorithmSuiteIdentifier,
  buildClient,
  CommitmentPolicy,
  KmsKeyringNode,
  MultiKeyringNode,
  RawAesKeyringNode,
  RawAesWrappingSuiteIdentifier,
} from '@aws-crypto/client-node';
import { describe, expect, test } from 'vitest';
import { asked, clientsOf, decrypt, encrypt, newKey, simulation } from './room.ts';

const sim = simulation('messages');
const clientProvider = clientsOf(sim);
const generatorKeyId = await newKey(sim);
const keyring = new KmsKeyringNode({ clientProvider, generatorKeyId });

const unsigned = AlgorithmSuiteIdentifier.ALG_AES256_GCM_IV12_TAG16_HKDF_SHA512_COMMIT_KEY;
const policies = Object.values(CommitmentPolicy);

// 64 KiB that do not repeat, so that a frame in the wrong place is seen.
const long = Buffer.from(Uint32Array.from({ length: 16_384 }, (_, at) => at).buffer);

describe('a commitment policy', () => {
  const [forbid, allow, require] = policies.map((policy) => buildClient(policy));

  test('is kept on both sides', async () => {
    const committed = (await require?.encrypt(keyring, '4711'))?.result ?? '';
    const plain = (await forbid?.encrypt(keyring, '4711'))?.result ?? '';
    for (const client of [forbid, allow, require])
      expect((await client?.decrypt(keyring, committed))?.plaintext.toString()).toBe('4711');
    for (const client of [forbid, allow])
      expect((await client?.decrypt(keyring, plain))?.plaintext.toString()).toBe('4711');
    const before = asked(sim, 'Decrypt');
    await expect(require?.decrypt(keyring, plain)).rejects.toThrow('Configuration conflict');
    expect(asked(sim, 'Decrypt')).toBe(before);
  });
});

describe('the algorithm suite', () => {
  const suites = Object.values(AlgorithmSuiteIdentifier).filter((value) => typeof value === 'number');

  test.each(suites.map((suiteId) => ({ suiteId, name: AlgorithmSuiteIdentifier[suiteId] })))(
    '$name has a data key of its own length',
    async ({ name = '', suiteId }) => {
      const client = buildClient(
        name.includes('COMMIT')
          ? CommitmentPolicy.REQUIRE_ENCRYPT_REQUIRE_DECRYPT
          : CommitmentPolicy.FORBID_ENCRYPT_ALLOW_DECRYPT,
      );
      const { result } = await client.encrypt(keyring, '4711', { suiteId });
      const bits = Number(/AES(\d+)/.exec(name)?.[1]);
      expect(sim.trail.last()?.requestParameters).toMatchObject({ numberOfBytes: bits / 8 });
      expect((await client.decrypt(keyring, result)).plaintext.toString()).toBe('4711');
    },
  );

  test('that signs shows KMS the public key of the signature in the context', async () => {
    await encrypt(keyring, '4711');
    expect(sim.trail.last()?.requestParameters).toHaveProperty('encryptionContext.aws-crypto-public-key');
    await encrypt(keyring, '4711', { suiteId: unsigned });
    expect(sim.trail.last()?.requestParameters).not.toHaveProperty('encryptionContext.aws-crypto-public-key');
  });
});

describe('a stream', () => {
  const { decryptStream, decryptUnsignedMessageStream, encryptStream } = buildClient();

  test('is opened by a stream, with one data key for all its frames', async () => {
    const before = asked(sim, 'GenerateDataKey');
    const sealing = encryptStream(keyring, { frameLength: 4_096, encryptionContext: { tenant: 'acme' } });
    const message = await buffer(Readable.from([long.subarray(0, 10_000), long.subarray(10_000)]).pipe(sealing));
    expect(asked(sim, 'GenerateDataKey')).toBe(before + 1);
    expect(long.equals(await buffer(Readable.from([message]).pipe(decryptStream(keyring))))).toBe(true);
  });

  test('without a signature is opened while it comes', async () => {
    const sealing = encryptStream(keyring, { suiteId: unsigned });
    const message = await buffer(Readable.from([long]).pipe(sealing));
    const opened = await buffer(Readable.from([message]).pipe(decryptUnsignedMessageStream(keyring)));
    expect(long.equals(opened)).toBe(true);
  });

  test('with a frame that was changed ends with an error', async () => {
    const { result } = await encrypt(keyring, long, { frameLength: 4_096 });
    result.writeUInt8(result.readUInt8(50_000) ^ 1, 50_000);
    await expect(decrypt(keyring, Readable.from([result]))).rejects.toThrow('unable to authenticate');
  });

  test('that KMS refuses a data key ends with what KMS said', async () => {
    const nobody = new KmsKeyringNode({ clientProvider, generatorKeyId: `${generatorKeyId.slice(0, -4)}0000` });
    await expect(buffer(Readable.from([long]).pipe(encryptStream(nobody)))).rejects.toMatchObject({
      name: 'NotFoundException',
    });
  });
});

test('a key of KMS beside one of another kind: either opens the message', async () => {
  const raw = new RawAesKeyringNode({
    keyName: 'escrow',
    keyNamespace: 'orders',
    unencryptedMasterKey: new Uint8Array(32).fill(7),
    wrappingSuite: RawAesWrappingSuiteIdentifier.AES256_GCM_IV12_TAG16_NO_PADDING,
  });
  const both = new MultiKeyringNode({ generator: keyring, children: [raw] });
  const { result } = await encrypt(both, '4711');
  const before = asked(sim, 'Decrypt');
  expect((await decrypt(raw, result)).plaintext.toString()).toBe('4711');
  expect(asked(sim, 'Decrypt')).toBe(before);
  expect((await decrypt(keyring, result)).plaintext.toString()).toBe('4711');
});
