// Looks for secrets in what was shown, and keeps count.

import { type Canary, hits } from '../../../packages/kms/test/audit/canaries.ts';
import type { Surface } from './surfaces.ts';

/** What was looked through, and what was found. */
export class Search {
  characters = 0;
  places = 0;
  readonly found: string[] = [];

  look(surfaces: readonly Surface[], canaries: readonly Canary[]): void {
    for (const { text, where } of surfaces) {
      this.places += 1;
      this.characters += text.length;
      for (const { canary, encoding } of hits(canaries, text)) this.found.push(`${canary} as ${encoding} in ${where}`);
    }
  }
}
