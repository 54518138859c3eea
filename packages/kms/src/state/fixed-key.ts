// Keys whose id or material somebody has chosen: those of a world that is described in a file, and what LocalStack's tags ask for.
// The engine asks for them in CreateKey; nothing that a request says leads here unless whoever made the engine wanted it.

import type { KeySpec } from '@kmsim/hsm-core';
import type { KeyOrigin } from '../tables/key-states.ts';
import type { Tag } from './records.ts';

export interface FixedKey {
  /** As `isKeyId` takes it; drawn when absent. */
  readonly id?: string;
  /** The versions of its material in the form of the vault, the current one last; as the origin has it when absent. They are erased. */
  readonly secrets?: readonly Uint8Array[];
  /** In place of the tags of the request. */
  readonly tags?: readonly Tag[];
}

/** What is known of a key that is about to be made. */
interface KeyToFix {
  readonly spec: KeySpec;
  readonly origin: KeyOrigin;
  readonly multiRegion: boolean;
  readonly tags: readonly Tag[];
}

/** Undefined: the key is left to chance. May raise what CreateKey raises. */
export type FixedKeys = (key: KeyToFix) => FixedKey | undefined;
