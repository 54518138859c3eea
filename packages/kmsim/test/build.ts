// The compiled packages, for tests of what people run: built once, whoever asks first.

import { existsSync, readdirSync, statSync } from 'node:fs';
import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { bundlePackages } from '../../../scripts/bundle.mjs';
import { captureTool, root } from '../../../scripts/run.mjs';

// Test files run side by side, and two compilers must not write the same files: a folder is the lock.
const lock = join(root, 'node_modules', '.kmsim-building');
const longestBuild = 120_000;

type What = 'packages' | 'bench';

// A worker runs many files, and compilers take their time to find out that nothing has changed. Who watches changes files between two runs.
const done = new Map<What, Promise<string>>();
const isWatching = process.env['VITEST_MODE'] === 'WATCH';

/**
 * Compiles what has changed of the packages and joins them into what is published; or compiles the benchmarks. Answers the folder of the workspace.
 * For `beforeAll`, with `buildTimeout`.
 */
export async function built(what: What = 'packages'): Promise<string> {
  const known = isWatching ? undefined : done.get(what);
  if (known !== undefined) return known;
  const building = build(what);
  done.set(what, building);
  building.catch(() => done.delete(what));
  return building;
}

async function build(what: What): Promise<string> {
  const until = Date.now() + longestBuild;
  while (!(await locked())) {
    if (Date.now() > until) throw new Error(`another build does not end: remove ${lock}`);
    await sleep(50);
  }
  try {
    const { ok, output } = captureTool('typescript', ['-b', ...projects[what](), ...page]);
    if (!ok) throw new Error(`the packages do not compile:\n${output}`);
    // Only what is older than the build: another test may be reading the files.
    if (what === 'packages' && !isBundled()) await bundlePackages();
    return root;
  } finally {
    await rm(lock, { recursive: true, force: true });
  }
}

export const buildTimeout = 2 * longestBuild;

async function locked(): Promise<boolean> {
  try {
    await mkdir(lock);
    return true;
  } catch {
    // One who was stopped in the middle has left it behind.
    const age = await stat(lock).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0,
    );
    if (age > longestBuild) await rm(lock, { recursive: true, force: true });
    return false;
  }
}

/** The inspector is compiled by itself: for browsers. */
const page: readonly string[] = ['packages/kmsim/src/inspector'];

const projects = { bench: () => ['bench'], packages };

function isBundled(): boolean {
  const built = Math.max(...packages().map((name) => writtenAt(join(root, name, 'dist/.tsbuildinfo'))));
  return packages().every((name) => writtenAt(join(root, name, 'bundled')) > built);
}

function writtenAt(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function packages(): string[] {
  const names = readdirSync(join(root, 'packages')).map((name) => `packages/${name}`);
  return names.filter((name) => existsSync(join(root, name, 'tsconfig.json')));
}
