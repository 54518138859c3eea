// The log of a run as a transcript: what was minted becomes a reference.

import { expect, test } from 'vitest';
import { checkTranscript } from '../../src/check.ts';
import type { Asked } from '../../src/properties/run.ts';
import { scenarioOf } from '../../src/properties/scenario.ts';
import type { Json } from '../../src/transcript.ts';

const account = '111122223333';
const place = { account, callerArn: `arn:aws:iam::${account}:user/me` };
const id = '0a8b4f5e-0000-4000-8000-000000000001';
const arn = `arn:aws:kms:eu-west-1:${account}:key/${id}`;
const blob = Buffer.alloc(40, 7).toString('base64');

function asked(
  step: string,
  operation: string,
  input: Readonly<Record<string, Json>>,
  body: unknown,
  more: object = {},
): Asked {
  return {
    step,
    waitMs: 0,
    input,
    request: { operation, region: 'us-east-1', body: {}, ...more },
    reply: { status: 200, body },
  };
}

const options = { name: 'mine', about: 'why', regions: ['us-east-1', 'eu-west-1'], place };

test('ids, ARNs, blobs and the account', () => {
  const log = [
    asked('s1', 'CreateKey', {}, { KeyMetadata: { KeyId: id, Arn: arn } }, { region: 'eu-west-1' }),
    asked('s2', 'Encrypt', { KeyId: arn, Plaintext: { $utf8: 'x' } }, { CiphertextBlob: blob }),
    {
      ...asked('s3', 'Decrypt', { CiphertextBlob: { $base64: blob } }, {}, { as: `arn:aws:iam::${account}:role/App` }),
      waitMs: 1500,
    },
  ];
  const expected = { error: { code: 'NotFoundException', message: `Key '${arn}2' of ${account} costs $ 1` } };
  const transcript = scenarioOf(log, { ...options, expected });
  expect(checkTranscript('made', transcript).steps).toEqual([
    { id: 's1', op: 'CreateKey', region: 'eu-west-1', input: {}, evidence: 'succeeded' },
    {
      id: 's2',
      op: 'Encrypt',
      input: { KeyId: { $ref: 's1.KeyMetadata.Arn' }, Plaintext: { $utf8: 'x' } },
      evidence: 'succeeded',
    },
    { id: 's3wait', waitSeconds: 1.5 },
    {
      ...{ id: 's3', op: 'Decrypt', as: { $template: 'arn:aws:iam::${account}:role/App' } },
      input: { CiphertextBlob: { $ref: 's2.CiphertextBlob' } },
      evidence: 'asserted',
      error: {
        code: 'NotFoundException',
        message: {
          $template:
            "Key 'arn:aws:kms:eu-west-1:${account}:key/${s1.KeyMetadata.KeyId}2' of ${account} costs ${dollar} 1",
        },
      },
    },
  ]);
});

test('what should have been new and was not', () => {
  const log = [
    asked('s1', 'Encrypt', {}, { CiphertextBlob: blob }),
    asked('s2', 'Encrypt', {}, { CiphertextBlob: blob }),
  ];
  const [, last] = scenarioOf(log, { ...options, expected: { output: { CiphertextBlob: { $any: 'blob' } } } }).steps;
  expect(last).toMatchObject({
    output: { CiphertextBlob: { $allOf: [{ $any: 'blob' }, { $not: { $ref: 's1.CiphertextBlob' } }] } },
  });
});

test('of the commands before the last the outcome alone is told', () => {
  const refusal = { status: 400, body: { __type: 'DisabledException', message: 'arn is disabled.' } };
  const log = [{ ...asked('s1', 'Encrypt', {}, {}), reply: refusal }, asked('s2', 'Encrypt', {}, {})];
  const [first] = scenarioOf(log, { ...options, expected: {} }).steps;
  expect(first).toMatchObject({ evidence: 'asserted', error: { code: 'DisabledException' } });
});
