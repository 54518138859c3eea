// What grants allow, whatever they are and whatever is asked: never more than one of them says.

import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { KmsError } from '../src/api/errors.ts';
import type { GrantOperation } from '../src/api/types.ts';
import { TestEngine, utf8 } from './engine.ts';
import { alice, bob, grantOn } from './granting.ts';

const Plaintext = utf8('x');
const people = [alice, bob] as const;
const names = ['Encrypt', 'GenerateDataKeyWithoutPlaintext', 'DescribeKey', 'CreateGrant'] as const;

const context = fc.dictionary(fc.constantFrom('a', 'b'), fc.constantFrom('1', '2'), { maxKeys: 2 });
const constraints = fc.option(
  fc.oneof(
    context.map((pairs) => ({ EncryptionContextSubset: pairs })),
    context.map((pairs) => ({ EncryptionContextEquals: pairs })),
  ),
  { nil: undefined },
);
const operations = fc
  .uniqueArray(fc.constantFrom<GrantOperation>(...names), { minLength: 1 })
  .filter((list) => list.some((name) => name !== 'CreateGrant'));
const grants = fc.array(fc.record({ key: fc.nat(1), to: fc.nat(1), operations, constraints, revoked: fc.boolean() }), {
  minLength: 1,
  maxLength: 6,
});
const questions = fc.array(
  fc.record({ key: fc.nat(1), by: fc.nat(1), operation: fc.constantFrom(...names), context, child: constraints }),
  { minLength: 1, maxLength: 12 },
);

type Pairs = Readonly<Record<string, string>>;
type Constraints = { readonly EncryptionContextSubset?: Pairs; readonly EncryptionContextEquals?: Pairs } | undefined;

const contains = (all: Pairs, some: Pairs) => Object.entries(some).every(([key, value]) => all[key] === value);
const same = (a: Pairs, b: Pairs) => contains(a, b) && contains(b, a);

function meets(limits: Constraints, pairs: Pairs): boolean {
  const { EncryptionContextEquals: equal, EncryptionContextSubset: subset } = limits ?? {};
  return (subset === undefined || contains(pairs, subset)) && (equal === undefined || same(pairs, equal));
}

// create-grant-overview.html: further pairs, or equality instead of a subset.
function isStricter(child: Constraints, parent: Constraints): boolean {
  const { EncryptionContextEquals: equal, EncryptionContextSubset: subset } = parent ?? {};
  if (equal !== undefined)
    return child?.EncryptionContextEquals !== undefined && same(child.EncryptionContextEquals, equal);
  const own = child?.EncryptionContextEquals ?? child?.EncryptionContextSubset;
  return subset === undefined || (own !== undefined && contains(own, subset));
}

test.prop([grants, questions], { numRuns: 150 })('a grant gives what it says, to whom it says it', (made, asked) => {
  const engine = new TestEngine();
  const keys = [engine.createKey().Arn, engine.createKey().Arn];
  const live: typeof made = [];
  for (const one of made) {
    const KeyId = keys[one.key] ?? '';
    const { GrantId } = grantOn(engine, KeyId, {
      GranteePrincipal: people[one.to]?.principal.arn,
      Operations: one.operations,
      Constraints: one.constraints,
    });
    if (one.revoked) engine.call('RevokeGrant', { KeyId, GrantId });
    else live.push(one);
  }
  for (const { by, child, context: EncryptionContext, key, operation } of asked) {
    const KeyId = keys[key] ?? '';
    const inputs = {
      Encrypt: { KeyId, Plaintext, EncryptionContext },
      GenerateDataKeyWithoutPlaintext: { KeyId, KeySpec: 'AES_256', EncryptionContext },
      DescribeKey: { KeyId },
      CreateGrant: {
        KeyId,
        GranteePrincipal: bob.principal.arn,
        Operations: ['Encrypt'],
        Constraints: child,
        DryRun: true,
      },
    } as const;
    const said = live.some(
      (grant) =>
        grant.key === key &&
        grant.to === by &&
        grant.operations.includes(operation) &&
        (operation === 'DescribeKey' ||
          (operation === 'CreateGrant'
            ? grant.operations.includes('Encrypt') && isStricter(child, grant.constraints)
            : meets(grant.constraints, EncryptionContext))),
    );
    expect(isAllowed(engine, operation, inputs[operation], people[by] ?? alice)).toBe(said);
  }
});

function isAllowed(engine: TestEngine, operation: (typeof names)[number], input: object, who: typeof alice): boolean {
  try {
    engine.call(operation, input as never, who);
    return true;
  } catch (error) {
    if (!(error instanceof KmsError)) throw error;
    expect(['AccessDeniedException', 'DryRunOperationException']).toContain(error.code);
    return error.code === 'DryRunOperationException';
  }
}
