// Where sources disagree.

import { expect, test } from 'vitest';
import { disagreements, disagreementsSection } from '../../src/fidelity/disagreements.ts';
import { loadTranscripts } from '../../src/load.ts';

const paths = loadTranscripts().map(({ path }) => path);

test.each(disagreements)('$about: the transcripts are there', ({ transcripts }) => {
  expect(transcripts.filter((path) => !paths.includes(path))).toEqual([]);
});

test('each has a row', () => {
  expect(disagreementsSection().filter((line) => line.startsWith('| ')).length).toBe(disagreements.length + 1);
});

test('whatever a transcript says is superseded or adjusted stands there too', () => {
  const told = disagreements.map(({ about }) => about).join();
  expect(
    loadTranscripts().filter(({ transcript }) => ['superseded', 'adjust'].includes(transcript.replay)),
  ).toHaveLength(2);
  expect(told).toContain('rotated on demand');
  expect(told).toContain('origin EXTERNAL');
});
