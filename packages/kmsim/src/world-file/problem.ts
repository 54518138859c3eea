// What is wrong with a world: each mistake with its place, in one sentence that says what to do.

import { KmsimError } from '../kmsim-error.ts';

/** Where a value stands in the text of a file, both counted from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

export interface WorldProblem {
  /** The file, where there is one. */
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  /** `keys[2].aliases[0]`; empty for the whole. */
  readonly path: string;
  /** What is wrong and what to do, without the place. */
  readonly problem: string;
}

/** Finds the place of a path in the text. */
export type PlaceOf = (path: string) => Place | undefined;

export function located(
  problems: readonly WorldProblem[],
  file: string | undefined,
  placeOf: PlaceOf,
): readonly WorldProblem[] {
  // From the top of the file down.
  return problems
    .map((one): WorldProblem => ({ ...(file !== undefined && { file }), ...placeOf(one.path), ...one }))
    .sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
}

/** `kms.yaml:12:7: keys[2].spec is one of ..., not "AES".` */
export function problemLine({ column, file, line, path, problem }: WorldProblem): string {
  const at = line === undefined ? undefined : `${line}:${column ?? 1}`;
  const place = [file, file === undefined && at !== undefined ? `line ${at}` : at].filter((part) => part !== undefined);
  const subject = path === '' ? 'The world' : path;
  return `${place.length === 0 ? '' : `${place.join(':')}: `}${subject}${problem.startsWith(':') ? '' : ' '}${problem}`;
}

const most = 50;

/** All of them in one error: whoever reads it wants to mend them at once. */
export function invalidWorld(problems: readonly WorldProblem[]): KmsimError {
  const lines = problems.slice(0, most).map(problemLine);
  const rest = problems.length > most ? [`and ${problems.length - most} more.`] : [];
  const text =
    problems.length === 1 ? (lines[0] ?? '') : `${problems.length} mistakes:\n${[...lines, ...rest].join('\n')}\n`;
  return new KmsimError('InvalidWorld', text);
}
