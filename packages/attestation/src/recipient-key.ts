// The public key in a document, to which an answer is encrypted: RSA, as a SubjectPublicKeyInfo. RFC 3279 section 2.3.1.

import { bytesToNumberBE } from '@noble/curves/utils.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { id_rsaEncryption, RSAPublicKey } from '@peculiar/asn1-rsa';
import { AsnConvert } from '@peculiar/asn1-schema';
import { SubjectPublicKeyInfo } from '@peculiar/asn1-x509';
import { isOneElement } from './der.ts';
import { type AttestationFault, attempt, fault } from './fault.ts';

export interface RecipientKey {
  readonly modulus: bigint;
  readonly exponent: bigint;
  /** Octets of the modulus. */
  readonly length: number;
  /** Names the key in an answer: SHA-256 of the whole SubjectPublicKeyInfo, as in answers of the real service. */
  readonly identifier: Uint8Array;
}

// The SDKs for enclaves make 2048, 3072 or 4096 bits. Shorter ones protect nothing, longer ones do not fit into public_key.
const leastBits = 2048;
const mostBits = 4096;

export function readRecipientKey(spki: Uint8Array): RecipientKey | AttestationFault {
  const numbers = isOneElement(spki) ? attempt(() => numbersOf(spki)) : undefined;
  if (numbers === undefined) return fault('invalid public key', 'public_key is no RSA public key.');
  const { exponent, modulus } = numbers;
  const bits = modulus.toString(2).length;
  if (bits < leastBits || bits > mostBits)
    return fault('invalid public key', `public_key has not ${leastBits} to ${mostBits} bits.`);
  // RFC 8017 section 3.1: the modulus is a product of odd primes; the exponent is odd and at least 3.
  if (modulus % 2n === 0n || exponent % 2n === 0n || exponent < 3n || exponent >= modulus)
    return fault('invalid public key', 'public_key is no RSA public key.');
  return { modulus, exponent, length: Math.ceil(bits / 8), identifier: sha256(spki) };
}

function numbersOf(spki: Uint8Array): Pick<RecipientKey, 'modulus' | 'exponent'> | undefined {
  const { algorithm, subjectPublicKey } = AsnConvert.parse(spki, SubjectPublicKeyInfo);
  if (algorithm.algorithm !== id_rsaEncryption || !isOneElement(new Uint8Array(subjectPublicKey))) return undefined;
  const { modulus, publicExponent } = AsnConvert.parse(subjectPublicKey, RSAPublicKey);
  const [n, e] = [new Uint8Array(modulus), new Uint8Array(publicExponent)];
  // An INTEGER that begins with a one bit is negative.
  if ([n, e].some(([first = 0x80]) => first >= 0x80)) return undefined;
  return { modulus: bytesToNumberBE(n), exponent: bytesToNumberBE(e) };
}
