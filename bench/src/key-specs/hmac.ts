// HMAC: the MAC of a message of 64 bytes.

import { createHmac, createSecretKey, timingSafeEqual } from 'node:crypto';
import { equalBytes, type HmacKeySpec, type MacAlgorithm } from '@kmsim/hsm-core';
import type { Kmsim } from 'kmsim';
import { type Case, macOf, message, required } from './case.ts';

const specs: readonly HmacKeySpec[] = ['HMAC_224', 'HMAC_256', 'HMAC_384', 'HMAC_512'];

export async function hmacCases(sim: Kmsim): Promise<readonly Case[]> {
  const cases: Case[] = [];
  for (const spec of specs) {
    const { KeyId, kms, mac } = await macOf(sim, spec);
    const bits = spec.slice(5);
    // A key object is the quickest way of every version of Node here.
    const secret = createSecretKey(new Uint8Array(Number(bits) / 8).fill(7));
    const raw = (): Uint8Array => createHmac(`sha${bits}`, secret).update(message).digest();
    const expected = raw();
    const request = { KeyId, MacAlgorithm: `HMAC_SHA_${bits}` as MacAlgorithm, Message: message };
    const Mac = required((await kms.generateMac(request)).Mac);
    const verification = { ...request, Mac };
    cases.push(
      {
        spec,
        name: `GenerateMac ${request.MacAlgorithm}`,
        raw,
        key: () => mac(message),
        request: () => kms.generateMac(request),
      },
      {
        spec,
        name: `VerifyMac ${request.MacAlgorithm}`,
        raw: () => timingSafeEqual(raw(), expected),
        key: () => equalBytes(mac(message), Mac),
        request: () => kms.verifyMac(verification),
      },
    );
  }
  return cases;
}
