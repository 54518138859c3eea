// A scenario is performed over HTTP by the real AWS SDK, written down, and replayed: equal.

import { createKmsim, type KmsimServer, serve } from 'kmsim';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadTranscripts } from '../../src/load.ts';
import { record, scenarioOf } from '../../src/record/record.ts';
import { replay } from '../../src/replay.ts';
import { describeResult } from '../../src/result.ts';
import type { Target } from '../../src/target.ts';
import { chooseTarget } from '../../src/targets/choose-target.ts';
import { inProcess } from '../../src/targets/doors.ts';
import type { Source, Transcript } from '../../src/transcript.ts';

const source: Source = { kind: 'recording of a simulation', cite: 'here', recorded: '2026-01-01' };
const account = '210987654321';

let server: KmsimServer;
let target: Target;
beforeAll(async () => {
  const sim = createKmsim({ seed: 'recorded', account });
  server = await serve(sim);
  const opened = await chooseTarget(server.url, { env: {}, bySdk: true }).open('');
  // The clock of a seeded simulation stands still: waiting for it would be for nothing.
  target = { ...opened, advance: async (milliseconds) => void sim.clock.advance(milliseconds) };
});
afterAll(() => server.close());

const scenarios = [
  'aliases/create-list-delete-alias',
  'data-keys/generate-data-key',
  'encryption/encryption-context-and-bad-ciphertext',
  'encryption/re-encrypt-symmetric-default',
  'keys/create-key',
  'keys/describe-malformed-key-id',
  'multi-region/describe-key-across-regions',
  'policies/key-policy-get-put-list',
  'random/generate-random-null',
  'rotation/rotate-disabled-key',
  'rotation/rotate-on-demand-new-ciphertext',
  'tags/update-and-add-tags',
];

describe.each(loadTranscripts().filter(({ path }) => scenarios.includes(path)))('$path', ({ path, transcript }) => {
  let recorded: Transcript;

  test('is performed and written down', async () => {
    const recording = await record(transcript, target, source);
    expect(describeResult(recording.result)).toBe('passed');
    recorded = JSON.parse(JSON.stringify(recording.transcript)) as Transcript;
    expect(recorded.steps.map(({ id }) => id)).toEqual(transcript.steps.map(({ id }) => id));
    expect(JSON.stringify(recorded)).not.toContain(account);
  });

  test('replays where it was recorded, and in a simulation of another account', async () => {
    expect(describeResult(await replay(recorded, target))).toBe('passed');
    expect(describeResult(await replay(recorded, inProcess(path)))).toBe('passed');
  });

  test('recorded from itself is itself', async () => {
    const again = await record(recorded, target, source);
    expect(JSON.parse(JSON.stringify(again.transcript))).toEqual(recorded);
  });
});

test('all of them are there', () => {
  expect(loadTranscripts().filter(({ path }) => scenarios.includes(path))).toHaveLength(scenarios.length);
});

describe('a recording', () => {
  const scenario = scenarioOf('mine.json', {
    name: 'mine',
    steps: [
      { id: 'key', op: 'CreateKey', input: { Description: 'mine' } },
      {
        id: 'enc',
        op: 'Encrypt',
        input: { KeyId: { $ref: 'key.KeyMetadata.KeyId' }, Plaintext: { $utf8: 'attack at dawn' } },
      },
      { id: 'dec', op: 'Decrypt', input: { CiphertextBlob: { $ref: 'enc.CiphertextBlob' } } },
      { id: 'off', op: 'DisableKey', input: { KeyId: { $ref: 'key.KeyMetadata.KeyId' } } },
      { id: 'bad', op: 'Decrypt', input: { CiphertextBlob: { $ref: 'enc.CiphertextBlob' } } },
    ],
  });

  test('has what was on the wire: bodies that are empty, types, the spelling of a message', async () => {
    const { transcript } = await record(scenario, target, source);
    const [, , dec, off, bad] = transcript.steps;
    expect(dec).toMatchObject({
      output: { Plaintext: { $utf8: 'attack at dawn' } },
      additionalFields: false,
      emptyBody: false,
    });
    expect(off).toMatchObject({ output: {}, emptyBody: true });
    expect(bad).toMatchObject({
      error: { code: 'DisabledException', status: 400, type: 'DisabledException', messageMember: 'message' },
    });
    expect(transcript).toMatchObject({ name: 'mine', source, regions: ['us-east-1'], replay: 'as-is' });
  });

  test('notices a target that answers otherwise', async () => {
    const { transcript } = await record(scenario, target, source);
    const other: Target = {
      ...target,
      call: async (request) => {
        const reply = await target.call(request);
        return request.operation === 'DisableKey' ? { ...reply, body: {} } : reply;
      },
    };
    expect(describeResult(await replay(transcript, other))).toBe(
      'failed at off (DisableKey): expected no body, got {}',
    );
  });

  test('of an operation that the target does not know ends there', async () => {
    const unknown = scenarioOf('u.json', {
      name: 'u',
      steps: [
        { id: 'key', op: 'CreateKey', input: {} },
        { id: 'no', op: 'ListRetirableGrants', input: { RetiringPrincipal: { $template: '${callerArn}' } } },
      ],
    });
    const other: Target = {
      ...target,
      call: async (request) =>
        request.operation === 'ListRetirableGrants' ? { status: 501, body: undefined } : target.call(request),
    };
    const { result, transcript } = await record(unknown, other, source);
    expect(describeResult(result)).toBe('not built yet: ListRetirableGrants');
    expect(transcript.steps.map(({ id }) => id)).toEqual(['key']);
  });
});

test.each<[string, unknown, string]>([
  ['no object', [], 'not an object'],
  ['no steps', { name: 'a' }, 'steps is no list'],
  [
    'an unknown operation',
    { name: 'a', steps: [{ id: 'x', op: 'Nope', input: {} }] },
    'step x: "Nope" is no operation of KMS',
  ],
])('%s is no scenario', (_, value, reason) => {
  expect(() => scenarioOf('s.json', value)).toThrow(`s.json: ${reason}`);
});
