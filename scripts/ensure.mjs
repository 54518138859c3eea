// Makes the workspace ready to run: a Node that is new enough, the packages of the lockfile, a build. Imports nothing that must be installed.

import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { capturePnpm, captureTool, root } from './run.mjs';

const oldestNode = [20, 19];

/** Installs the packages of the lockfile, unless these very ones are there. */
export function ensureInstalled() {
  if (isTooOld(process.versions.node)) {
    stop(`kmsim needs Node ${oldestNode.join('.')} or newer; this is Node ${process.versions.node}.`);
  }
  const stamp = join(root, 'node_modules', '.kmsim-installed');
  const wanted = fingerprint(root);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  console.error('Installing packages (once) ...');
  // A node_modules that another package manager left behind is replaced without a question nobody may be there to answer.
  const install = capturePnpm(['install', '--frozen-lockfile', '--config.confirmModulesPurge=false']);
  if (!install.ok) stop(`${install.output}\n\nInstalling the packages failed, see above.`);
  writeFileSync(stamp, wanted);
}

/** Compiles what changed. */
export function ensureBuilt() {
  const build = captureTool('typescript', ['-b']);
  if (!build.ok) stop(`${build.output}\n\nThe build failed, see above.`);
}

/** True for a Node older than the floor in package.json. */
export function isTooOld(version) {
  const [major, minor] = version.split('.').map(Number);
  return major < oldestNode[0] || (major === oldestNode[0] && minor < oldestNode[1]);
}

/** Changes when anything changes that an install depends on. */
export function fingerprint(folder) {
  const hash = createHash('sha256');
  for (const file of ['pnpm-lock.yaml', 'pnpm-workspace.yaml', ...manifests(folder)]) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(folder, file)))
      .update('\0');
  }
  return hash.digest('hex');
}

// The package.json of the root, and those at the depths where pnpm-workspace.yaml looks for packages.
function manifests(folder) {
  const one = folders(folder, '');
  const two = one.flatMap((parent) => folders(folder, parent));
  return ['', ...one, ...two].map((at) => join(at, 'package.json')).filter((file) => existsSync(join(folder, file)));
}

function folders(folder, parent) {
  return readdirSync(join(folder, parent), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !/^(\.|node_modules$|dist$)/.test(entry.name))
    .map((entry) => join(parent, entry.name))
    .sort();
}

function stop(message) {
  console.error(message);
  process.exit(1);
}
