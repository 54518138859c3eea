// What somebody sees who waits.

import { expect, test } from 'vitest';
import { progressLine } from '../src/progress-line.ts';

function watched(isTTY: boolean): string {
  let clock = 0;
  let written = '';
  const screen = { isTTY, columns: 60, write: (text: string) => (written += text) };
  const begin = progressLine(screen, 2, () => clock);
  const line = begin('requests');
  clock = 61_000;
  line.round({ comparison: 3, round: 4, rounds: 40 });
  clock = 65_000;
  line.end();
  begin('corridor').end();
  return written;
}

test('a terminal has one line that changes, and is clean in the end', () => {
  const lines = watched(true).split('\r\u001b[2K');
  expect(lines[2]).toBe('[1/2] requests  comparison 3, round 4 of 40, 1:01');
  expect(lines.at(-1)).toBe('');
  expect(lines.every((line) => line.length < 60 && !line.includes('\n'))).toBe(true);
});

test('elsewhere a suite is a line', () => {
  expect(watched(false)).toBe('[1/2] requests  1:05\n[2/2] corridor  0:00\n');
});
