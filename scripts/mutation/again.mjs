// Mutants that took too long, tried once more with time enough: a machine that is busy is no test that noticed.

import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, toolPath } from '../run.mjs';

// A loop that does not end is noticed; by then everything else has.
const patience = 180_000;

/** Gives every mutant of a report that timed out the status that it deserves: Killed, Survived, or Timeout again. */
export function tryAgain(found, work) {
  for (const [path, { mutants, source }] of Object.entries(found)) {
    for (const mutant of mutants) {
      if (mutant.status !== 'Timeout') continue;
      mutant.status = statusOf(path, mutated(source, mutant), work);
      console.log(`${path}:${mutant.location.start.line} ${mutant.mutatorName} again: ${mutant.status}`);
    }
  }
}

function mutated(source, { location: { start, end }, replacement }) {
  const lines = source.split('\n');
  const offset = ({ line, column }) =>
    lines.slice(0, line - 1).reduce((sum, { length }) => sum + length + 1, 0) + column - 1;
  return source.slice(0, offset(start)) + replacement + source.slice(offset(end));
}

function statusOf(path, code, work) {
  const file = join(work, 'mutant.json');
  writeFileSync(file, JSON.stringify({ id: join(root, path), code }));
  const config = join('trust', 'mutation', 'vitest.config.ts');
  const run = spawnSync(process.execPath, [toolPath('vitest'), 'run', '--config', config, '--bail', '1'], {
    cwd: root,
    env: { ...process.env, KMSIM_MUTANT: file },
    stdio: 'ignore',
    timeout: patience,
    killSignal: 'SIGKILL',
    // A group of its own: a worker that goes round and round hears nothing of the end of its parent.
    detached: true,
  });
  endGroup(run.pid);
  if (run.status === null) return 'Timeout';
  return run.status === 0 ? 'Survived' : 'Killed';
}

function endGroup(pid) {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // All of it has ended.
  }
}
