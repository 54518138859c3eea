import { DecryptCommand, KMSClient } from '@aws-sdk/client-kms';
import { createKmsim } from 'kmsim';
import { expect, test } from 'vitest';

test('the client gets over two failures of the service, and not over a third', async () => {
  const sim = createKmsim({ seed: 'faults-test', trace: true });
  const { KeyMetadata: key } = await sim.as().createKey();
  const { CiphertextBlob } = await sim.as().encrypt({ KeyId: key?.KeyId ?? '', Plaintext: Buffer.from('4711') });
  const kms = new KMSClient({ ...sim.clientConfig(), maxAttempts: 3 });
  const decrypt = () => kms.send(new DecryptCommand({ CiphertextBlob }));

  const internal = { raise: 'KMSInternalException', operations: ['Decrypt'] };
  sim.faults.set({ services: [{ ...internal, count: 2 }] });
  expect(Buffer.from((await decrypt()).Plaintext ?? []).toString()).toBe('4711');
  expect(sim.faults.counts).toEqual({ KMSInternalException: 2 });

  sim.faults.set({ services: [internal] });
  await expect(decrypt()).rejects.toMatchObject({ name: 'KMSInternalException' });
  expect(sim.trace.lines().filter((line) => line.includes('"kind":"fault"'))).toHaveLength(5);
});
