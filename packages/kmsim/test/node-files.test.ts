// Node's files, when somebody names one.

import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { nodeFiles } from '../src/node-files.ts';

test('they are those of node:fs', () => {
  expect(nodeFiles().readFileSync(fileURLToPath(import.meta.url), 'utf8')).toContain('those of node:fs');
});
