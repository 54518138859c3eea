// Whether this tree may become a release. Versions are those of https://semver.org/.

const form = /^(\d+)\.(\d+)\.(\d+)(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?$/;

/**
 * One line for each reason against. `status`: what `git status --porcelain` says; `branch`: what is checked out; `tags`: those of earlier releases, and others;
 * `changelog`: its text.
 */
export function reasonsAgainst({ branch, changelog, status, tags, version }) {
  const reasons = [];
  if (!form.test(version)) return [`${version} is no version: write it like 1.2.3 or 1.2.3-beta.1.`];
  const earlier = tags.filter((tag) => tag.startsWith('v') && form.test(tag.slice(1))).map((tag) => tag.slice(1));
  const notBefore = earlier.find((one) => !isNewer(version, one));
  if (notBefore !== undefined) reasons.push(`${version} is not newer than ${notBefore}, which has a tag.`);
  if (branch !== 'main') reasons.push(`A release is made of main, and this is ${branch || 'no branch'}.`);
  if (status !== '') reasons.push(`The tree is dirty: commit or put away\n${status}`);
  if (unreleased(changelog) === '') reasons.push('CHANGELOG.md says nothing under [Unreleased].');
  return reasons;
}

/** What CHANGELOG.md has under [Unreleased]. */
export function unreleased(changelog) {
  const [, found = ''] = /^## \[Unreleased\]\n([\s\S]*?)(?=^## \[|(?![\s\S]))/m.exec(changelog) ?? [];
  return found.trim();
}

/** What was unreleased is that version's from that day (YYYY-MM-DD) on. */
export function released(changelog, version, day) {
  return changelog.replace('## [Unreleased]\n', `## [Unreleased]\n\n## [${version}] - ${day}\n`);
}

/** By precedence: a version with a suffix comes before the one without. */
export function isNewer(version, than) {
  const [one, other] = [version, than].map((text) => form.exec(text));
  for (const part of [1, 2, 3]) {
    if (one[part] !== other[part]) return Number(one[part]) > Number(other[part]);
  }
  if (one[4] === undefined || other[4] === undefined) return one[4] === undefined && other[4] !== undefined;
  return isLaterSuffix(one[4].split('.'), other[4].split('.'));
}

// https://semver.org/, 11.4: numbers by their value and before words, words as ASCII has them, and more of them after fewer.
function isLaterSuffix(one, other) {
  const at = one.findIndex((word, index) => word !== other[index]);
  if (at === -1 || other[at] === undefined) return at !== -1;
  const [word, than] = [one[at], other[at]];
  const areNumbers = [word, than].map((text) => /^\d+$/.test(text));
  if (areNumbers[0] !== areNumbers[1]) return areNumbers[1];
  return areNumbers[0] ? Number(word) > Number(than) : word > than;
}
