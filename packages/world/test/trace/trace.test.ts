// The trace: canonical lines, numbered, under one running hash.

import { createHash } from 'node:crypto';
import { fc, test as law } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import { canonicalJson } from '../../src/trace/canonical-json.ts';
import { Trace } from '../../src/trace/trace.ts';

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

test('lines have sorted members, a number, and nothing that is undefined', () => {
  const trace = new Trace({ keepLines: true });
  trace.note({ kind: 'request', at: 'now', b: { d: 1, c: [null, 'é'] }, a: undefined });
  trace.note({ kind: 'answer' });
  expect(trace.lines()).toEqual([
    '{"at":"now","b":{"c":[null,"é"],"d":1},"kind":"request","n":1}',
    '{"kind":"answer","n":2}',
  ]);
  expect(trace.text()).toBe(`${trace.lines().join('\n')}\n`);
  expect(trace.length).toBe(2);
});

law.prop([fc.array(fc.dictionary(fc.string(), fc.jsonValue()))])(
  'the hash is that of the text, at every line',
  (notes) => {
    const trace = new Trace({ keepLines: true });
    const silent = new Trace({ keepLines: false });
    for (const note of notes) {
      trace.note(note);
      silent.note(note);
      expect(trace.sha256()).toBe(hashOf(trace.text()));
      expect(silent.sha256()).toBe(trace.sha256());
    }
    expect([silent.lines(), silent.text(), silent.length]).toEqual([[], '', notes.length]);
  },
);

test('a fork begins alike and goes its own way', () => {
  const trace = new Trace({ keepLines: true });
  trace.note({ a: 1 });
  const fork = trace.fork();
  expect([fork.sha256(), fork.text(), fork.length]).toEqual([trace.sha256(), trace.text(), 1]);
  fork.note({ b: 1 });
  expect(trace.text()).toBe('{"a":1,"n":1}\n');
  trace.note({ b: 1 });
  expect(fork.sha256()).toBe(trace.sha256());
});

law.prop([fc.jsonValue()])('canonical JSON says the same, and does not depend on the order of members', (value) => {
  const text = canonicalJson(value);
  expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
  const turned = (one: unknown): unknown =>
    Array.isArray(one)
      ? one.map(turned)
      : typeof one === 'object' && one !== null
        ? Object.fromEntries(
            Object.entries(one)
              .reverse()
              .map(([name, member]) => [name, turned(member)]),
          )
        : one;
  expect(canonicalJson(turned(value))).toBe(text);
});

test.each([[Number.NaN], [undefined], [1n], [new Map()], [new Uint8Array(1)], [new Date(0)], [() => 1]])(
  'what JSON cannot hold is refused: %s',
  (value) => {
    expect(() => canonicalJson({ a: value === undefined ? [value] : value })).toThrow(TypeError);
  },
);
