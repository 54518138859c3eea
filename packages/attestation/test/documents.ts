// Documents and certificates for tests, right ones and wrong ones.

import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { TestAuthority } from '../src/authority.ts';
import type { Cbor } from '../src/cbor.ts';
import { readCbor, writeCbor } from '../src/cbor.ts';
import { writeSign1 } from '../src/cose-sign1.ts';
import { type AttestationDocument, writeDocument } from '../src/document.ts';
import { AttestationFault } from '../src/fault.ts';
import { type CertificatePlan, makeCertificate } from '../src/make-certificate.ts';
import { type SigningKey, signingKey } from '../src/p384.ts';
import { parseDocument } from '../src/verifier.ts';

export const now: number = Date.UTC(2026, 0, 1, 12, 34, 56, 789);
export const hourMs = 3_600_000;

export const authority: TestAuthority = new TestAuthority(new Uint8Array(32).fill(7));

let pair: { readonly privateKey: KeyObject; readonly publicKey: Uint8Array } | undefined;

/** A recipient's key pair: one for all tests, because it takes its time. */
export function recipientPair(): { readonly privateKey: KeyObject; readonly publicKey: Uint8Array } {
  if (pair === undefined) {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    pair = { privateKey, publicKey: plain(publicKey.export({ type: 'spki', format: 'der' })) };
  }
  return pair;
}

export function plain(bytes: Uint8Array): Uint8Array {
  return Uint8Array.from(bytes);
}

export function madeDocument(
  plan: Omit<Parameters<TestAuthority['document']>[0], 'at'> = {},
  at: number = now,
): Uint8Array {
  const made = authority.document({ at, ...plan });
  if (made instanceof AttestationFault) throw new Error(made.detail);
  return made;
}

export function parsed(bytes: Uint8Array): AttestationDocument {
  const document = parseDocument(bytes);
  if (document instanceof AttestationFault) throw new Error(document.detail);
  return document;
}

/** The members of a good document, to be changed. */
export function members(): Map<Cbor, Cbor> {
  const payload = (readCbor(madeDocument()) as readonly Cbor[])[2] as Uint8Array;
  return new Map(readCbor(payload) as ReadonlyMap<Cbor, Cbor>);
}

/** A document of any members, signed by the key of the good one. */
export function signedDocument(content: ReadonlyMap<Cbor, Cbor>): Uint8Array {
  return authority.sign(writeCbor(content), String(members().get('module_id')));
}

const keys = new Map<string, SigningKey>();
export function keyOf(name: string): SigningKey {
  const key = keys.get(name) ?? signingKey(new Uint8Array(32), name);
  keys.set(name, key);
  return key;
}

export type Link = Partial<Omit<CertificatePlan, 'key' | 'issuerKey'>> & {
  readonly key?: SigningKey;
  readonly issuerKey?: SigningKey;
};

/** Root, authorities and leaf: each is as it must be but for what is said of it. */
export function chainOf(...links: readonly Link[]): readonly Uint8Array[] {
  return links.map((link, at) => {
    const isLeaf = at === links.length - 1;
    const before = Math.max(at - 1, 0);
    return makeCertificate({
      subject: `c${at}`,
      issuer: `c${before}`,
      notBefore: now - hourMs,
      notAfter: now + hourMs,
      key: keyOf(`k${at}`),
      issuerKey: keyOf(`k${before}`),
      ...(isLeaf ? {} : { pathLength: null }),
      ...link,
    });
  });
}

/** A document with this chain, signed by the key of its last certificate unless another is given. */
export function documentOf(
  chain: readonly Uint8Array[],
  signer: SigningKey = keyOf(`k${chain.length - 1}`),
): Uint8Array {
  const { caBundle: _, ...rest } = parsed(madeDocument());
  const document = { ...rest, caBundle: chain.slice(0, -1), certificate: chain.at(-1) ?? new Uint8Array() };
  return writeSign1(writeDocument(document), (signed) => signer.sign(signed, 'compact'));
}
