// AES-256-GCM with a key that is new each time, as every message has its own.

import { type CipherKey, createCipheriv, createDecipheriv } from 'node:crypto';
import type { Backend } from '@kmsim/hsm-core';
import { byBackend } from '../backends.ts';
import type { Step, Work } from '../beside.ts';
import { additionalData, prepared } from '../floor.ts';
import { required } from '../key-specs/case.ts';
import { context } from '../keys.ts';

const tagLength = 16;
const lengths: readonly (readonly [length: number, shown: string])[] = [
  [32, '32 B'],
  [256, '256 B'],
  [1024, '1 KiB'],
  [4096, '4 KiB'],
];
const aad = additionalData(context);
const key = new Uint8Array(32).fill(7);
const iv = new Uint8Array(12).fill(9);

/** The key changes in every call: nobody may keep what was made of the last one. */
function freshKey(): Uint8Array {
  key[0] = ((key[0] ?? 0) + 1) & 255;
  return key;
}

export async function gcmPrimitives(): Promise<readonly Work[]> {
  const works: Work[] = [];
  for (const [length, shown] of lengths) {
    const plaintext = new Uint8Array(length).fill(1);
    works.push(
      {
        title: `AES-256-GCM seal, ${shown}`,
        raw: () => sealRaw(prepared(freshKey()), plaintext),
        ways: await byBackend((backend) => sealing(backend, plaintext)),
      },
      {
        title: `AES-256-GCM open, ${shown}`,
        raw: openingRaw(plaintext),
        ways: await byBackend((backend) => opening(backend, plaintext)),
      },
    );
  }
  return works;
}

function sealRaw(secret: CipherKey, plaintext: Uint8Array): { readonly body: Uint8Array; readonly tag: Uint8Array } {
  const cipher = createCipheriv('aes-256-gcm', secret, iv);
  cipher.setAAD(aad);
  const body = cipher.update(plaintext);
  cipher.final();
  return { body, tag: cipher.getAuthTag() };
}

function openingRaw(plaintext: Uint8Array): Step {
  const messages = sealedUnderEach((secret) => sealRaw(prepared(secret), plaintext));
  return () => {
    const secret = freshKey();
    const { body, tag } = required(messages[secret[0] ?? 0]);
    const decipher = createDecipheriv('aes-256-gcm', prepared(secret), iv, { authTagLength: tagLength });
    decipher.setAAD(aad);
    decipher.setAuthTag(tag);
    const opened = decipher.update(body);
    decipher.final();
    return opened;
  };
}

function sealing({ gcmSeal }: Backend, plaintext: Uint8Array): Step {
  const out = new Uint8Array(plaintext.length + tagLength);
  return () => gcmSeal(freshKey(), iv, aad, plaintext, out, 0);
}

function opening({ gcmOpen, gcmSeal }: Backend, plaintext: Uint8Array): Step {
  const messages = sealedUnderEach((secret) => {
    const sealed = new Uint8Array(plaintext.length + tagLength);
    gcmSeal(secret, iv, aad, plaintext, sealed, 0);
    return sealed;
  });
  return () => {
    const secret = freshKey();
    if (gcmOpen(secret, iv, aad, required(messages[secret[0] ?? 0])) === undefined)
      throw new Error('It does not open.');
  };
}

function sealedUnderEach<Sealed>(seal: (secret: Uint8Array) => Sealed): readonly Sealed[] {
  return Array.from({ length: 256 }, (_, first) => {
    const secret = Uint8Array.from(key);
    secret[0] = first;
    return seal(secret);
  });
}
