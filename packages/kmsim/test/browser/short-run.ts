// A little of everything, and all that is said of it: for the comparison of two runtimes.

import type { createKmsim } from '../../src/index.ts';

const app = 'arn:aws:iam::000000000000:role/App';

/** Answers, trace, events and snapshot as one text. */
export async function shortRun(create: typeof createKmsim): Promise<string> {
  const sim = create({ seed: 'two runtimes', backend: 'portable', trace: 'inputs', identities: [{ arn: app }] });
  const kms = sim.as();
  const { KeyMetadata } = await kms.createKey({ MultiRegion: true, Tags: [{ TagKey: 'Ünal', TagValue: '1' }] });
  const KeyId = KeyMetadata?.KeyId ?? '';
  const answers: unknown[] = [KeyMetadata];
  const note = async (call: Promise<unknown>): Promise<void> => {
    answers.push(await call.catch(({ name, message }: Error) => ({ name, message })));
  };
  const context = { tenant: 'acme' };
  const { CiphertextBlob } = await kms.encrypt({
    KeyId,
    Plaintext: Uint8Array.of(1, 2, 3),
    EncryptionContext: context,
  });
  await note(kms.decrypt({ CiphertextBlob, EncryptionContext: context }));
  await note(kms.decrypt({ CiphertextBlob, EncryptionContext: { tenant: 'umbrella' } }));
  await note(sim.as(app).decrypt({ CiphertextBlob, EncryptionContext: context }));
  await note(kms.enableKeyRotation({ KeyId }));
  await note(kms.replicateKey({ KeyId, ReplicaRegion: 'eu-west-1' }));
  sim.clock.advance('366 days');
  await note(kms.generateDataKey({ KeyId, KeySpec: 'AES_256' }));
  await note(kms.listKeyRotations({ KeyId }));
  await note(sim.as(undefined, { region: 'eu-west-1' }).decrypt({ CiphertextBlob, EncryptionContext: context }));
  const why = `${sim.explain({ as: app, operation: 'Decrypt', keyId: KeyId })}`;
  const said = { answers, why, trace: sim.trace.text(), events: sim.trail.events, snapshot: sim.snapshot() };
  return JSON.stringify(said, (_, value) => (value instanceof Uint8Array ? [...value] : value));
}
