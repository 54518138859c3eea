// Nothing that was touched verifies, and nothing that is sent makes the verifier throw.

import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { type Cbor, writeCbor } from '../src/cbor.ts';
import { AttestationFault } from '../src/fault.ts';
import { RecipientDesk } from '../src/recipient-desk.ts';
import { AttestationVerifier, parseDocument } from '../src/verifier.ts';
import { authority, madeDocument, members, now, plain, recipientPair, signedDocument } from './documents.ts';
import { awsRoot, realDocument, realInstant } from './real-document.ts';

const bytes = madeDocument({ publicKey: recipientPair().publicKey });
const verifier = new AttestationVerifier([authority.root]);

function refuses(document: Uint8Array): void {
  expect(verifier.verify(document, now)).toBeInstanceOf(AttestationFault);
}

test.prop([fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 })], { numRuns: 300 })(
  'a document with a changed byte',
  (at, bits) => refuses(bytes.with(at, (bytes[at] ?? 0) ^ bits)),
);

test.prop([fc.nat(realDocument.length - 1), fc.integer({ min: 1, max: 255 })])(
  'a real document with a changed byte',
  (at, bits) => {
    const changed = realDocument.with(at, (realDocument[at] ?? 0) ^ bits);
    expect(new AttestationVerifier([awsRoot]).verify(changed, realInstant)).toBeInstanceOf(AttestationFault);
  },
);

test.prop([fc.nat(bytes.length - 1)])('a document cut short', (length) => refuses(bytes.slice(0, length)));

test.prop([fc.uint8Array({ minLength: 1, maxLength: 8 })])('a document with something behind it', (more) =>
  refuses(Uint8Array.of(...bytes, ...more)),
);

test.prop([fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 40 })])('a document with bytes left out', (at, count) =>
  refuses(Uint8Array.of(...bytes.slice(0, at), ...bytes.slice(at + count))),
);

test.prop([fc.integer({ min: 1, max: bytes.length - 1 }), fc.uint8Array({ minLength: 1, maxLength: 8 })])(
  'a document with bytes put in',
  (at, more) => refuses(Uint8Array.of(...bytes.slice(0, at), ...more, ...bytes.slice(at))),
);

test.prop([fc.uint8Array({ maxLength: 400 })])('any bytes', refuses);

const leaf: fc.Arbitrary<Cbor> = fc.oneof(
  fc.integer(),
  fc.string({ maxLength: 8 }),
  fc.uint8Array({ maxLength: 64 }).map(plain),
  fc.constant(null),
);
const value: fc.Arbitrary<Cbor> = fc.oneof(
  leaf,
  fc.array(leaf, { maxLength: 4 }),
  fc.array(fc.tuple(leaf, leaf), { maxLength: 4 }).map((entries) => new Map(entries)),
);

test.prop([fc.array(value, { maxLength: 5 })])('any array', (parts) => refuses(writeCbor(parts)));

// Whoever has the key of a certificate signs what he likes: what is in it may be anything, and must not make anybody throw.
test.prop([fc.constantFrom(...(members().keys() as Iterable<string>)), value])(
  'a signed document with any member',
  (name, content) => {
    const document = signedDocument(members().set(name, content));
    const read = parseDocument(document);
    const desk = new RecipientDesk([authority.root]).admit(document, now);
    expect(read).toBeTypeOf('object');
    expect(desk).toBeInstanceOf(AttestationFault);
  },
);
