// What may be shown to nobody: bytes that stand in requests and answers, by the shapes of the API.

import { structures } from '@kmsim/kms';
import type { Canary } from '../../../packages/kms/test/audit/canaries.ts';

/** Members that the model of the API calls sensitive, and the public keys that it does not mean. */
const sensitive: ReadonlySet<string> = new Set(
  Object.values(structures)
    .flat()
    .filter(({ name, shape }) => 'sensitive' in shape && name !== 'PublicKey')
    .map(({ name }) => name),
);

// A shorter one would be found by chance.
const shortest = 12;

export function canary(name: string, secret: Uint8Array | string): Canary {
  return { name, secret: typeof secret === 'string' ? Buffer.from(secret) : Uint8Array.from(secret) };
}

/** Of a request or an answer on the wire: the text of each, and what is in it where that is base64. */
export function canariesOf(operation: string, body: unknown): readonly Canary[] {
  if (typeof body !== 'object' || body === null) return [];
  return Object.entries(body).flatMap(([name, value]) => {
    if (!sensitive.has(name) || typeof value !== 'string') return canariesOf(operation, value);
    const label = `${operation}.${name}`;
    return [canary(label, value), canary(label, Buffer.from(value, 'base64'))].filter(
      ({ secret }) => secret.length >= shortest,
    );
  });
}

/** Each once. */
export function distinct(canaries: readonly Canary[]): readonly Canary[] {
  return [...new Map(canaries.map((one) => [Buffer.from(one.secret).toString('hex'), one])).values()];
}
