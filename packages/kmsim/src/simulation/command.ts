// A command of a schedule: plain data, drawn before anything runs, so that a schedule can be written down, shortened and run again.

import type { FaultPlan } from '@kmsim/world';

/** Who calls. The stranger administers another account than the key's. */
export type Actor = 'owner' | 'app' | 'stranger';

export interface Command {
  /** Its place in the schedule as it was drawn: others refer to what it made by this number. */
  readonly n: number;
  readonly kind: string;
  /** The command that made the thing it is about. */
  readonly of?: number;
  /** A Region, or wherever the key is primary. */
  readonly where?: string;
  readonly by?: Actor;
  /** One draw for all that is open in the kind. */
  readonly choice?: number;
  readonly milliseconds?: number;
  readonly plan?: FaultPlan;
}

/** What a command makes that later ones can be about. */
export type Thing =
  | 'key'
  | 'multi-Region key'
  | 'symmetric key'
  | 'signing key'
  | 'imported key'
  | 'doomed key'
  | 'ciphertext'
  | 'tag'
  | 'grant'
  | 'alias';

export function describeCommand({ by, choice, kind, milliseconds, n, of, plan, where }: Command): string {
  const parts = [
    `${n}`.padStart(4),
    kind,
    ...(of === undefined ? [] : [`of ${of}`]),
    ...(where === undefined ? [] : [`in ${where}`]),
    ...(by === undefined || by === 'owner' ? [] : [`by the ${by}`]),
    ...(choice === undefined ? [] : [`choice ${choice}`]),
    ...(milliseconds === undefined ? [] : [`${milliseconds} ms`]),
    ...(plan === undefined ? [] : [JSON.stringify(plan)]),
  ];
  return parts.join(' ');
}
