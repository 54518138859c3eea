// Answers are opened by whom they are for, and by nobody else.

import { generateKeyPairSync } from 'node:crypto';
import { fc, test as property } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import { answerRandomLength, sealAnswer } from '../src/answer.ts';
import { openAnswer, openAnswerInBrowser } from '../src/open-answer.ts';
import { type RecipientKey, readRecipientKey } from '../src/recipient-key.ts';
import { recipientPair } from './documents.ts';
import { realAnswer, realPlaintext, realPrivateKey } from './real-answer.ts';

const { privateKey, publicKey } = recipientPair();
const answer = sealAnswer(
  readRecipientKey(publicKey) as RecipientKey,
  Uint8Array.of(1, 2, 3),
  new Uint8Array(answerRandomLength).fill(3),
);

test('an answer of the real service opens', () => {
  expect(openAnswer(realAnswer, realPrivateKey)).toEqual(realPlaintext);
});

test('the private key comes in any form', () => {
  const forms = [
    privateKey,
    privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
    privateKey.export({ type: 'pkcs1', format: 'pem' }) as string,
    privateKey.export({ type: 'pkcs8', format: 'der' }),
  ];
  for (const form of forms) expect(openAnswer(answer, form)).toEqual(Uint8Array.of(1, 2, 3));
});

test('another key opens nothing, and what is no key neither', () => {
  const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  for (const key of [other, 'no key', new Uint8Array(3)]) expect(openAnswer(answer, key)).toBeUndefined();
});

test('with Web Crypto the same answers open, and the same do not', async () => {
  const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
  const der = privateKey.export({ type: 'pkcs8', format: 'der' });
  for (const form of [pem, der]) expect(await openAnswerInBrowser(answer, form)).toEqual(Uint8Array.of(1, 2, 3));
  const bad = [other.export({ type: 'pkcs8', format: 'der' }), privateKey, 'no key', new Uint8Array(3)];
  for (const key of bad) expect(await openAnswerInBrowser(answer, key)).toBeUndefined();
  for (const damaged of [answer.slice(1), new Uint8Array()])
    expect(await openAnswerInBrowser(damaged, der)).toBeUndefined();
});

property.prop([fc.nat(answer.length - 1), fc.integer({ min: 1, max: 255 })])(
  'a damaged answer opens to something else or to nothing, and never throws',
  (at, bits) => {
    // CMS does not authenticate its content, so that damage in the last blocks can show as another plaintext.
    const opened = openAnswer(answer.with(at, (answer[at] ?? 0) ^ bits), privateKey);
    if (opened !== undefined) expect(opened.length).toBeLessThan(16);
  },
);

property.prop([fc.uint8Array({ maxLength: 600 })])('bytes that are no answer open to nothing', (bytes) => {
  expect(openAnswer(bytes, privateKey)).toBeUndefined();
});
