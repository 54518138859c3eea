// What is drawn: every operation the model knows, and values that careless programs trip over.

import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { KmsModel, modelled } from '../../../src/model/index.ts';
import { aliasName, encryptionContext, keyPolicy, plans, tags } from '../../../src/properties/arbitraries/index.ts';
import { simulatedPrincipals } from '../../../src/properties/simulated.ts';
import { isRecord } from '../../../src/values.ts';

const sample = <T>(arbitrary: fc.Arbitrary<T>, numRuns = 3000): readonly T[] =>
  fc.sample(arbitrary, { numRuns, seed: 1 });

test('every operation that the model knows, and no other', () => {
  const drawn = new Set(sample(plans()).map(({ operation }) => operation));
  expect([...drawn].sort()).toEqual([...modelled].sort());
});

test('only the operations that are wanted', () => {
  const drawn = new Set(sample(plans(['Encrypt', 'Decrypt']), 100).map(({ operation }) => operation));
  expect([...drawn].sort()).toEqual(['Decrypt', 'Encrypt']);
});

test('contexts with members that objects have anyway', () => {
  const contexts = sample(encryptionContext).map((one) => (isRecord(one) && '$literal' in one ? one['$literal'] : one));
  const own = contexts.filter((one) => isRecord(one) && Object.hasOwn(one, '__proto__'));
  expect(own.length).toBeGreaterThan(10);
});

test('names and tags on both sides of their limits', () => {
  const names = sample(aliasName).map((one) => JSON.stringify(one));
  expect(names.some((one) => one.length > 256)).toBe(true);
  expect(names.some((one) => one.includes('alias/aws/'))).toBe(true);
  expect(sample(tags).some((list) => Array.isArray(list) && list.length === 51)).toBe(true);
});

test('policies that name only who is there', () => {
  const texts = sample(keyPolicy(simulatedPrincipals)).map((one) => JSON.stringify(one));
  const named = new Set(texts.flatMap((text) => text.match(/arn:aws:iam::\d+:[^"\\]+/g) ?? []));
  const known = simulatedPrincipals.flatMap(({ arn }) => [arn, arn.replace(/:[^:]*$/, ':root')]);
  expect([...named].filter((arn) => !known.includes(arn))).toEqual([]);
});

test('the model refuses to say anything of an operation it does not know', () => {
  const model = new KmsModel({ callerArn: 'arn:aws:iam::111122223333:user/me' });
  expect(() => model.predict({ operation: 'Sign', region: 'us-east-1', body: {} })).toThrow('The model has no Sign.');
});
