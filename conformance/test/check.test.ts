// A transcript that demands nothing by mistake is refused, with file, step and reason.

import { describe, expect, test } from 'vitest';
import { checkTranscript } from '../src/check.ts';

const good = {
  name: 'one',
  about: 'a key',
  source: { kind: 'recording', cite: 'somewhere', recorded: '2025-01-01' },
  replay: 'as-is',
  regions: ['us-east-1'],
  steps: [
    { id: 'key', op: 'CreateKey', input: {}, evidence: 'succeeded' },
    {
      id: 'again',
      op: 'DescribeKey',
      input: { KeyId: { $ref: 'key.KeyMetadata.KeyId' } },
      output: { A: { $any: 'uuid' } },
      evidence: 'recorded',
    },
  ],
};
const withStep = (step: object): unknown => ({ ...good, steps: [...good.steps, step] });

test('a good one is itself', () => {
  expect(checkTranscript('t.json', good)).toBe(good);
});

describe('refused as a whole', () => {
  test.each<[string, unknown, string]>([
    ['a list', [], 'not an object'],
    ['a misspelt member', { ...good, step: [] }, "no member 'step' is known"],
    ['no name', { ...good, name: undefined }, 'name is no text'],
    ['an unknown way to replay', { ...good, replay: 'maybe' }, 'replay is "maybe"'],
    ['no date', { ...good, source: {} }, 'source does not say when it was recorded'],
    ['no Region', { ...good, regions: [] }, 'regions is no list of Regions'],
    ['no steps', { ...good, steps: [] }, 'steps is no list of steps'],
  ])('%s', (_, value, reason) => {
    expect(() => checkTranscript('t.json', value)).toThrow(`t.json: ${reason}`);
  });
});

describe('refused for a step', () => {
  const call = { id: 'x', op: 'DescribeKey', input: {}, evidence: 'recorded' };
  test.each<[string, object, string]>([
    ['no id', { op: 'Sign', input: {} }, 'step number 3: has no id'],
    ['an id twice', { ...call, id: 'key' }, 'step key: another step has this id'],
    ['a misspelt member', { ...call, outputs: {} }, "step x: no member 'outputs' is known"],
    ['neither call nor make', { id: 'x' }, 'step x: has not exactly one of op, make and waitSeconds'],
    ['a call without input', { ...call, input: undefined }, 'step x: has no input'],
    ['output and error', { ...call, output: {}, error: { code: 'A' } }, 'step x: has both output and error'],
    [
      'a demand on no evidence',
      { ...call, evidence: 'succeeded', output: {} },
      'step x: expects more than success on no evidence',
    ],
    ['unknown evidence', { ...call, evidence: 'heard' }, 'step x: evidence is "heard"'],
    ['a Region of its own', { ...call, region: 'eu-west-1' }, 'step x: "eu-west-1" is none of the regions'],
    ['an error without code', { ...call, error: { status: 400 } }, 'step x: error has no code'],
    ['a matcher in the input', { ...call, input: { A: { $any: 'uuid' } } }, 'step x: $any is not known here'],
    ['a misspelt matcher', { ...call, output: { A: { $abscent: true } } }, 'step x: $abscent is not known here'],
    ['a form with company', { ...call, output: { $any: 'uuid', A: 1 } }, 'step x: $any is not alone in its object'],
    [
      'a reference to a later step',
      { ...call, input: { A: { $ref: 'x.KeyId' } } },
      'step x: refers to "x.KeyId", and no step x came before',
    ],
    [
      'a template that refers to nothing',
      { ...call, output: { A: { $template: '${kee.Id}' } } },
      'step x: refers to "kee.Id"',
    ],
    ['a make of nothing known', { id: 'x', make: { as: 'bytes', magic: 1 } }, "step x: nothing makes 'magic'"],
    ['a make without a name', { id: 'x', make: { randomBytes: 1 } }, 'step x: make has no name'],
    [
      'a make of two things',
      { id: 'x', make: { as: 'a', randomBytes: 1, value: 1 } },
      'step x: make has not exactly one of',
    ],
    [
      'a pair of no keys',
      { id: 'x', make: { as: 'a, b', keyPair: 'HMAC_256' } },
      'step x: no key pair of "HMAC_256" can be made',
    ],
    ['a pair with one name', { id: 'x', make: { as: 'a', keyPair: 'RSA_2048' } }, 'step x: a key pair has two names'],
    ['an unknown operation', { ...call, op: 'DescribeKeys' }, 'step x: "DescribeKeys" is no operation of KMS'],
    ['another service', { ...call, op: 'sts:GetCallerIdentity' }, 'step x: "sts:GetCallerIdentity" is no operation'],
    ['an unknown kind', { ...call, output: { A: { $any: 'thing' } } }, 'step x: no kind "thing" is known'],
    [
      'a misspelt member of an error',
      { ...call, error: { code: 'A', mesage: 'b' } },
      "step x: no member 'mesage' of an error",
    ],
    ['a poll that never waits', { ...call, poll: { timeoutSeconds: 5, intervalSeconds: 0 } }, 'step x: poll has no'],
    ['a wait for nothing', { id: 'x', waitSeconds: 0 }, 'step x: waitSeconds is no time above zero'],
    ['a wait that calls', { ...call, waitSeconds: 5 }, 'step x: has not exactly one of op, make and waitSeconds'],
    ['a caller that no step named', { ...call, as: { $ref: 'who.Arn' } }, 'step x: refers to "who.Arn"'],
  ])('%s', (_, step, reason) => {
    expect(() => checkTranscript('t.json', withStep(step))).toThrow(`t.json: ${reason}`);
  });
});

test('an answer may refer to itself', () => {
  const step = { id: 'x', op: 'Sign', input: {}, output: { B: { $ref: 'x.A' } }, evidence: 'recorded' };
  expect(() => checkTranscript('t.json', withStep(step))).not.toThrow();
});

test.each<[string, object]>([
  ['what looks like a form may be meant as it stands', { input: { A: { $literal: { $nope: 1 } } } }],
  ['a policy may have its own variables', { input: { A: { $template: '${dollar}{aws:username}' } } }],
])('%s', (_, more) => {
  const step = { id: 'x', op: 'Sign', evidence: 'succeeded', ...more };
  expect(() => checkTranscript('t.json', withStep(step))).not.toThrow();
});

test('a scenario that needs another service names its operations with it', () => {
  const step = { id: 'x', op: 'cloudformation:CreateStack', input: {}, evidence: 'succeeded' };
  expect(() => checkTranscript('t.json', { ...good, replay: 'external', steps: [step] })).not.toThrow();
});
