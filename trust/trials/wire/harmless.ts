// Ways to write a request that mean the same: a door that refuses one of them refuses honest clients.

import type { Dice } from './dice.ts';
import { type Draft, now, valid } from './forgery.ts';
import { type Header, type Parts, signed, withHeader } from './request.ts';

export type Writing = (draft: Draft, dice: Dice) => Parts;

const minute = 60_000;

export const harmless: Readonly<Record<string, Writing>> = {
  'as it is': valid,
  'headers in another order': (draft, dice) => reordered(valid(draft), dice),
  'names in other letters': (draft, dice) => {
    const parts = valid(draft);
    const swing = (name: string): string =>
      [...name].map((letter) => (dice.chance(50) ? letter.toUpperCase() : letter.toLowerCase())).join('');
    return { ...parts, headers: parts.headers.map(([name, value]): Header => [swing(name), value]) };
  },
  'a header that is not signed': (draft) => withHeader(valid(draft), 'User-Agent', 'aws-cli/2'),
  'blanks around values': (draft) => {
    const parts = valid(draft);
    return { ...parts, headers: parts.headers.map(([name, value]): Header => [name, ` ${value}  `]) };
  },
  'blanks within a value': ({ parts, ...rest }) => valid({ ...rest, parts: withHeader(parts, 'X-Note', 'one   two') }),
  'almost five minutes late': ({ parts, signer }) => signed(parts, signer, { at: now - 5 * minute }),
  'almost five minutes early': ({ parts, signer }) => signed(parts, signer, { at: now + 5 * minute }),
  'in another Region': ({ parts, signer }, dice) =>
    signed(parts, signer, { at: now, region: dice.pick(['eu-west-1', 'ap-southeast-2', 'eu-central-2']) }),
  'in chunks': (draft, dice) => {
    const parts = valid(draft);
    const at = 1 + dice.below(parts.body.length - 1);
    const pieces = [parts.body.subarray(0, at), parts.body.subarray(at)];
    const chunk = (piece: Uint8Array): string =>
      `${piece.length.toString(16)}\r\n${Buffer.from(piece).toString('latin1')}\r\n`;
    const body = Buffer.from(`${pieces.map(chunk).join('')}0\r\n\r\n`, 'latin1');
    return { ...withHeader(parts, 'Transfer-Encoding', 'chunked'), body };
  },
};

function reordered(parts: Parts, dice: Dice): Parts {
  return { ...parts, headers: dice.shuffled(parts.headers) };
}
