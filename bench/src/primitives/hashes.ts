// SHA-256, HMAC, and the key derivation that is made of one HMAC.

import { createHmac, createSecretKey, hash } from 'node:crypto';
import { byBackend } from '../backends.ts';
import type { Work } from '../beside.ts';
import { prepared } from '../floor.ts';
import { message } from '../key-specs/case.ts';

const hashes = ['SHA-224', 'SHA-256', 'SHA-384', 'SHA-512'] as const;
// As long as kmsim's: counter, label, nonce, length.
const kdfInput = new Uint8Array(52).fill(3);

export async function hashPrimitives(): Promise<readonly Work[]> {
  const long = new Uint8Array(4096).fill(1);
  const works: Work[] = [];
  for (const [bytes, shown] of [
    [message, '64 B'],
    [long, '4 KiB'],
  ] as const) {
    works.push({
      title: `SHA-256, ${shown}`,
      raw: () => hash('sha256', bytes, 'buffer'),
      ways: await byBackend((backend) => () => backend.sha256(bytes)),
    });
  }
  for (const name of hashes) {
    const bits = Number(name.slice(4));
    const secret = new Uint8Array(bits / 8).fill(7);
    // A key object is the quickest way of every version of Node here.
    const kept = createSecretKey(secret);
    works.push({
      title: `HMAC-${name}, 64 B`,
      raw: () => createHmac(`sha${bits}`, kept).update(message).digest(),
      ways: await byBackend(async (backend) => {
        const mac = (await backend.primitives()).hmac.hmac(name, secret);
        return () => mac(message);
      }),
    });
  }
  const key = new Uint8Array(32).fill(7);
  const secret = prepared(key);
  works.push({
    title: 'Key of a message (KDF in counter mode, HMAC-SHA-256)',
    raw: () => createHmac('sha256', secret).update(kdfInput).digest(),
    ways: await byBackend((backend) => {
      const mac = backend.hmacSha256(key);
      return () => mac(kdfInput);
    }),
  });
  return works;
}
