// A simulation, and the AWS Encryption SDK in front of it.

import { buildClient, getClient, KMS, type KmsKeyringNodeInput } from '@aws-crypto/client-node';
import { createKmsim, type Kmsim, type KmsimOptions } from 'kmsim';

export type ClientProvider = NonNullable<KmsKeyringNodeInput['clientProvider']>;

export const account = '111122223333';

export function simulation(seed: string, options: KmsimOptions = {}): Kmsim {
  return createKmsim({ seed: `encryption sdk: ${seed}`, account, ...options });
}

/** One client for each Region that a key ARN names; a Region that is away is asked once. */
export function clientsOf(sim: Kmsim, as?: string): ClientProvider {
  // The types of the Encryption SDK do not know exactOptionalPropertyTypes.
  return getClient(KMS as never, { ...sim.clientConfig(as === undefined ? {} : { as }), maxAttempts: 1 });
}

export async function newKey(sim: Kmsim, region = 'us-east-1', MultiRegion = false): Promise<string> {
  const { KeyMetadata } = await sim.as(undefined, { region }).createKey({ MultiRegion });
  return KeyMetadata?.Arn ?? '';
}

export const { encrypt, decrypt } = buildClient();

/** How often KMS was asked for what. */
export function asked(sim: Kmsim, operation: string): number {
  return sim.trail.find({ operation }).length;
}
