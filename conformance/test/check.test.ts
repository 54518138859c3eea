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
    ['no id', { op: 'A', input: {} }, 'step number 3: has no id'],
    ['an id twice', { ...call, id: 'key' }, 'step key: another step has this id'],
    ['a misspelt member', { ...call, outputs: {} }, "step x: no member 'outputs' is known"],
    ['neither call nor make', { id: 'x' }, 'step x: has not exactly one of op and make'],
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
  ])('%s', (_, step, reason) => {
    expect(() => checkTranscript('t.json', withStep(step))).toThrow(`t.json: ${reason}`);
  });
});

test('an answer may refer to itself', () => {
  const step = { id: 'x', op: 'A', input: {}, output: { B: { $ref: 'x.A' } }, evidence: 'recorded' };
  expect(() => checkTranscript('t.json', withStep(step))).not.toThrow();
});
