// The desk: who is let in, with what, and who is not.

import { describe, expect, test } from 'vitest';
import { TestAuthority } from '../src/authority.ts';
import { answerRandomLength, openAnswer, openDesk, RecipientDesk } from '../src/index.ts';
import { authority, hourMs, madeDocument, now, recipientPair } from './documents.ts';

const { privateKey, publicKey } = recipientPair();
const secret = new Uint8Array(32).fill(7);

test('whoever has a good document is let in, and what is sealed for him he can read', () => {
  const admitted = openDesk([], secret).admit(
    madeDocument({ publicKey, pcrs: { 0: new Uint8Array(48).fill(0xab) } }),
    now,
  );
  if (!('seal' in admitted)) throw new Error(admitted.detail);
  expect(admitted).toMatchObject({ kind: 'enclave', moduleId: expect.stringMatching(/^i-/) });
  expect(admitted.pcrs.get(0)).toBe('ab'.repeat(48));
  const answer = admitted.seal(Uint8Array.of(1, 2, 3), new Uint8Array(answerRandomLength));
  expect(openAnswer(answer, privateKey)).toEqual(Uint8Array.of(1, 2, 3));
});

test('the authority of the secret is trusted, other roots are when they are named', () => {
  const other = new TestAuthority(new Uint8Array(32).fill(9));
  const document = other.document({ at: now, publicKey }) as Uint8Array;
  expect(openDesk([], secret).admit(document, now)).toMatchObject({ code: 'untrusted root' });
  expect(openDesk([other.root], secret).admit(document, now)).toMatchObject({ kind: 'enclave' });
  expect(new RecipientDesk([other.root]).admit(madeDocument({ publicKey }), now)).toMatchObject({
    code: 'untrusted root',
  });
});

describe('nobody is let in with', () => {
  const desk = new RecipientDesk([authority.root]);

  test.each<[string, Uint8Array, string]>([
    ['no document', new Uint8Array(), 'malformed'],
    ['no key', madeDocument(), 'invalid public key'],
    ['a key that is none', madeDocument({ publicKey: Uint8Array.of(1, 2, 3) }), 'invalid public key'],
  ])('%s', (_, document, code) => {
    expect(desk.admit(document, now)).toMatchObject({ code, detail: expect.stringMatching(/^[^.]+\.$/) });
  });

  test('a document of yesterday', () => {
    expect(desk.admit(madeDocument({ publicKey }), now + 24 * hourMs)).toMatchObject({ code: 'expired' });
  });
});

test('a document that was good once is still judged by the clock', () => {
  const desk = new RecipientDesk([authority.root]);
  const document = madeDocument({ publicKey });
  const outcomes = [now, now, now + 4 * hourMs, now].map((at) => 'seal' in desk.admit(document, at));
  expect(outcomes).toEqual([true, true, false, true]);
});
