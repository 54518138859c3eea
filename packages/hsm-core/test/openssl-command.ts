// The openssl command line, as a judge that shares no code with us.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const version = spawnSync('openssl', ['version'], { encoding: 'utf8' });

export const opensslAbsent: boolean = version.status !== 0 || !version.stdout.startsWith('OpenSSL 3');
/** What to add to the name of a suite that has nothing to run without it. */
export const opensslReason: string = opensslAbsent ? ' (skipped: there is no OpenSSL 3 command here)' : '';

export interface Answer {
  readonly accepted: boolean;
  readonly output: Buffer;
}

/** Runs it over files that are given by name and content; in the arguments the names stand for their paths. */
export function openssl(args: readonly string[], files: Readonly<Record<string, Uint8Array>> = {}): Answer {
  const folder = mkdtempSync(join(tmpdir(), 'kmsim-'));
  try {
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
    const paths = args.map((argument) => (argument in files ? join(folder, argument) : argument));
    const { status, stdout } = spawnSync('openssl', paths, { timeout: 20_000 });
    return { accepted: status === 0, output: stdout };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
