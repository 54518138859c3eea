// Scripts in the playground's engine: a slip in one step costs that step, and what needs its answer waits.

import { expect, test } from 'vitest';
import { runScript } from '../playground/src/engine.ts';
import type { StepResult } from '../playground/src/run.ts';
import type { Step } from '../playground/src/script.ts';

const call = (operation: string, input: unknown, name = ''): Step => ({
  kind: 'call',
  name,
  operation,
  as: '',
  region: '',
  input: JSON.stringify(input),
});

async function resultsOf(...steps: readonly Step[]): Promise<readonly StepResult[]> {
  return (await runScript({ title: '', about: '', region: 'us-east-1', principals: [], steps })).steps;
}

test.each([
  ['an object', { toString: 1, valueOf: 1 }],
  ['a list', [{ toString: 1 }]],
  ['a number', 7],
])('a KeyId that is %s is refused like any other slip, and the run goes on', async (_, KeyId) => {
  const [refused, listed] = await resultsOf(call('Encrypt', { KeyId, Plaintext: 'AA==' }), call('ListKeys', {}));
  expect(refused).toMatchObject({ outcome: 'error', error: 'SerializationException' });
  expect(listed).toMatchObject({ outcome: 'answer' });
});

test('an answer with members of any name goes into a text', async () => {
  const [, , , used] = await resultsOf(
    call('CreateKey', {}, 'key'),
    call('CreateGrant', {
      KeyId: '{{key.KeyMetadata.KeyId}}',
      GranteePrincipal: 'arn:aws:iam::000000000000:role/App',
      Operations: ['Decrypt'],
      Constraints: { EncryptionContextSubset: { toString: 'x' } },
    }),
    call('ListGrants', { KeyId: '{{key.KeyMetadata.KeyId}}' }, 'grants'),
    call('CreateKey', { Description: 'for {{grants.Grants.0.Constraints.EncryptionContextSubset}}' }),
  );
  expect(used).toMatchObject({ answer: { KeyMetadata: { Description: 'for {"toString":"x"}' } } });
});

test('a policy that is null is none', async () => {
  expect(await resultsOf(call('CreateKey', { Policy: null }))).toMatchObject([{ outcome: 'answer' }]);
});

test('what needs the answer of a step without one waits for it, and so does what needs theirs', async () => {
  const KeyId = '{{key.KeyMetadata.KeyId}}';
  const results = await resultsOf(
    call('ListKeys', {}),
    call('CreateKei', {}, 'key'),
    call('Encrypt', { KeyId, Plaintext: 'AA==' }, 'sealed'),
    call('Decrypt', { CiphertextBlob: '{{sealed.CiphertextBlob}}' }),
    call('DescribeKey', { KeyId: '{{kye.KeyMetadata.KeyId}}' }),
  );
  expect(results.slice(1)).toEqual([
    expect.objectContaining({ kind: 'mistake' }),
    { kind: 'waits', step: 2 },
    { kind: 'waits', step: 2 },
    expect.objectContaining({ kind: 'mistake', problem: expect.stringContaining('Did you mean key?') }),
  ]);
});

test('what KMS refuses is waited for, too; a step that needs itself is a slip', async () => {
  const results = await resultsOf(
    call('DescribeKey', { KeyId: 'alias/none' }, 'key'),
    call('GetKeyPolicy', { KeyId: '{{key.KeyMetadata.KeyId}}' }),
    call('CreateKey', { Description: '{{own.KeyMetadata.KeyId}}' }, 'own'),
  );
  expect(results).toMatchObject([{ outcome: 'error' }, { kind: 'waits', step: 1 }, { kind: 'mistake' }]);
});
