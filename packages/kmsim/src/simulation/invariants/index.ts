// All invariants: what the records must say after every step, and what the service must answer.

import { independenceInvariants } from './independence.ts';
import type { Invariant } from './invariant.ts';
import { keepingInvariants } from './keeping.ts';
import { relatedKeyInvariants } from './related-keys.ts';

export const invariants: readonly Invariant[] = [
  ...relatedKeyInvariants,
  ...independenceInvariants,
  ...keepingInvariants,
];
