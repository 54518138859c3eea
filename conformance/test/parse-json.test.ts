// Text as JSON, or the file and the reason.

import { expect, test } from 'vitest';
import { parseJson } from '../src/parse-json.ts';
import { TranscriptError } from '../src/transcript.ts';

test('JSON is parsed', () => {
  expect(parseJson('a.json', '{"a":[1]}')).toEqual({ a: [1] });
});

test.each(['', '{', 'text'])('%j is none', (text) => {
  expect(() => parseJson('a.json', text)).toThrow(TranscriptError);
  expect(() => parseJson('a.json', text)).toThrow(/^a\.json: /);
});
