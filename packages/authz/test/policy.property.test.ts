// Laws of reading policies.

import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { parsePolicy } from '../src/policy.ts';

const policyType = fc.constantFrom('key policy' as const, 'identity policy' as const);
const element = fc.oneof(
  fc.constantFrom('*', 'kms:*', 'Allow', 'Deny', '111122223333', '2012-10-17'),
  fc.jsonValue({ maxDepth: 3 }),
);
/** Close enough to a policy to get far into the reader. */
const nearly = fc.record(
  {
    Version: element,
    Id: element,
    Statement: fc.array(
      fc.dictionary(
        fc.constantFrom(
          'Sid',
          'Effect',
          'Principal',
          'NotPrincipal',
          'Action',
          'Resource',
          'NotAction',
          'NotResource',
          'Condition',
          '__proto__',
        ),
        element,
      ),
      { maxLength: 3 },
    ),
  },
  { requiredKeys: [] },
);

describe('parsePolicy', () => {
  test.prop([fc.oneof(fc.string(), fc.json(), fc.string({ unit: 'binary' })), policyType])(
    'never throws on text, and says why it refuses',
    (text, type) => {
      const parsed = parsePolicy(text, type);
      if (!parsed.ok) expect(parsed.problem).toMatch(/\.$/);
    },
  );

  test.prop([nearly, policyType], { numRuns: 1000 })('never throws on what looks like a policy', (document, type) => {
    const text = JSON.stringify(document);
    const parsed = parsePolicy(text, type);
    if (parsed.ok) expect(parsed.policy).toMatchObject({ policyType: type, text });
    else expect(parsed.problem).toMatch(/\.$/);
  });

  test.prop([fc.string({ maxLength: 20 })])('never allows by a statement with an element it does not know', (name) => {
    fc.pre(!/^(Sid|Effect|(Not)?(Principal|Action|Resource)|Condition)$/.test(name));
    const text = `{"Statement":{"Effect":"Allow","Action":"*","Resource":"*",${JSON.stringify(name)}:1}}`;
    const parsed = parsePolicy(text, 'identity policy');
    expect(parsed.ok && parsed.policy.allows).toEqual([]);
    expect(parsed.ok && parsed.policy.statements[0]?.notEvaluated).toEqual([name]);
  });
});
