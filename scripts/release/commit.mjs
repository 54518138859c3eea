// The commit of a release and its tag.

import { execFileSync } from 'node:child_process';

/** Commits what has changed in a folder's repository as that version. The tag is annotated: `git push --follow-tags` leaves out those that are not. */
export function commitRelease(folder, version) {
  const git = (...args) => execFileSync('git', args, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  git('commit', '--all', '--message', `release: ${version}`);
  git('tag', '--annotate', '--message', `v${version}`, `v${version}`);
}
