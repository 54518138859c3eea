// Documents as others make and judge them: CBOR straight from the library, signatures and certificates by node:crypto. Nothing of our own is between.

import { generateKeyPairSync, sign, verify, X509Certificate } from 'node:crypto';
import { decode, encode } from 'cborg';
import { describe, expect, test } from 'vitest';
import { AttestationVerifier } from '../src/verifier.ts';
import { chainOf, keyOf, madeDocument, now, parsed, plain, recipientPair } from './documents.ts';
import { realDocument } from './real-document.ts';

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' });
const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
const publicPoint = Uint8Array.of(4, ...Buffer.from(x, 'base64url'), ...Buffer.from(y, 'base64url'));
const chain = chainOf({}, {}, { key: { ...keyOf('k2'), publicPoint } });

const payload = encode(
  new Map<unknown, unknown>([
    ['module_id', 'i-00000000000000001-enc0000000000000001'],
    ['digest', 'SHA384'],
    ['timestamp', now],
    ['pcrs', new Map([[0, new Uint8Array(48).fill(0xab)]])],
    ['certificate', chain[2]],
    ['cabundle', chain.slice(0, 2)],
    ['public_key', recipientPair().publicKey],
  ]),
);
const header = encode(new Map([[1, -35]]));

function signature(message: Uint8Array): Uint8Array {
  return plain(sign('sha384', message, { key: privateKey, dsaEncoding: 'ieee-p1363' }));
}

test('a COSE_Sign1 of cborg and node:crypto is verified', () => {
  const verifier = new AttestationVerifier(chain.slice(0, 1));
  // RFC 9052 section 4.4. Random signatures: half of them have an s in the upper half.
  for (let round = 0; round < 6; round++) {
    const signed = encode(['Signature1', header, new Uint8Array(), payload]);
    const bytes = encode([header, new Map(), payload, signature(signed)]);
    expect(verifier.verify(bytes, now)).toMatchObject({ kind: 'enclave', userData: undefined });
  }
  const unbound = encode([header, new Map(), payload, signature(payload)]);
  expect(verifier.verify(unbound, now)).toMatchObject({ code: 'invalid signature' });
});

describe.each([
  ['a made document', madeDocument()],
  ['a real document', realDocument],
])('%s', (_, bytes) => {
  const { caBundle, certificate } = parsed(bytes);
  const path = [...caBundle, certificate].map((der) => new X509Certificate(der));

  test('is signed, as cborg and node:crypto see it, by the key of its certificate', () => {
    const [protectedHeader, , content, sum] = decode(bytes, { useMaps: true }) as Uint8Array[];
    const signed = encode(['Signature1', protectedHeader, new Uint8Array(), content]);
    const key = { key: path.at(-1)?.publicKey ?? expect.fail(), dsaEncoding: 'ieee-p1363' } as const;
    expect(verify('sha384', signed, key, sum ?? new Uint8Array())).toBe(true);
  });

  test('has certificates that node:crypto finds issued and signed by one another', () => {
    for (const [at, one] of path.entries()) {
      const issuer = path[Math.max(at - 1, 0)] ?? expect.fail();
      expect([one.checkIssued(issuer), one.verify(issuer.publicKey), one.ca]).toEqual([
        true,
        true,
        at < path.length - 1,
      ]);
    }
  });
});
