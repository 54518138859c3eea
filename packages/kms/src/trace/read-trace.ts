// A trace as somebody hands it in: its lines, or why it cannot be played again.

import { traceFormat } from './tracer.ts';

/** Why a trace cannot be played again. `line`: where, counted from 1. */
export type TraceFault =
  | { readonly why: 'not a trace' }
  | { readonly why: 'another version'; readonly format: string }
  | { readonly why: 'no inputs' }
  | { readonly why: 'cut short'; readonly line: number }
  | { readonly why: 'unreadable line'; readonly line: number };

/** One line, as it was written and as a record. */
export interface TraceLine {
  readonly text: string;
  readonly kind: string;
  readonly members: Readonly<Record<string, unknown>>;
}

/** Whether a text begins like a trace of any version. */
export function looksLikeTrace(text: string): boolean {
  return /^\s*\{[^{}]*"format":\s*"kmsim trace /.test(text.slice(0, 400));
}

export function readTrace(text: string): readonly TraceLine[] | TraceFault {
  if (!looksLikeTrace(text)) return { why: 'not a trace' };
  const rows = text.split('\n').map((row) => row.replace(/\r$/, ''));
  // Every line ends with a line feed, so nothing comes behind the last one.
  const isWhole = rows.at(-1) === '';
  if (isWhole) rows.pop();
  const lines: TraceLine[] = [];
  for (const [at, row] of rows.entries()) {
    const line = lineOf(row);
    if (line === undefined && at === rows.length - 1) return { why: 'cut short', line: at + 1 };
    if (line === undefined) return { why: 'unreadable line', line: at + 1 };
    if (at === 0) {
      const fault = beginFault(line);
      if (fault !== undefined) return fault;
    }
    // A line is missing before this one.
    if (line.members['n'] !== at + 1) return { why: 'cut short', line: at + 1 };
    lines.push(line);
  }
  // A request without its answer was the last thing that was written.
  return isWhole && lines.at(-1)?.kind !== 'request' ? lines : { why: 'cut short', line: lines.length };
}

function beginFault({ members }: TraceLine): TraceFault | undefined {
  const { format, origin } = members;
  if (format !== traceFormat) return { why: 'another version', format: String(format) };
  return origin === undefined ? { why: 'no inputs' } : undefined;
}

function lineOf(text: string): TraceLine | undefined {
  try {
    const members = JSON.parse(text) as Readonly<Record<string, unknown>> | null;
    const kind = members?.['kind'];
    if (members === null || typeof kind !== 'string' || !Number.isFinite(Date.parse(String(members['at']))))
      return undefined;
    return { text, kind, members };
  } catch {
    return undefined;
  }
}
