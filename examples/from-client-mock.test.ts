import { DecryptCommand, EncryptCommand, KMSClient } from '@aws-sdk/client-kms';
import { kmsimTest as test } from 'kmsim/vitest';
import { expect } from 'vitest';

// The program under test, with a client that it makes by itself.
const kms = new KMSClient({ region: 'us-east-1' });
const tenant = (name: string) => ({ EncryptionContext: { tenant: name } });

async function seal(name: string, text: string): Promise<Uint8Array> {
  const asked = { KeyId: 'alias/orders', Plaintext: Buffer.from(text), ...tenant(name) };
  const { CiphertextBlob } = await kms.send(new EncryptCommand(asked));
  return CiphertextBlob ?? new Uint8Array();
}

async function open(name: string, CiphertextBlob: Uint8Array): Promise<string> {
  const { Plaintext } = await kms.send(new DecryptCommand({ CiphertextBlob, ...tenant(name) }));
  return Buffer.from(Plaintext ?? []).toString();
}

test('instead of answers that the test makes up, the answers of a key', async ({ sim }) => {
  const { KeyMetadata: key } = await sim.as().createKey();
  await sim.as().createAlias({ AliasName: 'alias/orders', TargetKeyId: key?.KeyId ?? '' });
  const attached = sim.attach(kms);

  const sealed = await seal('acme', '4711');
  expect(await open('acme', sealed)).toBe('4711');
  await expect(open('umbrella', sealed)).rejects.toMatchObject({ name: 'InvalidCiphertextException' });
  expect(sim).toHaveCalled('Encrypt', 1);
  expect(sim).toHaveEncryptedWithContext({ tenant: 'acme' });

  // Instead of rejects(...): a fault, which strikes as often as you say.
  sim.faults.set({ services: [{ raise: 'KMSInternalException', operations: ['Decrypt'], count: 1 }] });
  expect(await open('acme', sealed)).toBe('4711');
  expect(sim.faults.counts).toEqual({ KMSInternalException: 1 });
  attached.detach();
});
