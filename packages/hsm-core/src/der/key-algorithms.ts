// The algorithm identifiers of keys: what says in a SubjectPublicKeyInfo or a PKCS#8 which key it is.

import { bytesToHex } from '@noble/hashes/utils.js';
import { element, type Hex, sequence, tag } from './element.ts';

export type KeyAlgorithmName =
  | 'RSA'
  | 'P-256'
  | 'P-384'
  | 'P-521'
  | 'secp256k1'
  | 'SM2'
  | 'Ed25519'
  | 'ML-DSA-44'
  | 'ML-DSA-65'
  | 'ML-DSA-87'
  | 'ML-KEM-512'
  | 'ML-KEM-768'
  | 'ML-KEM-1024';

export interface KeyAlgorithm {
  readonly name: KeyAlgorithmName;
  /** The AlgorithmIdentifier, which has one encoding: its parameters are fixed. */
  readonly identifier: Hex;
  /** For a named curve, its object identifier as an element. */
  readonly curve?: Hex;
}

// X.690 section 8.19: seven bits an octet, the first two arcs in one.
export function objectIdentifier(dotted: string): Hex {
  const [first = 0, second = 0, ...others] = dotted.split('.').map(Number);
  const octets = [first * 40 + second, ...others].flatMap((arc) => {
    const groups = [arc & 0x7f];
    for (let rest = arc >>> 7; rest > 0; rest >>>= 7) groups.unshift((rest & 0x7f) | 0x80);
    return groups;
  });
  return element(tag.objectIdentifier, bytesToHex(Uint8Array.from(octets)));
}

// RFC 3279 section 2.3.1: the parameters of rsaEncryption are NULL.
function rsa(name: KeyAlgorithmName): KeyAlgorithm {
  return { name, identifier: sequence(objectIdentifier('1.2.840.113549.1.1.1'), element(tag.null)) };
}

// RFC 5480 section 2.1.1: the parameters of id-ecPublicKey name the curve; explicit ones are not for PKIX.
function namedCurve(name: KeyAlgorithmName, curveIdentifier: string): KeyAlgorithm {
  const curve = objectIdentifier(curveIdentifier);
  return { name, identifier: sequence(objectIdentifier('1.2.840.10045.2.1'), curve), curve };
}

function withoutParameters(name: KeyAlgorithmName, identifier: string): KeyAlgorithm {
  return { name, identifier: sequence(objectIdentifier(identifier)) };
}

export const keyAlgorithms: Readonly<Record<KeyAlgorithmName, KeyAlgorithm>> = {
  RSA: rsa('RSA'),
  // RFC 5480 section 2.1.1.1
  'P-256': namedCurve('P-256', '1.2.840.10045.3.1.7'),
  'P-384': namedCurve('P-384', '1.3.132.0.34'),
  'P-521': namedCurve('P-521', '1.3.132.0.35'),
  // SEC 2 section A.2
  secp256k1: namedCurve('secp256k1', '1.3.132.0.10'),
  // GB/T 33560, RFC 8998 section 3.2.1
  SM2: namedCurve('SM2', '1.2.156.10197.1.301'),
  // RFC 8410 section 3
  Ed25519: withoutParameters('Ed25519', '1.3.101.112'),
  // RFC 9881 section 2
  'ML-DSA-44': withoutParameters('ML-DSA-44', '2.16.840.1.101.3.4.3.17'),
  'ML-DSA-65': withoutParameters('ML-DSA-65', '2.16.840.1.101.3.4.3.18'),
  'ML-DSA-87': withoutParameters('ML-DSA-87', '2.16.840.1.101.3.4.3.19'),
  // RFC 9935 section 3
  'ML-KEM-512': withoutParameters('ML-KEM-512', '2.16.840.1.101.3.4.4.1'),
  'ML-KEM-768': withoutParameters('ML-KEM-768', '2.16.840.1.101.3.4.4.2'),
  'ML-KEM-1024': withoutParameters('ML-KEM-1024', '2.16.840.1.101.3.4.4.3'),
};

const byIdentifier = new Map<Hex, KeyAlgorithm>(Object.values(keyAlgorithms).map((row) => [row.identifier, row]));

/** The algorithm whose AlgorithmIdentifier has this content. */
export function algorithmOf(identifierContent: Uint8Array): KeyAlgorithm | undefined {
  return byIdentifier.get(element(tag.sequence, bytesToHex(identifierContent)));
}
