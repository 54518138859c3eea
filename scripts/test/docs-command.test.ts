// What `npm run docs` says before it builds anything.

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../run.mjs';

test('a port that is none is told at once', () => {
  const { status, stderr, stdout } = spawnSync(
    process.execPath,
    [join(root, 'scripts/docs.mjs'), '--serve', '--port', 'abc'],
    { encoding: 'utf8', timeout: 30_000 },
  );
  expect({ status, stderr, stdout }).toEqual({
    status: 1,
    stderr: '--port is a whole number from 0 to 65535, and not "abc".\n',
    stdout: '',
  });
});
