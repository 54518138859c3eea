// What a call would meet now, without making it: the corridor as far as the key's state and type, or with the work thrown away.

import type { NotLoaded } from '@kmsim/hsm-core';
import { KmsError } from './api/errors.ts';
import type { OperationName } from './api/shapes.ts';
import { dispatch } from './dispatch.ts';
import type { Engine } from './engine.ts';
import { Loading } from './loading.ts';
import type { Caller, Visit } from './operation.ts';
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
  return refusalOf(kms, questionVisit(kms, caller, operation, input), until);
}

/**
 * Of a request at the door, before it is dispatched: whether nothing stands against it as far as its key's state and type; where a dry run of
 * it says more, also that. A promise: a library is loaded first, and then it is asked again.
 */
export function mayPass(kms: Engine, { caller, form, input, operation }: Visit): boolean | NotLoaded {
  const drily = endsDry.includes(operation) ? dryRunOf(input) : undefined;
  const visit = questionVisit(kms, caller, operation, drily ?? input, form);
  try {
    const refusal = refusalOf(kms, visit, drily === undefined ? 'judgement' : 'work');
    return refusal === undefined || (drily !== undefined && refusal.code === 'DryRunOperationException');
  } catch (raised) {
    if (raised instanceof Loading) return raised.library;
    // Whatever it is, the request itself meets it.
    return false;
  }
}

/** Whose dry run makes nothing that takes long. */
const endsDry: readonly OperationName[] = ['GenerateDataKeyPair', 'GenerateDataKeyPairWithoutPlaintext'];

// Where DryRun says something else already, or nothing that can be read, the request is judged as it is.
function dryRunOf(input: unknown): object | undefined {
  const { DryRun = false } = Object(input) as { readonly DryRun?: unknown };
  return DryRun === false ? { ...Object(input), DryRun: true } : undefined;
}

function refusalOf(kms: Engine, visit: Visit, until: 'judgement' | 'work'): KmsError | undefined {
  visit.rehearsal = until;
  // It uses up no quota, and no planned fault strikes it.
  visit.isCharged = true;
  visit.fate = 'none';
  try {
    dispatch(kms, visit);
    return undefined;
  } catch (error) {
    if (error instanceof KmsError) return error;
    throw error;
  }
}
