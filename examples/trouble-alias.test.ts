import { createKmsim } from 'kmsim';
import { expect, test } from 'vitest';

test('an alias that was re-pointed, and data that was encrypted before', async () => {
  const sim = createKmsim({ seed: 'alias' });
  const kms = sim.as();
  const create = async () => (await kms.createKey()).KeyMetadata?.Arn ?? '';
  const [old, young] = [await create(), await create()];
  const Plaintext = Buffer.from('4711');
  await kms.createAlias({ AliasName: 'alias/orders', TargetKeyId: old });
  const { CiphertextBlob } = await kms.encrypt({ KeyId: 'alias/orders', Plaintext });
  await kms.updateAlias({ AliasName: 'alias/orders', TargetKeyId: young });

  // Symptom: the alias is not the key that the data was encrypted under.
  const symptom = await kms.decrypt({ KeyId: 'alias/orders', CiphertextBlob }).catch(String);
  // Explanation: the ciphertext names its key, and that is the old one. It opens when the call does not insist on another.
  const opened = await kms.decrypt({ CiphertextBlob });
  expect(opened.KeyId).toBe(old);
  expect(sim.trail.find({ operation: 'Decrypt', key: old, errorCode: 'none' })).toHaveLength(1);
  // So whoever disables the old key, because nothing points at it any more, loses the data.
  await kms.disableKey({ KeyId: old });
  const worse = await kms.decrypt({ CiphertextBlob }).catch(String);
  const explanation = `encrypted under ${old}\nalias/orders is  ${young}`;
  await expect(`${symptom}\n\n${explanation}\n\n${worse}\n`).toMatchFileSnapshot('trouble-alias.txt');

  // Fix: encrypt again under the new key. Only then is the old one not needed any more.
  await kms.enableKey({ KeyId: old });
  const moved = await kms.reEncrypt({ CiphertextBlob, DestinationKeyId: 'alias/orders' });
  await kms.disableKey({ KeyId: old });
  const again = await kms.decrypt({ KeyId: 'alias/orders', CiphertextBlob: moved.CiphertextBlob });
  expect(again.Plaintext).toEqual(new Uint8Array(Plaintext));
});
