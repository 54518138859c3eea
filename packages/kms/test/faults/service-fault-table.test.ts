// The vocabulary of a fault plan: which faults there are, and which operations can fail so.

import { checkFaultPlan } from '@kmsim/world';
import { expect, test } from 'vitest';
import { canFail, faultVocabulary, serviceFaultNames } from '../../src/faults/service-fault-table.ts';

test('what any request can meet, and what the model lists for some', () => {
  const able = faultVocabulary().faults ?? {};
  expect(Object.keys(able)).toEqual(serviceFaultNames);
  for (const fault of ['ThrottlingException', 'ConnectionReset', 'AnswerLost', 'HalfAnswer', 'SlowAnswer'])
    expect([fault, able[fault]?.length]).toEqual([fault, 56]);
  // https://docs.aws.amazon.com/kms/latest/APIReference/API_Decrypt.html and API_ListAliases.html, their errors
  expect(able['KeyUnavailableException']).toContain('Decrypt');
  expect(able['KeyUnavailableException']).not.toContain('ListAliases');
  expect(able['DependencyTimeoutException']).toContain('ListAliases');
  expect([canFail('Decrypt', 'Nonsense'), canFail('Decrypt', 'toString')]).toEqual([false, false]);
});

test('a plan that asks for what cannot be is refused', () => {
  const problems = checkFaultPlan(
    { services: [{ raise: 'KeyUnavailableException', operations: ['ListAliases'] }, { raise: 'SlowAnswer' }] },
    faultVocabulary(),
  );
  expect(problems.map(({ path }) => path)).toEqual(['services[0].operations[0]', 'services[1].delayMs']);
});
