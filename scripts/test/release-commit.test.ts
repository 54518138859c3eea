// What `git push --follow-tags`, which the release prints, takes along.

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { devNull, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { commitRelease } from '../release/commit.mjs';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kmsim-release-'));
  // Not the repository of a hook that runs the tests, and not what this user has set.
  for (const name of ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE']) vi.stubEnv(name, undefined);
  for (const name of ['GIT_CONFIG_GLOBAL', 'GIT_CONFIG_SYSTEM']) vi.stubEnv(name, devNull);
  for (const who of ['AUTHOR', 'COMMITTER']) {
    vi.stubEnv(`GIT_${who}_NAME`, 'Ann');
    vi.stubEnv(`GIT_${who}_EMAIL`, 'ann@example.com');
  }
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

function git(at: string, ...args: readonly string[]): string {
  return execFileSync('git', args, { cwd: join(folder, at), encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
}

test('the commit and its tag arrive', () => {
  for (const name of ['origin', 'here']) mkdirSync(join(folder, name));
  git('origin', 'init', '--bare');
  git('here', 'init', '--initial-branch', 'main');
  writeFileSync(join(folder, 'here', 'VERSION'), '0.1.0\n');
  git('here', 'add', '.');
  git('here', 'commit', '--message', 'first');
  git('here', 'remote', 'add', 'origin', join(folder, 'origin'));
  git('here', 'push', '--set-upstream', 'origin', 'main');

  writeFileSync(join(folder, 'here', 'VERSION'), '0.2.0\n');
  commitRelease(join(folder, 'here'), '0.2.0');
  git('here', 'push', '--follow-tags');

  expect(git('origin', 'log', '--format=%s', 'main')).toBe('release: 0.2.0\nfirst\n');
  expect(git('origin', 'show', 'v0.2.0:VERSION')).toBe('0.2.0\n');
});
