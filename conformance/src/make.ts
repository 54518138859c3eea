// What a client makes for itself before it calls: bytes, values, key pairs, ciphertexts.

import { makeKeyPair } from './client/key-pair.ts';
import { rsaOaep } from './client/wrap.ts';
import { bytes, evaluate, oaepOf, record } from './inputs.ts';
import type { Scope } from './scope.ts';
import type { MakeStep } from './transcript.ts';

// The exponent of KMS's own RSA keys, and of nearly all others.
const usualExponent = 65_537;

/** What the step gives later steps to refer to. */
export function made({ id, make }: MakeStep, scope: Scope): Record<string, unknown> {
  if ('keyPair' in make) {
    const draw = (label: string, length: number): Uint8Array => scope.bytes(`${id}/${label}`, length);
    const { privateKey, publicKey } = makeKeyPair(make.keyPair, make.publicExponent ?? usualExponent, draw);
    const [privateName = '', publicName = ''] = make.as.split(/,\s*/);
    return { [privateName]: privateKey, [publicName]: publicKey };
  }
  if ('randomBytes' in make) {
    const { as, randomBytes: length } = make;
    return { [as]: scope.bytes(id, length) };
  }
  if ('value' in make) return { [make.as]: evaluate(make.value, scope) };
  const { plaintext, ...oaep } = record(evaluate(make.rsaOaepEncrypt, scope));
  return { [make.as]: rsaOaep(oaepOf(oaep), bytes(plaintext)) };
}
