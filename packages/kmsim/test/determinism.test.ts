// The same seed and the same calls give the same bytes: through the SDK, twice, on both backends.

import { KMS, type KMSServiceException } from '@aws-sdk/client-kms';
import { KMS as OldKms } from 'client-kms-3-496';
import { expect, test } from 'vitest';
import { createKmsim, type Kmsim, type KmsimOptions, type KmsMethods } from '../src/index.ts';

const app = 'arn:aws:iam::000000000000:role/App';

/** Everything that came back, in order: answers with their metadata, errors with name and message, then the snapshot. */
async function trace(sim: Kmsim, client: (as?: string) => KmsMethods): Promise<string> {
  const kms = client();
  const theirs = client(app);
  const lines: string[] = [];
  const note = async (call: Promise<unknown>): Promise<unknown> => {
    const answer = await call.catch(({ $metadata, message, name }: KMSServiceException) => ({
      $metadata,
      message,
      name,
    }));
    lines.push(
      JSON.stringify(answer, (_, value: unknown) =>
        value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value,
      ),
    );
    return answer;
  };
  const { KeyMetadata } = (await note(kms.createKey({ Tags: [{ TagKey: 'a', TagValue: 'b' }] }))) as Awaited<
    ReturnType<KmsMethods['createKey']>
  >;
  const KeyId = KeyMetadata?.KeyId ?? '';
  await note(kms.createAlias({ AliasName: 'alias/t', TargetKeyId: KeyId }));
  for (const length of [0, 1, 32, 4096]) {
    const Plaintext = new Uint8Array(length).fill(7);
    await note(kms.encrypt({ KeyId: 'alias/t', Plaintext, EncryptionContext: { b: '2', a: '1' } }));
  }
  await note(kms.enableKeyRotation({ KeyId }));
  await note(kms.describeKey({ KeyId: 'alias/aws/s3' }));
  sim.clock.advance('800 days');
  await note(kms.generateDataKey({ KeyId, NumberOfBytes: 1024 }));
  await note(kms.generateDataKeyWithoutPlaintext({ KeyId, KeySpec: 'AES_128' }));
  await note(kms.generateRandom({ NumberOfBytes: 1000 }));
  await note(kms.listKeys({ Limit: 1 }));
  await note(theirs.decrypt({ CiphertextBlob: new Uint8Array(184) }));
  await note(theirs.encrypt({ KeyId, Plaintext: new Uint8Array(1) }));
  await note(kms.scheduleKeyDeletion({ KeyId, PendingWindowInDays: 8 }));
  await note(kms.encrypt({ KeyId, Plaintext: new Uint8Array(1) }));
  lines.push(JSON.stringify(sim.snapshot()));
  return lines.join('\n');
}

const throughSdk = (options: KmsimOptions, Sdk: new (config: object) => object = KMS): Promise<string> => {
  const sim = createKmsim({ seed: 'determinism', ...options });
  return trace(sim, (as) => new Sdk(sim.clientConfig(as === undefined ? {} : { as })) as unknown as KmsMethods);
};

test('the trace of the SDK is the same every time and on both backends', async () => {
  const first = await throughSdk({ backend: 'native' });
  expect(first).toContain('AccessDeniedException');
  expect(first).not.toContain('InternalFailure');
  expect(await throughSdk({ backend: 'native' })).toBe(first);
  expect(await throughSdk({ backend: 'portable' })).toBe(first);
  expect(await throughSdk({})).toBe(first);
});

test('another seed gives another trace', async () => {
  expect(await throughSdk({ seed: 'another' })).not.toBe(await throughSdk({}));
});

test('the old SDK and the direct door leave the same simulation behind', async () => {
  const snapshot = (lines: string): string | undefined => lines.split('\n').at(-1);
  const sim = createKmsim({ seed: 'determinism' });
  const direct = await trace(sim, (as) => sim.as(as));
  const sdk = snapshot(await throughSdk({}));
  expect(snapshot(direct)).toBe(sdk);
  expect(snapshot(await throughSdk({}, OldKms))).toBe(sdk);
});

test('an operation that others call in between draws the same bytes', async () => {
  const encrypt = async (between: (kms: KmsMethods) => Promise<unknown>): Promise<string> => {
    const kms = createKmsim({ seed: 1 }).as();
    const { KeyMetadata } = await kms.createKey();
    await between(kms);
    const { CiphertextBlob } = await kms.encrypt({ KeyId: KeyMetadata?.KeyId ?? '', Plaintext: new Uint8Array(8) });
    return Buffer.from(CiphertextBlob ?? []).toString('hex');
  };
  const quiet = await encrypt(async () => {});
  expect(await encrypt((kms) => kms.generateRandom({ NumberOfBytes: 1024 }))).toBe(quiet);
  expect(await encrypt((kms) => kms.createKey())).toBe(quiet);
});
