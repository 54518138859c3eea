// A seeded bug: one change of one source file that makes kmsim lie in a way that tests must notice.

export interface Bug {
  readonly name: string;
  /** What is wrong with it, for a reader who has never seen the code. */
  readonly harm: string;
  /** Of which simulators of KMS the same was found, by reading them or by running them, in 2026. */
  readonly seenIn?: string;
  readonly file: string;
  /** Stands exactly once in the file. Where it does not any more, the bug is stale and the trial fails. */
  readonly find: string;
  readonly replace: string;
  /** The test files that must notice, the fewest that do. */
  readonly caughtBy: readonly string[];
}

/** The source with the bug in it; undefined where the text is not in there, or not once. */
export function seeded({ find, replace }: Bug, source: string): string | undefined {
  const at = source.indexOf(find);
  if (at < 0 || source.includes(find, at + 1)) return undefined;
  return source.slice(0, at) + replace + source.slice(at + find.length);
}
