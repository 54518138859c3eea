// RSA without padding: what everything else of it is made of.

import { constants, createPrivateKey, createPublicKey, privateDecrypt, publicEncrypt } from 'node:crypto';
import { rsa } from '@kmsim/hsm-core/families';
import { backendsHere, byBackend } from '../backends.ts';
import { mapped, type Work } from '../beside.ts';
import { message, required } from '../key-specs/case.ts';

const padding = constants.RSA_NO_PADDING;

export async function rsaPrimitives(): Promise<readonly Work[]> {
  const { rsa: native } = await required(backendsHere()[0]).primitives();
  const works: Work[] = [];
  for (const [spec, parameters] of Object.entries(rsa.rsaParameters)) {
    const pkcs8 = rsa.toPkcs8(rsa.grow(new Uint8Array(32).fill(7), parameters, native));
    const privateKey = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' });
    const publicKey = createPublicKey(privateKey);
    const keys = await byBackend(async (backend) => {
      const key = rsa.fromPkcs8(pkcs8, parameters, (await backend.primitives()).rsa);
      if (typeof key === 'string') throw new Error(`Its own key is ${key}.`);
      return key;
    });
    // A number below the modulus.
    const block = new Uint8Array(parameters.bits / 8);
    block.set(message, block.length - message.length);
    const sealed = publicEncrypt({ key: publicKey, padding }, block);
    works.push(
      {
        title: `${spec} private operation`,
        raw: () => privateDecrypt({ key: privateKey, padding }, sealed),
        ways: mapped(keys, (key) => () => key.apply(sealed)),
      },
      {
        title: `${spec} public operation`,
        raw: () => publicEncrypt({ key: publicKey, padding }, block),
        ways: mapped(keys, (key) => () => key.publicKey.apply(block)),
      },
    );
  }
  return works;
}
