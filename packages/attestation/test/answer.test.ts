// CiphertextForRecipient: the bytes of the real service, and what OpenSSL and node:crypto find in them.

import { createPublicKey } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { openssl, opensslAbsent, opensslReason } from '../../hsm-core/test/openssl-command.ts';
import { answerRandomLength, sealAnswer } from '../src/answer.ts';
import { openAnswer } from '../src/open-answer.ts';
import { type RecipientKey, readRecipientKey } from '../src/recipient-key.ts';
import { plain, recipientPair } from './documents.ts';
import { realAnswer, realPlaintext, realPrivateKey } from './real-answer.ts';

const { privateKey, publicKey } = recipientPair();
const key = readRecipientKey(publicKey) as RecipientKey;
const random = Uint8Array.from({ length: answerRandomLength }, (_, at) => at);

/** Lengths at which blocks and pieces begin and end, and what KMS can send. */
const lengths = [0, 1, 15, 16, 17, 32, 983, 984, 999, 1000, 1001, 1024, 2384, 4096];
const plaintextOf = (length: number): Uint8Array => Uint8Array.from({ length }, (_, at) => at * 7);

test('an answer has the bytes of a real one, but for what is random or encrypted', () => {
  const spki = createPublicKey(realPrivateKey).export({ type: 'spki', format: 'der' });
  const made = sealAnswer(readRecipientKey(plain(spki)) as RecipientKey, realPlaintext, random);
  const blank = (answer: Uint8Array): string => {
    const bytes = Uint8Array.from(answer);
    // The encrypted key, the IV, the content.
    for (const [from, length] of [
      [131, 256],
      [415, 16],
      [435, 48],
    ] as const)
      bytes.fill(0, from, from + length);
    return Buffer.from(bytes).toString('hex');
  };
  expect(blank(made)).toBe(blank(realAnswer));
});

test.each(lengths)('the recipient reads %i bytes, and the answer is no longer than KMS allows', (length) => {
  const answer = sealAnswer(key, plaintextOf(length), random);
  expect(openAnswer(answer, privateKey)).toEqual(plaintextOf(length));
  // https://docs.aws.amazon.com/kms/latest/APIReference/API_Decrypt.html: CiphertextForRecipient
  expect(answer.length).toBeLessThanOrEqual(6144);
});

test('the same bytes make the same answer, and each of them counts', () => {
  const answer = sealAnswer(key, plaintextOf(32), random);
  expect(sealAnswer(key, plaintextOf(32), random)).toEqual(answer);
  for (let at = 0; at < answerRandomLength; at++)
    expect(sealAnswer(key, plaintextOf(32), random.with(at, 255))).not.toEqual(answer);
});

test('the random bytes stay as they are, and too few are a defect', () => {
  const mine = random.slice();
  sealAnswer(key, plaintextOf(1), mine);
  expect(mine).toEqual(random);
  expect(() => sealAnswer(key, plaintextOf(1), random.slice(1))).toThrow(RangeError);
});

describe.skipIf(opensslAbsent)(`OpenSSL${opensslReason}`, () => {
  const pem = Buffer.from(privateKey.export({ type: 'pkcs8', format: 'pem' }));

  test.each(lengths)('opens an answer of %i bytes', (length) => {
    const decrypt = ['cms', '-decrypt', '-inform', 'DER', '-in', 'answer', '-inkey', 'key', '-binary'];
    const { accepted, output } = openssl(decrypt, { answer: sealAnswer(key, plaintextOf(length), random), key: pem });
    expect(accepted).toBe(true);
    expect(output.equals(plaintextOf(length))).toBe(true);
  });

  test('reads its structure: one recipient, named by its key, RSAES-OAEP and AES-256-CBC', () => {
    const print = ['cms', '-cmsout', '-print', '-noout', '-inform', 'DER', '-in', 'answer'];
    const text = openssl(print, { answer: sealAnswer(key, plaintextOf(32), random) }).output.toString();
    expect(text.match(/d\.ktri/g)).toHaveLength(1);
    for (const words of ['pkcs7-envelopedData', 'subjectKeyIdentifier', 'rsaesOaep', 'sha256', 'aes-256-cbc'])
      expect(text).toContain(words);
    expect(text.match(/version: 2/g)).toHaveLength(2);
  });
});
