// The state of a key as an event shows it: by what it could do, and by what it could not.
// https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html

import type { KmsEvent } from './event.ts';
import type { Now } from './now.ts';
import type { GivenKey } from './options.ts';
import type { Then } from './then.ts';

type Shown = NonNullable<GivenKey['state']>;

const stateErrors = new Set(['DisabledException', 'KMSInvalidStateException']);

/** What the words of an error say. */
const told: readonly (readonly [words: RegExp, state: Shown])[] = [
  [/is disabled/, 'Disabled'],
  [/is pending (?:replica )?deletion/, 'PendingDeletion'],
  [/is pending import/, 'PendingImport'],
];

/** Undefined where the outcome has to do with something else; `as it is` where both agree. */
export function shownState(event: KmsEvent, then: Then, now: Now): Shown | 'as it is' | undefined {
  if (then.kind === 'allowed' && now.kind === 'allowed') return 'as it is';
  if (then.kind === 'allowed' && now.kind === 'error' && stateErrors.has(now.code))
    return event.operation === 'CancelKeyDeletion' ? 'PendingDeletion' : 'Enabled';
  if (then.kind !== 'error' || !stateErrors.has(then.code) || now.kind !== 'allowed') return undefined;
  const words = told.find(([pattern]) => pattern.test(event.errorMessage));
  return words?.[1] ?? (then.code === 'DisabledException' ? 'Disabled' : undefined);
}
