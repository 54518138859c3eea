// A release is made of a clean tree of main with something to tell, and of no other.

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isNewer, reasonsAgainst, released, unreleased } from '../release/readiness.mjs';
import { root } from '../run.mjs';

const changelog = '# Changelog\n\n## [Unreleased]\n\n### Added\n\n- A thing.\n\n## [0.1.0] - 2026-01-01\n\n- All.\n';
const ready = { version: '0.2.0', status: '', branch: 'main', tags: ['v0.1.0', 'v0.1.0-rc.1', 'other'], changelog };

describe('what stands against it', () => {
  test('is nothing, for a clean main with a newer version', () => {
    expect(reasonsAgainst(ready)).toEqual([]);
  });

  test.each([
    [{ version: '0.2' }, '0.2 is no version'],
    [{ version: 'v0.2.0' }, 'v0.2.0 is no version'],
    [{ version: '0.1.0' }, '0.1.0 is not newer than 0.1.0'],
    [{ version: '0.0.9' }, '0.0.9 is not newer than 0.1.0'],
    [{ tags: ['v0.2.0'] }, '0.2.0 is not newer than 0.2.0, which has a tag'],
    [{ branch: 'idea' }, 'this is idea'],
    [{ branch: '' }, 'this is no branch'],
    [{ status: ' M README.md' }, 'The tree is dirty: commit or put away\n M README.md'],
    [{ changelog: changelog.replace('### Added\n\n- A thing.\n', '') }, 'says nothing under [Unreleased]'],
  ])('%j', (change, told) => {
    expect(reasonsAgainst({ ...ready, ...change }).join()).toContain(told);
  });

  test('is nothing for a first release', () => {
    expect(reasonsAgainst({ ...ready, version: '0.1.0', tags: [''] })).toEqual([]);
  });

  test('is told all at once', () => {
    expect(reasonsAgainst({ ...ready, branch: 'idea', status: ' M x', version: '0.1.0' })).toHaveLength(3);
  });
});

test.each([
  ['1.0.0', '0.9.9', true],
  ['0.10.0', '0.9.0', true],
  ['1.0.0', '1.0.0-rc.1', true],
  ['1.0.0-rc.2', '1.0.0-rc.1', true],
  ['1.0.0-rc.10', '1.0.0-rc.9', true],
  ['1.0.0-rc.1', '1.0.0', false],
  ['1.0.0', '1.0.0', false],
  // https://semver.org/, 11.4: 1.0.0-alpha < -alpha.1 < -alpha.beta < -beta < -beta.2 < -beta.11 < -rc.1; and ASCII has capitals first.
  ['1.0.0-beta', '1.0.0-RC', true],
  ['1.0.0-RC', '1.0.0-beta', false],
  ['1.0.0-alpha.1', '1.0.0-alpha', true],
  ['1.0.0-alpha', '1.0.0-alpha.1', false],
  ['1.0.0-alpha.beta', '1.0.0-alpha.1', true],
  ['1.0.0-alpha.1', '1.0.0-alpha.beta', false],
  ['1.0.0-beta', '1.0.0-alpha.beta', true],
  ['1.0.0-beta.11', '1.0.0-beta.2', true],
  ['1.0.0-rc-2', '1.0.0-rc-10', true],
  ['1.0.0-rc.1', '1.0.0-rc.1', false],
])('%s after %s: %s', (version, than, newer) => {
  expect(isNewer(version, than)).toBe(newer);
});

test('what was unreleased becomes the version, and the next begins empty', () => {
  const text = released(changelog, '0.2.0', '2026-02-03');
  expect(unreleased(changelog)).toBe('### Added\n\n- A thing.');
  expect(unreleased(text)).toBe('');
  expect(text).toContain('## [Unreleased]\n\n## [0.2.0] - 2026-02-03\n\n### Added\n\n- A thing.\n\n## [0.1.0]');
});

test.each([[[]], [['1.2']], [['1.2.3', '--quick']]])(
  'the command refuses %j before anything is run or written',
  (args) => {
    const { status, stderr, stdout } = spawnSync(process.execPath, [join(root, 'scripts/release.mjs'), ...args], {
      encoding: 'utf8',
      timeout: 30_000,
    });
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/^(No release:\n|npm run release -- VERSION)/);
  },
);
