// Policies: the default one of keys, and each text compiled once.

import { describe, expect, test } from 'vitest';
import { defaultKeyPolicy, PolicyCache, policyProblem } from '../../src/state/policies.ts';
import { delegatingTo, everything, ours, policyText, theirs } from '../engine.ts';

describe('the default policy', () => {
  test('leaves the key to the account, in the account’s partition', () => {
    const root = (account: string, partition: string) =>
      JSON.parse(defaultKeyPolicy(account, partition)).Statement[0].Principal.AWS;
    expect(root(ours, 'aws')).toBe(`arn:aws:iam::${ours}:root`);
    expect(root(theirs, 'aws-us-gov')).toBe(`arn:aws-us-gov:iam::${theirs}:root`);
  });

  test('is kept for each account and partition', () => {
    const cache = new PolicyCache();
    for (const account of [ours, theirs]) {
      for (const partition of ['aws', 'aws-cn']) {
        for (let time = 0; time < 2; time++) {
          expect(cache.default(account, partition)).toBe(defaultKeyPolicy(account, partition));
        }
      }
    }
  });
});

describe('compiled policies', () => {
  test('are made once for each text', () => {
    const cache = new PolicyCache();
    const first = cache.compiled(delegatingTo(ours));
    expect(cache.compiled(delegatingTo(ours))).toBe(first);
    expect(cache.compiled(delegatingTo(theirs))).not.toBe(first);
  });

  test('do not pile up without end, and are right all the same', () => {
    const cache = new PolicyCache();
    const text = (at: number) => `{"Id":"${at}","Statement":{"Effect":"Allow","Principal":"*"}}`;
    const first = cache.compiled(text(0));
    for (let at = 1; at <= 10_000; at++) cache.compiled(text(at));
    const again = cache.compiled(text(0));
    expect(again).not.toBe(first);
    expect(again.id).toBe('0');
    expect(cache.compiled(text(10_000)).id).toBe('10000');
  });

  test('of one text are as many as the kinds of policy it stands for', () => {
    const cache = new PolicyCache();
    const text = policyText(everything);
    const [scp, identity] = [cache.compiled(text, 'service control policy'), cache.compiled(text, 'identity policy')];
    expect([scp.policyType, identity.policyType]).toEqual(['service control policy', 'identity policy']);
    expect(cache.compiled(text, 'identity policy')).toBe(identity);
    expect(() => cache.compiled(text)).toThrow('a stored key policy does not parse');
  });
});

test('policies keep their names, and the first that is wrong is told by its own', () => {
  const good = { name: 'good', text: policyText(everything) };
  expect(new PolicyCache().named([good], 'session policy').map(({ name }) => name)).toEqual(['good']);
  expect(policyProblem([good], 'session policy')).toBeUndefined();
  expect(policyProblem([good, { name: 'bad', text: '[]' }], 'session policy')).toBe(
    'session policy bad: Policy is not a JSON object.',
  );
});
