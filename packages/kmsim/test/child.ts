// Programs as children of a test: in an environment of their own, bounded in time, ended by their own pid.

import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The command as it is published, for tests that have called `built`: its few files start in half the time of the many in dist. */
export const cliFile: string = fileURLToPath(new URL('../bundled/cli/main.js', import.meta.url));
/** Has the packages found as they are published. */
export const published: Readonly<Record<string, string>> = { NODE_OPTIONS: '--conditions=bundled' };

export interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly milliseconds: number;
}

export interface Child extends AsyncDisposable {
  readonly process: ChildProcess;
  readonly ended: Promise<Ended>;
  /** What was printed so far. */
  stdout(): string;
  /** Resolves when standard output matches; rejects when the program ends without it. */
  printed(pattern: RegExp): Promise<RegExpExecArray>;
}

export interface ChildOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly timeout?: number;
}

/** Nothing of the environment of the test but where programs are: no AWS variables, no NODE_ENV. */
export const bareEnv: Readonly<Record<string, string>> = {
  PATH: process.env['PATH'] ?? '',
  HOME: process.env['HOME'] ?? '',
};

export function start(program: string, args: readonly string[], options: ChildOptions = {}): Child {
  const { cwd, env = {}, timeout = 15_000 } = options;
  const began = performance.now();
  const child = spawn(program, args, {
    env: { ...bareEnv, ...(args[0] === cliFile && published), ...env },
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const out = { stdout: '', stderr: '' };
  const watchers = new Set<() => void>();
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      out[name] += text;
      for (const watch of watchers) watch();
    });
  }
  const ended = new Promise<Ended>((resolve, reject) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), timeout);
    child.once('error', reject);
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      resolve({ ...out, code, signal, milliseconds: performance.now() - began });
    });
  });
  const printed = (pattern: RegExp): Promise<RegExpExecArray> =>
    new Promise((resolve, reject) => {
      const watch = (): void => {
        const found = pattern.exec(out.stdout);
        if (found === null) return;
        watchers.delete(watch);
        resolve(found);
      };
      watchers.add(watch);
      watch();
      ended.then(
        ({ code, stderr }) => reject(new Error(`ended with ${code} before it printed ${pattern}: ${stderr}`)),
        reject,
      );
    });
  const dispose = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
    await ended.catch(() => undefined);
  };
  return { process: child, ended, stdout: () => out.stdout, printed, [Symbol.asyncDispose]: dispose };
}

/** `kmsim ...` until it ends. */
export function kmsim(args: readonly string[], options: ChildOptions = {}): Promise<Ended> {
  return start(process.execPath, [cliFile, ...args], options).ended;
}

export interface Served {
  readonly url: string;
  readonly env: Readonly<Record<string, string>>;
  readonly description: string;
  readonly admin?: { readonly url: string; readonly token: string };
}

/** `kmsim serve --json` on a free port, once it listens. */
export async function kmsimServe(
  args: readonly string[] = [],
  options: ChildOptions = {},
): Promise<Child & { readonly served: Served }> {
  const child = start(process.execPath, [cliFile, 'serve', '--port', '0', '--json', ...args], {
    timeout: 120_000,
    ...options,
  });
  const [line] = await child.printed(/^.*\n/);
  return { ...child, served: JSON.parse(line) as Served };
}

/** What is printed, as on a machine without IPv6: not every one has it. */
export function withoutIpv6(text: string): string {
  return text.replace('bind=127.0.0.1,::1 ', 'bind=127.0.0.1 ');
}
