// Whatever is sent as a document: a plaintext never comes back, and what the recipient reads is what there was to read.

import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { KmsError } from '../../src/api/errors.ts';
import { AttestingEngine, opened, recipientWith } from './recipients.ts';

const engine = new AttestingEngine();
const { KeyId } = engine.createKey();
const CiphertextBlob = engine.encrypt(KeyId);
const document = engine.document();

/** A document with a change somewhere, or no document at all. */
const spoilt: fc.Arbitrary<Uint8Array> = fc.oneof(
  fc.uint8Array({ minLength: 1, maxLength: 300 }),
  fc
    .tuple(fc.nat(document.length - 1), fc.integer({ min: 1, max: 255 }))
    .map(([at, bits]) => document.with(at, (document[at] ?? 0) ^ bits)),
  fc.integer({ min: 1, max: document.length - 1 }).map((length) => document.slice(0, length)),
  fc.uint8Array({ minLength: 1, maxLength: 20 }).map((more) => Uint8Array.of(...document, ...more)),
);

test.prop([spoilt])('a bad document is refused, and that is all that happens', (bytes) => {
  const before = engine.everything();
  let answer: unknown;
  try {
    answer = engine.call('Decrypt', { CiphertextBlob, Recipient: recipientWith(bytes) });
  } catch (error) {
    expect(error).toBeInstanceOf(KmsError);
    expect(error).toMatchObject({ code: 'ValidationException' });
  }
  expect(answer).toBeUndefined();
  expect(engine.everything()).toBe(before);
});

test.prop([fc.uint8Array({ minLength: 1, maxLength: 4096 })])('the recipient reads any plaintext', (Plaintext) => {
  const sealed = engine.call('Encrypt', { KeyId, Plaintext });
  const answer = engine.call('Decrypt', { CiphertextBlob: sealed.CiphertextBlob, Recipient: recipientWith(document) });
  expect(answer).not.toHaveProperty('Plaintext');
  expect(opened(answer.CiphertextForRecipient)).toEqual(Uint8Array.from(Plaintext));
});

test.prop([fc.uint8Array({ minLength: 1, maxLength: 64 })])('what is encrypted is never in the answer', (Plaintext) => {
  fc.pre(Plaintext.length >= 8);
  const sealed = engine.call('Encrypt', { KeyId, Plaintext });
  const answer = engine.call('Decrypt', { CiphertextBlob: sealed.CiphertextBlob, Recipient: recipientWith(document) });
  const sealedBytes = Buffer.from(answer.CiphertextForRecipient ?? expect.fail());
  expect(sealedBytes.includes(Buffer.from(Plaintext))).toBe(false);
});
