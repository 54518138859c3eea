// Random commands for engine and model: plain data, so that a failing run shrinks and prints.

import { fc } from '@fast-check/vitest';
import { callers, changes, type Form } from './engine-model.ts';

// Mostly the first caller, so that keys, aliases and ciphertexts meet.
const who = fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 2, arbitrary: fc.nat(callers.length - 1) });
const nth = fc.nat(11);
const form = fc.constantFrom<Form>('id', 'arn', 'alias');
const alias = fc.constantFrom('alias/x', 'alias/y', 'alias/z/1');
const context = fc.dictionary(fc.constantFrom('a', 'b', '__proto__'), fc.constantFrom('', '1', 'ü'), {
  maxKeys: 2,
  noNullPrototype: true,
});

function seldom<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> {
  return fc.oneof({ weight: 4, arbitrary: fc.constant(null) }, { weight: 1, arbitrary });
}

function kind<K extends string, A extends Record<string, fc.Arbitrary<unknown>>>(
  weight: number,
  name: K,
  members: A,
): {
  weight: number;
  arbitrary: fc.Arbitrary<{ kind: K } & { [Name in keyof A]: A[Name] extends fc.Arbitrary<infer T> ? T : never }>;
} {
  type Made = { kind: K } & { [Name in keyof A]: A[Name] extends fc.Arbitrary<infer T> ? T : never };
  return { weight, arbitrary: fc.record({ kind: fc.constant(name), ...members }) as unknown as fc.Arbitrary<Made> };
}

/** `nth` counts modulo what there is. A `stranger` calls in the owner's place. */
export const command = fc.oneof(
  kind(1, 'create', { who }),
  kind(8, 'change', { operation: fc.constantFrom(...Object.keys(changes)), nth, form, stranger: seldom(fc.nat(5)) }),
  kind(4, 'encrypt', { nth, form, context, stranger: seldom(fc.nat(5)) }),
  kind(1, 'dataKey', { nth, context }),
  kind(6, 'decrypt', { nth, named: seldom(nth), context: seldom(context), stranger: seldom(fc.nat(5)) }),
  kind(1, 'spoil', { nth, at: fc.nat(2000), bit: fc.nat(7) }),
  kind(2, 'reEncrypt', { nth, to: nth, context }),
  kind(3, 'alias', {
    operation: fc.constantFrom('CreateAlias', 'CreateAlias', 'UpdateAlias', 'DeleteAlias'),
    alias,
    nth,
    who,
  }),
  kind(1, 'tag', { nth, tags: context, remove: fc.boolean() }),
  kind(2, 'look', { who, nth, limit: fc.integer({ min: 1, max: 5 }) }),
  kind(3, 'wait', { days: fc.constantFrom(0, 0.00001, 0.00002, 1, 7, 89.99, 90, 400) }),
  kind(1, 'restore', {}),
);

export type Command = typeof command extends fc.Arbitrary<infer C> ? C : never;
export type Kind = Command['kind'];
export type Of<K extends Kind> = Extract<Command, { kind: K }>;
