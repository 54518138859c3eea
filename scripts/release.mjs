// `npm run release -- VERSION [--dry-run]`: makes a release of a clean, green tree: versions, CHANGELOG, commit, tag, tarballs. Publishing is a person's.

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureInstalled } from './ensure.mjs';
import { publicFolders } from './packages.mjs';
import { commitRelease } from './release/commit.mjs';
import { reasonsAgainst, released } from './release/readiness.mjs';
import { capturePnpm, root, runFile } from './run.mjs';

const [version = '', ...flags] = process.argv.slice(2);
const dryRun = flags.includes('--dry-run');
if (version === '' || flags.some((flag) => flag !== '--dry-run')) stop('npm run release -- VERSION [--dry-run]');

const manifests = publicFolders().map((folder) => join(root, folder, 'package.json'));
const changelog = join(root, 'CHANGELOG.md');
const reasons = reasonsAgainst({
  version,
  status: git('status', '--porcelain'),
  branch: git('branch', '--show-current'),
  tags: git('tag', '--list').split('\n'),
  changelog: readFileSync(changelog, 'utf8'),
});
if (reasons.length > 0) stop(`No release:\n${reasons.join('\n')}`);

ensureInstalled();
for (const script of ['scripts/check.mjs', 'scripts/test.mjs']) {
  console.log(`\n== ${script}`);
  if (runFile(script) !== 0) stop(`No release: ${script} failed.`);
}
if (git('status', '--porcelain') !== '') stop('No release: the checks have changed the tree.');
if (dryRun) {
  console.log(`\nv${version} could be released. Nothing was changed.`);
} else {
  for (const file of manifests)
    write(file, (text) => text.replace(/^ {2}"version": ".*",$/m, `  "version": "${version}",`));
  write(changelog, (text) => released(text, version, new Date().toISOString().slice(0, 10)));
  commitRelease(root, version);
  pack();
}

/** Tarballs and their digests into `release`, which git does not see. */
function pack() {
  const folder = join(root, 'release');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  const filters = publicFolders().flatMap((path) => ['--filter', `./${path}`]);
  const packed = capturePnpm(['-r', ...filters, 'pack', '--pack-destination', `"${folder}"`]);
  if (!packed.ok) stop(packed.output);
  const files = readdirSync(folder).sort();
  const digest = (file) =>
    createHash('sha256')
      .update(readFileSync(join(folder, file)))
      .digest('hex');
  writeFileSync(join(folder, 'SHA256SUMS'), files.map((file) => `${digest(file)}  ${file}\n`).join(''));
  console.log(`\nv${version} is committed, tagged and packed:\n${readFileSync(join(folder, 'SHA256SUMS'), 'utf8')}`);
  console.log('Look at them, then publish by hand:');
  console.log(`  git push --follow-tags\n  for file in release/*.tgz; do npm publish --access public "$file"; done`);
}

function write(file, change) {
  writeFileSync(file, change(readFileSync(file, 'utf8')));
}

function git(...args) {
  return execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim();
}

function stop(message) {
  console.error(message);
  process.exit(1);
}
