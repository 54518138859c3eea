// Many versions of a key's material: what was encrypted first is decrypted after all rotations.

import { createKmsim } from 'kmsim';
import { required } from '../key-specs/case.ts';
import { context, seed } from '../keys.ts';
import type { Effort, Table } from '../suite.ts';
import { type Among, among, plaintext } from './among.ts';

const periodDays = 90;

export async function versions(effort: Effort): Promise<readonly Table[]> {
  const all = await Promise.all(effort.versionCounts.map(rotated));
  return [await among('Decrypt of the oldest ciphertext, 32 B', 'versions', all, effort)];
}

async function rotated(count: number): Promise<Among> {
  const sim = createKmsim({ seed });
  const kms = sim.as();
  const KeyId = (await kms.createKey({})).KeyMetadata?.KeyId ?? '';
  const { CiphertextBlob } = await kms.encrypt({ KeyId, Plaintext: plaintext, EncryptionContext: context });
  const oldest = { CiphertextBlob: required(CiphertextBlob), EncryptionContext: context };
  await kms.enableKeyRotation({ KeyId, RotationPeriodInDays: periodDays });
  sim.clock.advance((count - 1) * periodDays * 86_400_000);
  await kms.disableKeyRotation({ KeyId });
  const { Rotations = [] } = await kms.listKeyRotations({ KeyId });
  if (Rotations.length !== count - 1) throw new Error(`${Rotations.length} rotations make no ${count} versions.`);
  return {
    count,
    run: async (times) => {
      for (let n = 0; n < times; n++) await kms.decrypt(oldest);
    },
  };
}
