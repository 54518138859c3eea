// The programs beside a trial: each a child process that is asked by messages and ends with the trial.

import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface Program<Ready> extends AsyncDisposable {
  readonly ready: Ready;
  /** Undefined while it runs; how it ended otherwise. */
  readonly ended: () => string | undefined;
  ask<Answer>(question: string, more?: object): Promise<Answer>;
}

interface Message {
  readonly id: number;
  readonly answer?: unknown;
  readonly error?: string;
  readonly ready?: unknown;
}

/** `node FILE.mjs OPTIONS` of this folder. It imports what was built. */
export async function program<Ready>(file: string, options: object = {}): Promise<Program<Ready>> {
  const path = fileURLToPath(new URL(file, import.meta.url));
  const child = fork(path, [JSON.stringify(options)], {
    execArgv: ['--expose-gc'],
    env: bare,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const waiting = new Map<number, (message: Message) => void>();
  let end: string | undefined;
  child.on('message', (message: Message) => waiting.get(message.id)?.(message));
  const ready = await new Promise<Ready>((resolve, reject) => {
    child.on('message', (message: Message) => {
      if (message.ready !== undefined) resolve(message.ready as Ready);
    });
    child.once('exit', (code, signal) => {
      end = `ended with ${signal ?? code}`;
      reject(new Error(`${file} ${end}`));
      for (const settle of waiting.values()) settle({ id: 0, error: end });
    });
  });
  let last = 0;
  const ask = <Answer>(question: string, more: object = {}): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const id = ++last;
      waiting.set(id, ({ answer, error }) => {
        waiting.delete(id);
        if (error !== undefined) reject(new Error(`${file}: ${error}`));
        else resolve(answer as Answer);
      });
      if (end === undefined) child.send({ ...more, id, ask: question });
      else waiting.get(id)?.({ id, error: end });
    });
  return { ready, ask, ended: () => end, [Symbol.asyncDispose]: () => stopped(child) };
}

function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });
}

// No AWS variables and no NODE_ENV: the server refuses to start where it looks like production.
const bare: NodeJS.ProcessEnv = { PATH: process.env['PATH'] ?? '' };

/** What server.mjs says when it listens. */
export interface ServerReady {
  readonly port: number;
  readonly keys: readonly string[];
  readonly mac: string;
  readonly pair: string;
  readonly external: string;
  readonly role: string;
  /** Base64 of a ciphertext under the first key. */
  readonly blob: string;
  readonly secretAccessKey: string;
}

export interface ServerFigures {
  /** Calls that were refused and changed something. */
  readonly changes: number;
  readonly defects: readonly string[];
  readonly heapUsed: number;
  readonly rss: number;
  readonly handles: number;
  readonly dropped: number;
}

export interface Taken {
  readonly taken: readonly number[];
  readonly failures: readonly string[];
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
