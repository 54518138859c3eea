import {
  buildClient,
  getClient,
  KMS,
  buildAwsKmsMrkAwareStrictMultiKeyringNode as strictKeyring,
} from '@aws-crypto/client-node';
import { createKmsim } from 'kmsim';
import { expect, test } from 'vitest';

const { decrypt, encrypt } = buildClient();

test('Ireland reads what Virginia wrote, while Virginia is away', async () => {
  const sim = createKmsim({ seed: 'encryption-sdk-regions' });
  const { KeyMetadata: key } = await sim.as().createKey({ MultiRegion: true });
  const [KeyId, ReplicaRegion] = [key?.Arn ?? '', 'eu-west-1'];
  const { ReplicaKeyMetadata: replica } = await sim.as().replicateKey({ KeyId, ReplicaRegion });
  sim.clock.advance('2 seconds');

  const clientProvider = getClient(KMS as never, { ...sim.clientConfig(), maxAttempts: 1 });
  const virginia = strictKeyring({ clientProvider, generatorKeyId: KeyId });
  const ireland = strictKeyring({ clientProvider, generatorKeyId: replica?.Arn ?? '' });
  const { result } = await encrypt(virginia, 'card 4711');

  sim.faults.set({ network: { pauses: [{ fromMs: 0, untilMs: 60_000, region: 'us-east-1' }] } });
  await expect(decrypt(virginia, result)).rejects.toThrow('socket hang up');
  expect((await decrypt(ireland, result)).plaintext.toString()).toBe('card 4711');
});
