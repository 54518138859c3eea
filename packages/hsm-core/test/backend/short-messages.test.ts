// Which messages are done in plain TypeScript. The answers are the same either way (backend.property.test.ts).

import { expect, test } from 'vitest';
import type { Backend } from '../../src/backend/backend.ts';
import { withShortMessages } from '../../src/backend/short-messages.ts';
import { octets } from '../octets.ts';
import { portable } from './backends.ts';

/** A backend that is noted when it is asked, and the same with short messages. */
function noting(): { readonly backend: Backend; readonly asked: string[] } {
  const asked: string[] = [];
  const below: Backend = {
    ...portable,
    hmacSha256: (key) => {
      asked.push('hmacSha256');
      return portable.hmacSha256(key);
    },
    gcmSeal: () => {
      asked.push('gcmSeal');
    },
    gcmOpen: (_key, _iv, _aad, _sealed, from) => {
      asked.push(`gcmOpen from ${from}`);
      return undefined;
    },
  };
  return { backend: withShortMessages(below, { gcm: 100, hmac: 50 }), asked };
}

const [key, iv] = [octets(32), octets(12)];

test('the backend below is asked for long messages only: additional data counts once, text twice', () => {
  const { asked, backend } = noting();
  const seal = (aad: number, text: number): void =>
    backend.gcmSeal(key, iv, octets(aad), octets(text), new Uint8Array(text + 16), 0);
  seal(20, 40);
  seal(100, 0);
  expect(asked).toEqual([]);
  seal(21, 40);
  seal(20, 41);
  backend.gcmOpen(key, iv, octets(68), octets(16));
  backend.gcmOpen(key, iv, octets(69), octets(16), 7);
  expect(asked).toEqual(['gcmSeal', 'gcmSeal', 'gcmOpen from 7']);
});

test('a MAC of a long message is made below', () => {
  const { asked, backend } = noting();
  const mac = backend.hmacSha256(key);
  mac(octets(50));
  expect(asked).toEqual([]);
  expect(mac(octets(51))).toEqual(portable.hmacSha256(key)(octets(51)));
  expect(asked).toEqual(['hmacSha256']);
});

test('it keeps the name of the backend below, and its other primitives', () => {
  const { backend } = noting();
  expect(backend.name).toBe('portable');
  expect(backend.primitives()).toBe(portable.primitives());
});
