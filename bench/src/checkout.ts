// Which kmsim is measured: its version, and the commit where there is one.

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Run } from './saved-run.ts';

export function describeCheckout(): Pick<Run, 'version' | 'commit'> {
  const { version } = JSON.parse(
    readFileSync(createRequire(import.meta.url).resolve('kmsim/package.json'), 'utf8'),
  ) as { readonly version: string };
  const commit = git('rev-parse', '--short=12', 'HEAD');
  if (commit === undefined) return { version };
  // With files that were changed, what is measured is no commit.
  return { version, commit: git('status', '--porcelain') === '' ? commit : `${commit}, changed` };
}

function git(...args: readonly string[]): string | undefined {
  const { status, stdout } = spawnSync('git', args, {
    encoding: 'utf8',
    cwd: fileURLToPath(new URL('.', import.meta.url)),
  });
  return status === 0 ? stdout.trim() : undefined;
}
