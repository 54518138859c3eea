// Laws of the canonical form: one form for each context, one context for each form.

import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { type EncryptionContext, maxContextBytes, writeContext } from '../src/encryption-context.ts';

// A few strings that are easily confused, so that near misses are met often; and any others.
const confusable = fc.constantFrom(
  '',
  'a',
  'b',
  'ab',
  'aa',
  '\0',
  '\x01',
  '\0\x01a',
  '__proto__',
  'é',
  'e\u0301',
  '\uff5e',
  '\u{10000}',
  '\ue000',
  '\u{1f511}',
);
const text = fc.oneof(
  { weight: 4, arbitrary: confusable },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }) },
);
const pairs = fc.uniqueArray(fc.tuple(text, text), { maxLength: 6, selector: ([key]) => key });

const out = new Uint8Array(3 * maxContextBytes);

function form(context: EncryptionContext | undefined, at = 0): Buffer {
  const end = writeContext(context, out, at);
  expect(end).toBeTypeOf('number');
  return Buffer.from(out.subarray(at, Number(end)));
}

/** The same form made the slow and obvious way. */
function plainForm(context: readonly (readonly [string, string])[]): Buffer {
  if (context.length === 0) return Buffer.alloc(0);
  const length = (value: number): Buffer => Buffer.from([value >> 8, value & 255]);
  const sorted = context
    .map((pair) => pair.map((part) => Buffer.from(part)))
    .sort(([a = Buffer.alloc(0)], [b = Buffer.alloc(0)]) => Buffer.compare(a, b));
  return Buffer.concat([length(context.length), ...sorted.flat().flatMap((part) => [length(part.length), part])]);
}

test.prop([pairs])('is what sorting whole encodings gives', (context) => {
  expect(form(new Map(context)).equals(plainForm(context))).toBe(true);
});

test.prop([
  pairs.chain((context) => fc.tuple(fc.constant(context), fc.shuffledSubarray(context, { minLength: context.length }))),
])('does not depend on the order of the pairs', ([context, shuffled]) => {
  expect(form(new Map(shuffled)).equals(form(new Map(context)))).toBe(true);
});

test.prop([pairs, pairs], { numRuns: 1_000 })('is shared by no two contexts', (one, other) => {
  const sorted = (context: typeof one): string => JSON.stringify([...context].sort());
  expect(form(new Map(one)).equals(form(new Map(other)))).toBe(sorted(one) === sorted(other));
});

const lone = fc.constantFrom('\ud800', '\udbff', '\udc00', '\udfff');

test.prop([pairs, lone, text, fc.boolean()])(
  'a lone surrogate anywhere is refused',
  (context, surrogate, around, inKey) => {
    // Letters around it, for it must not find its other half.
    const spoilt = `${around}x${surrogate}x${around}`;
    const all = new Map([...context, inKey ? [spoilt, around] : [around, spoilt]] as [string, string][]);
    expect(writeContext(all, out, 0)).toBe('ill-formed string');
  },
);

const long = fc.tuple(
  fc.string({ unit: fc.constantFrom('a', 'é', '\u{1f511}'), minLength: 1_000, maxLength: 2_800 }),
  fc.nat(1_000),
);

test.prop([fc.uniqueArray(long, { minLength: 1, maxLength: 3, selector: ([, key]) => key }), fc.nat(100)], {
  numRuns: 200,
})('writes nothing before its start or beyond its limit, and refuses exactly what is longer', (values, at) => {
  const context = values.map(([value, key]) => [String(key), value] as const);
  out.fill(0xee);
  const end = writeContext(new Map(context), out, at);
  const expected = plainForm(context);
  expect(end).toBe(expected.length <= maxContextBytes ? at + expected.length : 'too large');
  expect(out.subarray(0, at).every((byte) => byte === 0xee)).toBe(true);
  expect(out.subarray(at + maxContextBytes).every((byte) => byte === 0xee)).toBe(true);
});
