// Runs programs with this very Node: no shell, no PATH, so spaces in the path and Windows make no difference.

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the workspace. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Runs a file of the workspace and lets it talk; answers its exit code. */
export function runFile(file, args = [], nodeOptions = []) {
  return exitCode(
    spawnSync(process.execPath, [...nodeOptions, join(root, file), ...args], { cwd: root, stdio: 'inherit' }),
  );
}

/** Runs a program of an installed package and lets it talk; answers its exit code. */
export function runTool(name, args = []) {
  return runFile(toolFile(name), args);
}

/** Runs a file of the workspace and keeps what it says. */
export function captureFile(file, args = []) {
  return captured(spawnSync(process.execPath, [join(root, file), ...args], { ...quiet(), cwd: root }));
}

/** Runs a program of an installed package and keeps what it says. */
export function captureTool(name, args = []) {
  return captureFile(toolFile(name), args);
}

/** Runs a program of a package that site/ has installed, and lets it talk; answers its exit code. */
export function runSiteTool(name, bin, args = []) {
  const file = join(root, 'site', 'node_modules', name, ...bin);
  return exitCode(spawnSync(process.execPath, [file, ...args], { cwd: join(root, 'site'), stdio: 'inherit' }));
}

/** Runs one and keeps what it says. */
export function captureSiteTool(name, bin, args = []) {
  const file = join(root, 'site', 'node_modules', name, ...bin);
  return captured(spawnSync(process.execPath, [file, ...args], { ...quiet(), cwd: join(root, 'site') }));
}

/** Runs pnpm, in the one version that wrote the lockfile, and keeps what it says. npm brings it: nothing global is needed. */
export function capturePnpm(args) {
  // One string and a shell, because npx is a .cmd file on Windows: an argument that may hold a space comes quoted.
  return captured(
    spawnSync(['npx', '--yes', 'pnpm@12.21.0', ...args].join(' '), { ...quiet(), cwd: root, shell: true }),
  );
}

// `npm start` hands its scripts a copy of its own configuration, of which a nested npm warns line by line.
function quiet() {
  const env = { ...process.env, npm_config_loglevel: 'error', npm_config_update_notifier: 'false' };
  for (const name of Object.keys(env)) if (/^npm_(package|lifecycle)_|^npm_command$/.test(name)) delete env[name];
  return { env, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 };
}

/** Where the program of an installed package is. */
export function toolPath(name) {
  return join(root, toolFile(name));
}

// Programs that are not called like their package.
const programs = { typescript: 'tsc', '@arethetypeswrong/cli': 'attw' };

function toolFile(name) {
  const { bin } = JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8'));
  const program = programs[name] ?? name.split('/').at(-1);
  return join('node_modules', name, typeof bin === 'string' ? bin : bin[program]);
}

function captured(run) {
  const output = [run.stdout, run.stderr, run.error?.message].filter(Boolean).join('\n').trim();
  return { ok: run.status === 0, output, stdout: run.stdout ?? '' };
}

// A program that a signal ended has no exit code of its own.
function exitCode(run) {
  if (run.error) throw run.error;
  return run.status ?? 1;
}
