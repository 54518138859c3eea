// Certificates that somebody else made, an openssl command for instance: their key, and whether another key signed them.

import {
  curves,
  element,
  explicit,
  objectIdentifier,
  plainEc,
  portableRsa,
  readSpki,
  readStrictly,
  rsaFromSpki,
  sequence,
  tag,
  toBytes,
  verifyPkcs1,
  verifyWithPublicKey,
} from '@kmsim/hsm-core/certificates';
import { hex } from '../encoding.ts';
import { fromPem } from './pem.ts';

export interface ReadCertificate {
  /** The part that is signed. */
  readonly content: Uint8Array;
  /** AlgorithmIdentifier, as hexadecimal digits. */
  readonly algorithm: string;
  readonly signature: Uint8Array;
  /** SubjectPublicKeyInfo. */
  readonly publicKey: Uint8Array;
}

/** Undefined when it is no certificate in strict DER. RFC 5280 section 4.1. */
export function readCertificate(pem: string): ReadCertificate | undefined {
  const der = fromPem('CERTIFICATE', pem);
  const outer =
    der &&
    readStrictly(der, (reader) =>
      reader.within(tag.sequence, (certificate) => ({
        content: certificate.take(tag.sequence),
        algorithm: certificate.take(tag.sequence),
        signature: certificate.bitString(),
      })),
    );
  if (outer === undefined) return undefined;
  const publicKey = readStrictly(outer.content, (content) => {
    // Version 1 is not written: `openssl x509 -req` makes such.
    content.takeIf(explicit(0));
    content.take(tag.integer);
    // The algorithm, the issuer, the validity and the subject come before the key; unique ids and extensions behind it.
    for (let i = 0; i < 4; i++) content.take(tag.sequence);
    const key = content.take(tag.sequence);
    for (const identifier of [0x81, 0x82, explicit(3)]) content.takeIf(identifier);
    return key;
  });
  return (
    publicKey && {
      content: wrapped(outer.content),
      algorithm: hex(wrapped(outer.algorithm)),
      signature: outer.signature,
      publicKey: wrapped(publicKey),
    }
  );
}

const wrapped = (content: Uint8Array): Uint8Array => toBytes(element(tag.sequence, hex(content)));

type Verify = (publicKey: Uint8Array, content: Uint8Array, signature: Uint8Array) => boolean;

function rsa(hash: 'SHA-256' | 'SHA-384' | 'SHA-512'): Verify {
  return (publicKey, content, signature) => {
    const key = rsaFromSpki(publicKey, portableRsa);
    return key !== undefined && verifyPkcs1(key, hash, portableRsa.hash(hash, content), signature);
  };
}

const namedCurves = new Map(Object.values(curves).map((curve) => [curve.algorithm, curve]));

function ecdsa(hash: 'SHA-256' | 'SHA-384' | 'SHA-512'): Verify {
  return (publicKey, content, signature) => {
    const info = readSpki(publicKey);
    if (typeof info === 'string') return false;
    const curve = namedCurves.get(info.algorithm);
    const digest = plainEc.hashes[hash].digest(content);
    return curve !== undefined && verifyWithPublicKey(curve, info.publicKey, digest, signature, plainEc);
  };
}

const rsaIdentifier = (oid: string): string => sequence(objectIdentifier(oid), element(tag.null));
const ecdsaIdentifier = (oid: string): string => sequence(objectIdentifier(oid));

// RFC 4055 section 5 and RFC 5758 section 3.2, by AlgorithmIdentifier.
const algorithms: ReadonlyMap<string, Verify> = new Map([
  [rsaIdentifier('1.2.840.113549.1.1.11'), rsa('SHA-256')],
  [rsaIdentifier('1.2.840.113549.1.1.12'), rsa('SHA-384')],
  [rsaIdentifier('1.2.840.113549.1.1.13'), rsa('SHA-512')],
  [ecdsaIdentifier('1.2.840.10045.4.3.2'), ecdsa('SHA-256')],
  [ecdsaIdentifier('1.2.840.10045.4.3.3'), ecdsa('SHA-384')],
  [ecdsaIdentifier('1.2.840.10045.4.3.4'), ecdsa('SHA-512')],
]);

/** Whether the owner of that key signed it; undefined where the algorithm is none of the table. */
export function isSignedBy(certificate: ReadCertificate, issuerKey: Uint8Array): boolean | undefined {
  const { content, algorithm, signature } = certificate;
  return algorithms.get(algorithm)?.(issuerKey, content, signature);
}
