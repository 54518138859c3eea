// A child grant allows nothing that its parent does not; the index finds what looking through all would find.

import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { contextOf } from '../src/context.ts';
import { type Asked, type Grant, type GrantTerms, holdBy, isNoWider, obstacleOf } from '../src/grant.ts';
import { GrantIndex } from '../src/grant-index.ts';
import { isChild } from './brute-force/evaluate.ts';
import { KEY, OWNER, principal, role, session, user } from './sample.ts';

const OPERATIONS = ['Decrypt', 'Encrypt', 'DescribeKey', 'Sign', 'CreateGrant'];
const pair = fc.tuple(fc.constantFrom('a', 'A', 'b'), fc.constantFrom('1', '2'));
const pairs = fc.option(fc.uniqueArray(pair, { maxLength: 2, selector: ([key]) => key }), { nil: undefined });
const terms: fc.Arbitrary<GrantTerms> = fc.record({
  operations: fc.uniqueArray(fc.constantFrom(...OPERATIONS), { minLength: 1, maxLength: 4 }),
  constraints: fc.record({
    encryptionContextEquals: pairs,
    encryptionContextSubset: pairs,
    sourceArn: fc.option(fc.constantFrom('x', 'y'), { nil: undefined, freq: 1 }),
  }),
});
const request: fc.Arbitrary<Asked> = fc
  .record({
    pairs: fc.uniqueArray(pair, { maxLength: 3, selector: ([key]) => key }),
    sourceArn: fc.option(fc.constantFrom('x', 'y'), { nil: undefined }),
    caller: fc.constantFrom(user('Alice'), session('App/s1'), role('App'), 's3.amazonaws.com'),
    child: fc.option(terms, { nil: undefined }),
  })
  .map(({ pairs: of, sourceArn, caller, child }) => ({
    principal: principal(caller),
    action: 'kms:Decrypt',
    resource: KEY,
    context: contextOf([
      ...of.map(([key, value]) => [`kms:EncryptionContext:${key}`, value] as const),
      ['kms:EncryptionContextKeys', of.map(([key]) => key)],
      ...(sourceArn === undefined ? [] : [['aws:SourceArn', sourceArn] as const]),
    ]),
    ...(child && { childGrant: child }),
  }));
const usable = (grant: GrantTerms, operation: string, asked: Asked): boolean =>
  obstacleOf({ id: 'g', grantee: '', ...grant }, operation, asked) === undefined;
const RUNS = { numRuns: 3000 };

describe('a child grant', () => {
  test.prop([terms, terms, request], RUNS)('that is no wider allows nothing more', (parent, drawn, asked) => {
    // Drawn freely a child is seldom narrower, so half of what it says is its parent's.
    const operations = drawn.operations.filter((operation) => parent.operations.includes(operation));
    for (const constraints of [drawn.constraints, { ...parent.constraints, ...defined(drawn.constraints) }]) {
      const child = { operations, constraints };
      if (!isNoWider(child, parent)) continue;
      for (const operation of OPERATIONS) {
        if (usable(child, operation, asked)) expect(usable(parent, operation, asked)).toBe(true);
      }
    }
  });

  test.prop([terms], RUNS)('may be the same as its parent', (parent) => {
    expect(isNoWider(parent, parent)).toBe(true);
  });

  test.prop([terms, terms, terms], RUNS)('of a child is one of the parent', (a, b, c) => {
    if (isNoWider(b, a) && isNoWider(c, b)) expect(isNoWider(c, a)).toBe(true);
  });

  test.prop([terms, terms], RUNS)('is one by the second evaluator too', (child, parent) => {
    const written = ({ operations, constraints }: GrantTerms): Parameters<typeof isChild>[0] => ({
      operations,
      equals: constraints?.encryptionContextEquals && Object.fromEntries(constraints.encryptionContextEquals),
      subset: constraints?.encryptionContextSubset && Object.fromEntries(constraints.encryptionContextSubset),
      sourceArn: constraints?.sourceArn,
    });
    expect(isNoWider(child, parent)).toBe(isChild(written(child), written(parent)));
  });
});

describe('the index', () => {
  const grantee = fc.constantFrom(
    user('Alice'),
    role('App'),
    role('x/App'),
    session('App/s1'),
    OWNER,
    's3.amazonaws.com',
  );
  const grants = fc.array(fc.tuple(grantee, terms), { maxLength: 12 });

  test.prop([grants, request, fc.constantFrom(...OPERATIONS), fc.nat({ max: 12 })], RUNS)(
    'finds the first that looking through all of them finds',
    (drawn, asked, operation, removed) => {
      const all: Grant[] = drawn.map(([name, of], index) => ({ id: `g${index}`, grantee: name, ...of }));
      const index = new GrantIndex(all);
      index.remove(`g${removed}`);
      const good = all.filter((grant) => grant.id !== `g${removed}` && usable(grant, operation, asked));
      const held = (byAccount: boolean): Grant | undefined =>
        good.find((grant) => {
          const hold = holdBy(grant.grantee, asked.principal);
          return hold !== undefined && (hold === 'account') === byAccount;
        });
      expect(index.find(operation, asked)?.grant.id).toBe((held(false) ?? held(true))?.id);
    },
  );
});

function defined(constraints: GrantTerms['constraints']): object {
  return Object.fromEntries(Object.entries(constraints ?? {}).filter(([, value]) => value !== undefined));
}
