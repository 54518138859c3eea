// What the verification says of a request, in one line.

import { expect } from 'vitest';
import { type SignedRequest, type SigningCredential, type Verification, verifySignature } from '../src/sigv4.ts';
import { exampleKey, signedAt } from './signed-request.ts';

export function knowing(
  known: Readonly<Record<string, SigningCredential>>,
  now = signedAt,
): Verification<SigningCredential> {
  const keys = new Map(Object.entries(known));
  return { lookup: (id) => keys.get(id), now: () => now };
}

export const verification = knowing({ [exampleKey.accessKeyId]: exampleKey });

/** `Code: message`, or 'verified'. */
export async function judged(request: SignedRequest, by = verification): Promise<string> {
  const verdict = await verifySignature(request, by);
  if (!('refusal' in verdict)) return 'verified';
  expect(verdict.refusal.status).toBe(400);
  return `${verdict.refusal.code}: ${verdict.refusal.message}`;
}
