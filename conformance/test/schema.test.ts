// The JSON Schema of the format says the same as the checker: every transcript fits, and so do the scenarios of the documentation.

import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { documentedScenarios } from '../src/documented/index.ts';
import { inputForms } from '../src/inputs.ts';
import { kinds } from '../src/kinds.ts';
import { loadTranscripts } from '../src/load.ts';
import { matcherForms } from '../src/match.ts';

interface Schema {
  readonly $defs: Readonly<
    Record<
      string,
      { readonly oneOf: readonly { readonly properties: Readonly<Record<string, { enum?: string[] }>> }[] }
    >
  >;
}

const schema = JSON.parse(readFileSync(new URL('../schema/transcript.schema.json', import.meta.url), 'utf8')) as Schema;
const validate = new Ajv2020({ allowUnionTypes: true, strictRequired: false }).compile(schema);
const faults = (value: unknown): unknown => (validate(value) ? [] : validate.errors);

test.each(loadTranscripts())('$path fits', ({ transcript }) => {
  expect(faults(transcript)).toEqual([]);
});

test('the scenarios of the documentation fit', () => {
  const bad = documentedScenarios().filter(({ transcript }) => !validate(JSON.parse(JSON.stringify(transcript))));
  expect(bad.map(({ path }) => path)).toEqual([]);
});

describe('does not fit', () => {
  const good = loadTranscripts()[0]?.transcript as unknown as Record<string, unknown>;
  const call = { id: 'x', op: 'DescribeKey', input: {}, evidence: 'recorded' };
  const withStep = (step: object): unknown => ({ ...good, steps: [step] });

  test.each<[string, unknown]>([
    ['a misspelt member', { ...good, step: [] }],
    ['an unknown way to replay', { ...good, replay: 'maybe' }],
    ['a date in other words', { ...good, source: { kind: 'a', cite: 'b', recorded: 'last week' } }],
    ['no steps', { ...good, steps: [] }],
    ['no Region', { ...good, regions: [] }],
    ['output and error', withStep({ ...call, output: {}, error: { code: 'A' } })],
    ['an error without code', withStep({ ...call, error: { status: 400 } })],
    ['a matcher in an input', withStep({ ...call, input: { A: { $any: 'uuid' } } })],
    ['a misspelt matcher', withStep({ ...call, output: { A: { $abscent: true } } })],
    ['a kind that is none', withStep({ ...call, output: { A: { $any: 'thing' } } })],
    ['a form with company', withStep({ ...call, output: { $any: 'uuid', A: 1 } })],
    ['a poll that never waits', withStep({ ...call, poll: { timeoutSeconds: 1, intervalSeconds: 0 } })],
    ['a make of two things', withStep({ id: 'x', make: { as: 'a', randomBytes: 1, value: 1 } })],
    ['a wait and a call', withStep({ ...call, waitSeconds: 1 })],
  ])('%s', (_, value) => {
    expect(validate(value)).toBe(false);
  });

  test('and the example they change does', () => {
    expect(faults(withStep(call))).toEqual([]);
  });
});

describe('it knows', () => {
  const namesIn = (definition: string): string[] =>
    (schema.$defs[definition]?.oneOf ?? []).flatMap(({ properties }) => Object.keys(properties));

  test('every input form', () => {
    expect(namesIn('inputForm').sort()).toEqual([...inputForms].sort());
  });

  test('every matcher but those that are input forms too', () => {
    expect(namesIn('matcher').sort()).toEqual(matcherForms.filter((name) => !inputForms.includes(name)).sort());
  });

  test('every kind', () => {
    const any = schema.$defs['matcher']?.oneOf.find(({ properties }) => '$any' in properties);
    expect([...(any?.properties['$any']?.enum ?? [])].sort()).toEqual(Object.keys(kinds).sort());
  });
});
