// Project Wycheproof (https://github.com/C2SP/wycheproof, testvectors_v1), gzipped, in a folder beside the checkout.

import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

export const folder: URL = new URL('../../../../shared/vectors/', import.meta.url);

export interface Vector {
  readonly tcId: number;
  readonly comment: string;
  readonly flags: readonly string[];
  readonly result: 'valid' | 'invalid' | 'acceptable';
}

/** What to add to the name of a suite that has nothing to run without them. */
export function absence(files: readonly string[]): { readonly absent: boolean; readonly reason: string } {
  const absent = !files.every((file) => existsSync(new URL(`${file}.json.gz`, folder)));
  return { absent, reason: absent ? ' (skipped: the vectors are not beside this checkout)' : '' };
}

/** The groups of a file; none when it is absent. */
export function groupsOf<G>(file: string): readonly G[] {
  const path = new URL(`${file}.json.gz`, folder);
  if (!existsSync(path)) return [];
  return (JSON.parse(gunzipSync(readFileSync(path)).toString()) as { testGroups: G[] }).testGroups;
}
