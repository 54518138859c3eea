// XML that says what it was told, and nothing else.

import { expect, test } from 'vitest';
import { xml } from '../src/xml.ts';

test('elements stand in each other, in order; what is undefined is left out', () => {
  expect(xml('R', 'urn:n', { A: { B: 'x', C: undefined, D: 5 }, E: '', F: {} })).toBe(
    '<R xmlns="urn:n"><A><B>x</B><D>5</D></A><E></E><F></F></R>',
  );
});

test.each([
  ['</A><A>', '&lt;/A&gt;&lt;A&gt;'],
  ['a & "b"', 'a &amp; &quot;b&quot;'],
  ['&lt;', '&amp;lt;'],
  ['line\r\nline\ttab', 'line&#xD;\nline\ttab'],
  ['\u0000\u001b[31m\ufffe', '\ufffd\ufffd[31m\ufffd'],
  ['grün 🔑', 'grün 🔑'],
  ['half of one: \ud83d', 'half of one: \ufffd'],
])('%j is written %j', (text, written) => {
  expect(xml('R', 'n', { A: text })).toBe(`<R xmlns="n"><A>${written}</A></R>`);
});
