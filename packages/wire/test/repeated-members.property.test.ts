// Every JSON value has as many members as its text writes down; with one more of a name that is there, it has one fewer.

import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { parseBody } from '../src/json-body.ts';
import { writtenMembers } from '../src/repeated-members.ts';

function membersOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const within = Object.values(value);
  return (Array.isArray(value) ? 0 : within.length) + within.reduce<number>((sum, one) => sum + membersOf(one), 0);
}

test.prop([fc.jsonValue({ maxDepth: 6 }), fc.constantFrom(undefined, ' ', '\t\n')])(
  'text and value agree',
  (value, blanks) => {
    const text = JSON.stringify(value, undefined, blanks);
    expect(writtenMembers(text)).toBe(membersOf(JSON.parse(text)));
  },
);

test.prop([
  fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 }), { minKeys: 1, maxKeys: 8 }),
  fc.nat(),
  fc.boolean(),
])('a member that is there twice is refused, however its name is written', (members, which, escaped) => {
  const names = Object.keys(members);
  const name = names[which % names.length] ?? '';
  const spelled = [...JSON.stringify(name).slice(1, -1)].join('');
  const units = name.split('').map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
  const again = `"${escaped ? units.join('') : spelled}"`;
  const text = `${JSON.stringify(members).slice(0, -1)},${again}:0}`;
  expect(parseBody(text)).toHaveProperty('refusal');
  expect(parseBody(`{"EncryptionContext":${text}}`)).toHaveProperty('refusal');
});
