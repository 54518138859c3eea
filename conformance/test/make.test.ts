// What a client makes for itself.

import { createPublicKey } from 'node:crypto';
import { expect, test } from 'vitest';
import { made } from '../src/make.ts';
import { createScope } from '../src/scope.ts';
import type { Make } from '../src/transcript.ts';

const scope = createScope({ name: 't', regions: ['eu-west-1'] }, { account: '111122223333', callerArn: 'arn:me' });
const make = (one: Make): Record<string, unknown> => made({ id: 'm', make: one }, scope);

test('random bytes are those of the step, in every run', () => {
  const { bytes } = make({ as: 'bytes', randomBytes: 32 });
  expect(bytes).toHaveLength(32);
  expect(make({ as: 'bytes', randomBytes: 32 })).toEqual({ bytes });
  expect(made({ id: 'other', make: { as: 'bytes', randomBytes: 32 } }, scope)).not.toEqual({ bytes });
});

test('a value is a form', () => {
  expect(make({ as: 'text', value: { $template: 'in ${region}' } })).toEqual({ text: 'in eu-west-1' });
  expect(make({ as: 'none', value: null })).toEqual({ none: null });
});

test('a key pair has two names, the private key first', () => {
  const pair = make({ as: 'mine, theirs', keyPair: 'ECC_NIST_P256' });
  expect(Object.keys(pair)).toEqual(['mine', 'theirs']);
  const key = createPublicKey({ key: Buffer.from(pair['theirs'] as Uint8Array), format: 'der', type: 'spki' });
  expect(key.asymmetricKeyDetails).toEqual({ namedCurve: 'prime256v1' });
  expect(make({ as: 'mine, theirs', keyPair: 'ECC_NIST_P256' })).toEqual(pair);
});

test('a ciphertext is made with the public key that the transcript names', () => {
  scope.remember('pair', make({ as: 'mine, theirs', keyPair: 'RSA_2048' }));
  const encrypt = { hash: 'SHA_256', publicKey: { $ref: 'pair.theirs' }, plaintext: { $utf8: 'hi' } };
  expect(make({ as: 'bytes', rsaOaepEncrypt: encrypt })['bytes']).toHaveLength(256);
});
