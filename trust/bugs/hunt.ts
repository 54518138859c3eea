// Runs the tests of one seeded bug in a process of their own, and tells which of them noticed.

import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Bug } from './bug.ts';

/** A test that failed. */
export interface Catch {
  readonly file: string;
  readonly test: string;
}

interface Report {
  readonly testResults: readonly {
    readonly name: string;
    readonly message: string;
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));
const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');
const config = fileURLToPath(new URL('vitest.config.ts', import.meta.url));

/** The tests that fail, with the bug or, without one, as the sources are. Throws when the tests cannot run at all: then nothing was noticed. */
export async function hunt(tests: readonly string[], bug?: Bug): Promise<readonly Catch[]> {
  const folder = mkdtempSync(join(tmpdir(), 'kmsim-bug-'));
  const file = join(folder, 'report.json');
  const env: NodeJS.ProcessEnv = { ...process.env, KMSIM_BUG: bug?.name, KMSIM_BUG_TESTS: JSON.stringify(tests) };
  // What this process knows of the runner that it is in itself.
  for (const name of Object.keys(env)) if (name.startsWith('VITEST')) delete env[name];
  const args = [vitest, 'run', '--config', config, '--reporter', 'json', '--outputFile', file];
  try {
    // It fails, as it should.
    const said = await run(process.execPath, args, { cwd: root, env, timeout: 300_000 }).catch((error) => error);
    return caught(readFileSync(file, 'utf8'), `${said.stdout}\n${said.stderr}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function caught(text: string, said: string): readonly Catch[] {
  const { testResults } = JSON.parse(text) as Report;
  const found: Catch[] = [];
  if (testResults.length === 0) throw new Error(`No test ran.\n${said}`);
  for (const { assertionResults, message, name } of testResults) {
    if (assertionResults.length === 0) throw new Error(`${name} did not run: ${message}\n${said}`);
    for (const { fullName, status } of assertionResults) {
      if (status === 'failed') found.push({ file: relative(root, name).replaceAll('\\', '/'), test: fullName.trim() });
    }
  }
  return found;
}
