// The comments of the engine name the transcripts that prove them, and every line of the corridor names one or says that there is none.

import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { loadTranscripts } from '../src/load.ts';

const engine = new URL('../../packages/kms/src/', import.meta.url);
const names = loadTranscripts().map(({ transcript }) => transcript.name);

/** Named by the summary of the recordings, whose answers were not transcribed. */
const notTranscribed: readonly string[] = ['rotate-on-demand-automatic-*'];

// A sentence that speaks of recordings, to its end. What has fewer than two hyphens is a word like any other.
const sentence = /[Rr]ecord(?:ings?|ed)\b[^.]*/g;
const name = /\b[a-z][a-z0-9]*(?:-[a-z0-9]+){2,}(?:-\*)?/g;

function cited(text: string): readonly string[] {
  return comments(text).flatMap((comment) =>
    [...comment.matchAll(sentence)].flatMap(([part]) =>
      [...part.replaceAll(/https?:\S+/g, '').matchAll(name)].map(([one]) => one),
    ),
  );
}

/** Comments with their lines joined. */
function comments(text: string): readonly string[] {
  const lines = text.replaceAll(/\n\s*(?:\/\/|\*)(?=.*\S)/g, '§');
  return [...lines.matchAll(/(?:\/\/|\/\*\*?|§)[^\n]*/g)].map(([one]) => one.replaceAll('§', ' '));
}

function exists(one: string): boolean {
  return one.endsWith('*') ? names.some((other) => other.startsWith(one.slice(0, -1))) : names.includes(one);
}

const files = readdirSync(engine, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
const citations = files.flatMap((file) =>
  cited(readFileSync(new URL(file.replaceAll('\\', '/'), engine), 'utf8')).map((one) => ({ file, one })),
);

describe('a transcript that a comment of the engine names is there', () => {
  test('comments are found', () => {
    expect(citations.length).toBeGreaterThan(25);
    expect(citations.map(({ one }) => one)).toEqual(
      expect.arrayContaining(['rotate-disabled-key', 'encrypt-too-large-*']),
    );
  });

  test.each(citations)('$one in $file', ({ one }) => {
    expect(exists(one) || notTranscribed.includes(one)).toBe(true);
  });

  test.each(notTranscribed)('%s is an exception: named, and not there', (one) => {
    expect(citations.some((citation) => citation.one === one)).toBe(true);
    expect(exists(one)).toBe(false);
  });
});

describe('a step of the corridor names what proves its place', () => {
  const text = readFileSync(fileURLToPath(new URL('dispatch.ts', engine)), 'utf8').split('\n');
  const steps = [
    'advance(kms',
    'visit.read(',
    'room.enter(',
    'permit(call)',
    'requireState(call);',
    'requireType(call);',
    'room.run(',
    'call.page.bind(',
  ];

  test.each([...steps, 'room.requireType'])('%s', (step) => {
    const at = text.findIndex((line) => line.includes(step) && !line.trimStart().startsWith('//'));
    const above = text.slice(0, at).reverse();
    const comment = above
      .slice(
        0,
        above.findIndex((line) => !line.trimStart().startsWith('//')),
      )
      .reverse()
      .join('\n');
    expect(at).toBeGreaterThan(0);
    expect(cited(`\n${comment}`).some(exists) || comment.includes('No recording')).toBe(true);
  });
});
