// @kmsim/conformance, which stands on kmsim and not under it: loaded by the commands that need it, if it is installed.

import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { inertStream } from './terminal.ts';

/** What a command hands over of its process. */
export interface Io {
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly env: NodeJS.ProcessEnv;
  onInterrupt(stop: () => void): () => void;
}

export interface TargetFlags {
  readonly target: string;
  readonly region?: string | undefined;
  readonly timeLimit?: number | undefined;
  readonly acceptCosts?: boolean | undefined;
}

/** Each ends with an exit code. */
export interface Conformance {
  replayCommand(flags: TargetFlags & { path?: string; json?: boolean }, io: Io): Promise<number>;
  recordCommand(flags: TargetFlags & { scenario: string; output?: string; force?: boolean }, io: Io): Promise<number>;
  scoreCommand(
    flags: TargetFlags & { themes?: readonly string[]; gaps?: string; json?: boolean },
    io: Io,
  ): Promise<number>;
}

const name = '@kmsim/conformance';

/** Beside kmsim, or where the command was called. */
export async function loadConformance(folder: string = process.cwd()): Promise<Conformance> {
  const places = [async () => name, async () => pathToFileURL(createRequire(join(folder, 'x.js')).resolve(name)).href];
  for (const place of places) {
    try {
      return (await import(await place())) as Conformance;
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
  }
  throw new Error(`This command needs ${name}, which is not installed: npm install --save-dev ${name}`);
}

// Of something that it needs itself the message names that.
function isMissing(error: unknown): boolean {
  const { code, message = '' } = error as { code?: string; message?: string };
  return (code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND') && message.includes(`'${name}'`);
}

/** Runs a command of it and leaves its exit code to the process. */
export async function withConformance(run: (conformance: Conformance, io: Io) => Promise<number>): Promise<void> {
  const conformance = await loadConformance();
  process.exitCode = await run(conformance, { ...standard(), onInterrupt });
}

function standard(): Pick<Io, 'stdout' | 'stderr' | 'env'> {
  const { env, stderr, stdout } = process;
  return { env, stderr, stdout: inertStream(stdout) };
}

// The first Ctrl-C lets the run end in order; the second one ends it.
function onInterrupt(stop: () => void): () => void {
  process.once('SIGINT', stop);
  return () => process.off('SIGINT', stop);
}
