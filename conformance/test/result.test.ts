// Results in words.

import { expect, test } from 'vitest';
import { describeResult, explainResult, type Result } from '../src/result.ts';

const failed: Result = {
  outcome: 'failed',
  step: 'off',
  operation: 'DisableKey',
  difference: { path: 'message', expected: '"k is disabled."', got: '"k is off."' },
  request: { operation: 'DisableKey', region: 'eu-west-1', body: { KeyId: 'k' } },
  reply: { status: 400, body: { __type: 'DisabledException', message: 'k is off.' } },
};

test.each<[string, Result]>([
  ['passed', { outcome: 'passed' }],
  ['not built yet: Sign', { outcome: 'not built', what: 'Sign' }],
  ['skipped: old', { outcome: 'skipped', reason: 'old' }],
  ['no answer at x (Sign): down', { outcome: 'no answer', step: 'x', operation: 'Sign', reason: 'down', silent: true }],
  ['no answer: down', { outcome: 'no answer', step: '', operation: '', reason: 'down', silent: true }],
  ['failed at off (DisableKey): message: expected "k is disabled.", got "k is off."', failed],
])('%s', (words, result) => {
  expect(describeResult(result)).toBe(words);
});

test('a failure is explained: step, request, answer, path, expected, got', () => {
  expect(explainResult(failed)).toEqual([
    'step      off (DisableKey, eu-west-1)',
    'request   {"KeyId":"k"}',
    'answer    HTTP 400 {"__type":"DisabledException","message":"k is off."}',
    'path      message',
    'expected  "k is disabled."',
    'got       "k is off."',
  ]);
});

test('what is not known is left out', () => {
  const difference = { path: '', expected: 'success', got: 'nothing' };
  expect(explainResult({ outcome: 'failed', step: 'x', operation: 'make', difference })).toEqual([
    'step      x (make)',
    'expected  success',
    'got       nothing',
  ]);
  const reply = { status: 200, body: undefined };
  expect(explainResult({ outcome: 'failed', step: 'x', operation: 'Sign', difference, reply })).toContain(
    'answer    HTTP 200 without a body',
  );
  expect(explainResult({ outcome: 'passed' })).toEqual([]);
});
