// What a call would meet now, without making it: the corridor as far as the key's state and type, or with the work thrown away.

import { KmsError } from './api/errors.ts';
import type { OperationName } from './api/shapes.ts';
import { dispatch } from './dispatch.ts';
import type { Engine } from './engine.ts';
import type { Caller } from './operation.ts';
import { questionVisit } from './question.ts';

export interface Rehearsal {
  readonly operation: OperationName;
  readonly caller: Caller;
  /** As the typed methods take it. What the work alone would look at may be anything that can be read. */
  readonly input: Readonly<Record<string, unknown>>;
  /** Where it ends: once permission, state and type are judged, or when the work is done. */
  readonly until: 'judgement' | 'work';
}

/** The refusal, or undefined when nothing stands against it. Changes nothing. */
export function rehearse(kms: Engine, { caller, input, operation, until }: Rehearsal): KmsError | undefined {
  const visit = questionVisit(kms, caller, operation, input);
  visit.rehearsal = until;
  // It uses up no quota.
  visit.isCharged = true;
  try {
    dispatch(kms, visit);
    return undefined;
  } catch (error) {
    if (error instanceof KmsError) return error;
    throw error;
  }
}
