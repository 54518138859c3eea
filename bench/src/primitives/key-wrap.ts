// AES key wrap under 256 bits: RFC 5649 on each backend, and RFC 3394, which is there in plain TypeScript only.

import { createCipheriv, createDecipheriv } from 'node:crypto';
import { aesKw } from '@kmsim/hsm-core/mechanisms';
import { byBackend } from '../backends.ts';
import type { Step, Work } from '../beside.ts';
import { prepared } from '../floor.ts';
import { required } from '../key-specs/case.ts';

const kek = new Uint8Array(32).fill(7);
const material = new Uint8Array(32).fill(1);

// RFC 3394 section 2.2.3.1 and RFC 5649 section 3.
const initial = { 'id-aes256-wrap': 'a6a6a6a6a6a6a6a6', 'id-aes256-wrap-pad': 'a65959a6' } as const;

function raw(cipherName: keyof typeof initial): { readonly wrap: Step; readonly unwrap: Step } {
  const iv = Buffer.from(initial[cipherName], 'hex');
  const wrap = (): Buffer => {
    const cipher = createCipheriv(cipherName, prepared(kek), iv);
    return Buffer.concat([cipher.update(material), cipher.final()]);
  };
  const wrapped = wrap();
  const unwrap = (): Buffer => {
    const decipher = createDecipheriv(cipherName, prepared(kek), iv);
    return Buffer.concat([decipher.update(wrapped), decipher.final()]);
  };
  return { wrap, unwrap };
}

export async function keyWrapPrimitives(): Promise<readonly Work[]> {
  const kwp = raw('id-aes256-wrap-pad');
  const kw = raw('id-aes256-wrap');
  const wrapped = required(aesKw.wrap(kek, material));
  return [
    {
      title: 'AES-KWP wrap, 32 B',
      raw: kwp.wrap,
      ways: await byBackend(async (backend) => {
        const { keyWrap } = await backend.primitives();
        return () => keyWrap.wrap(kek, material);
      }),
    },
    {
      title: 'AES-KWP unwrap, 32 B',
      raw: kwp.unwrap,
      ways: await byBackend(async (backend) => {
        const { keyWrap } = await backend.primitives();
        const sealed = keyWrap.wrap(kek, material);
        return () => required(keyWrap.unwrap(kek, sealed));
      }),
    },
    { title: 'AES-KW wrap, 32 B', raw: kw.wrap, ways: { portable: () => aesKw.wrap(kek, material) } },
    { title: 'AES-KW unwrap, 32 B', raw: kw.unwrap, ways: { portable: () => required(aesKw.unwrap(kek, wrapped)) } },
  ];
}
