// Where a text stops being JSON.

import { fc, test as law } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import { jsonFault } from '../src/json-fault.ts';

test.each([
  ['', 'line 1, column 1: a value is missing'],
  ['{"a": 1,}', 'line 1, column 9: a name in double quotes is missing'],
  ['{\n  "a": [1 2]\n}', 'line 2, column 11: a comma or ] is missing'],
  ['{"a" 1}', 'line 1, column 6: a colon is missing'],
  ["{'a': 1}", 'line 1, column 2: a name in double quotes is missing'],
  ['[1, 2', 'line 1, column 6: a comma or ] is missing'],
  ['["a\nb"]', 'line 1, column 2: the text does not end, or has a character it cannot have'],
  ['{} {}', 'line 1, column 4: nothing more is expected'],
  ['[01]', 'line 1, column 3: a comma or ] is missing'],
  ['// no\n{}', 'line 1, column 1: a value is missing'],
  [`${'['.repeat(1e5)}`, /nested too deep$/],
])('%j', (text, fault) => {
  expect(jsonFault(text)).toEqual(typeof fault === 'string' ? fault : expect.stringMatching(fault));
});

law.prop([
  fc.oneof(
    fc.json(),
    fc.string(),
    fc.json().map((text) => text.slice(1)),
  ),
])('finds a fault exactly where JSON.parse does', (text) => {
  let isJson = true;
  try {
    JSON.parse(text);
  } catch {
    isJson = false;
  }
  expect(jsonFault(text) === undefined).toBe(isJson);
});
