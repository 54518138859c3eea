// `kmsim replay trace.jsonl`: plays a run again and shows the first line that differs.

import { open, readFile } from 'node:fs/promises';
import { looksLikeTrace, type TraceDifference } from '@kmsim/kms';
import { replayTrace } from '../sim-trace.ts';
import { say } from './terminal.ts';

/** Whether a file begins as a trace does. What cannot be read is for others to complain about. */
export async function isTrace(path: string): Promise<boolean> {
  const file = await open(path).catch(() => undefined);
  if (file === undefined) return false;
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(512), 0, 512, 0);
    return looksLikeTrace(buffer.subarray(0, bytesRead).toString('utf8'));
  } catch {
    // A folder.
    return false;
  } finally {
    await file.close();
  }
}

interface Flags {
  readonly json: boolean;
  readonly target: string;
}

export async function replayTraceFile(path: string, { json, target }: Flags): Promise<void> {
  if (target !== 'in-process') throw new Error('A trace is played in a simulation of its own: leave --target out.');
  const { difference, lines, requests, sha256 } = await replayTrace(await readFile(path, 'utf8'));
  if (json) say(`${JSON.stringify({ lines, requests, sha256, difference: difference ?? null })}\n`);
  else if (difference === undefined)
    say(`${path}: ${lines} lines, ${requests} requests, as recorded\nsha256 ${sha256}\n`);
  else say(`${[`${path}: line ${difference.line} differs`, ...explain(difference)].join('\n')}\n`);
  if (difference !== undefined) process.exitCode = 1;
}

/** The members that differ; a whole line where there is only one of them. */
function explain({ recorded, replayed }: TraceDifference): readonly string[] {
  if (recorded === undefined) return ['  recorded  nothing: the trace is cut short', `  replayed  ${cut(replayed)}`];
  if (replayed === undefined) return [`  recorded  ${cut(recorded)}`, '  replayed  nothing'];
  const [was, is] = [membersOf(recorded), membersOf(replayed)];
  const names = [...new Set([...Object.keys(was), ...Object.keys(is)])];
  const text = (value: unknown): string => cut(value === undefined ? 'nothing' : JSON.stringify(value));
  return names
    .filter((name) => JSON.stringify(was[name]) !== JSON.stringify(is[name]))
    .flatMap((name) => [`  ${name}`, `    recorded  ${text(was[name])}`, `    replayed  ${text(is[name])}`]);
}

function membersOf(line: string): Readonly<Record<string, unknown>> {
  return JSON.parse(line) as Readonly<Record<string, unknown>>;
}

function cut(text: string | undefined): string {
  return text !== undefined && text.length > 400 ? `${text.slice(0, 399)}…` : (text ?? '');
}
