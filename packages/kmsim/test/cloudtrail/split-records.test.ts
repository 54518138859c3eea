import { describe, expect, test } from 'vitest';
import { RecordSplitter } from '../../src/cloudtrail/split-records.ts';
import { KmsimError } from '../../src/index.ts';

function split(text: string, limits = { recordBytes: 1000, depth: 16 }): readonly unknown[] {
  const splitter = new RecordSplitter(limits);
  const records = splitter.push(new TextEncoder().encode(text));
  splitter.end();
  return records.map((record) => JSON.parse(record) as unknown);
}

function fault(text: string, limits?: { recordBytes: number; depth: number }): string {
  try {
    split(text, limits);
  } catch (error) {
    if (error instanceof KmsimError && error.code === 'InvalidLog') return error.problem;
    throw error;
  }
  return 'none';
}

const a = { n: 1, list: [{ n: 2 }, '}]'], text: 'a "quoted" \\ é {' };
const b = { Records: 'x' };

describe('records', () => {
  const [one, two] = [JSON.stringify(a), JSON.stringify(b)];
  test.each([
    ['of a log file', `{"Records":[${one},${two}]}`],
    [
      'of a log file with other members',
      `{"x":{"Records":[1]},"y":"Records","Records": [ ${one} ,\n${two} ], "z":[{"n":1}]}`,
    ],
    ['of lookup-events', `{\n "Events": [${one},${two}], "NextToken": "x"}`],
    ['in lines', `${one}\n${two}\n`],
    ['in a list', `\ufeff[${one}, ${two}]`],
  ])('%s', (_name, text) => {
    expect(split(text)).toEqual([a, b]);
  });
});

test.each([
  ['', []],
  ['{"Records":[]}', []],
  ['  \n', []],
])('%j has none', (text, records) => {
  expect(split(text)).toEqual(records);
});

test.each([
  ['{"Records":[{"n":1}', 'At byte 19: the log is cut short.'],
  ['{"Records":[{"n":"1', 'At byte 19: the log is cut short.'],
  ['{"n":1}}', 'At byte 7: a bracket is closed that was not opened.'],
  ['hello', 'At byte 0: no record is there.'],
  ['{"Records":["x"]}', 'At byte 12: no record is there.'],
  ['[1]', 'At byte 1: no record is there.'],
  ['"x"', 'At byte 0: no record is there.'],
  [`{"n":${'['.repeat(20)}`, 'At byte 20: it is nested deeper than 16 levels.'],
  [`{"n":"${'x'.repeat(1000)}"}`, 'At byte 0: a record is longer than 1000 bytes.'],
])('%j is refused', (text, problem) => {
  expect(fault(text)).toBe(problem);
});

test('a record that never ends is refused before it is all there', () => {
  const splitter = new RecordSplitter({ recordBytes: 100, depth: 16 });
  splitter.push(new TextEncoder().encode(`{"n":"${'x'.repeat(60)}`));
  expect(() => splitter.push(new TextEncoder().encode('x'.repeat(60)))).toThrow('longer than 100 bytes');
});
