// A question about permissions: a call that nobody makes, and what its request would say.

import { StreamCursor } from '@kmsim/world';
import type { Form } from './api/reader.ts';
import type { OperationName } from './api/shapes.ts';
import type { Engine } from './engine.ts';
import { Call, type Caller, Visit } from './operation.ts';
import { readClock } from './region-clock.ts';

// An AWS managed key that a question names for the first time is made, asked about and torn up again: of zeros, so that the
// question takes no turn in a random stream.
const nothing = new StreamCursor(() => {}, 0);

/** A visit that nobody pays, at the instant at which it is asked about. */
export function questionVisit(
  kms: Engine,
  caller: Caller,
  operation: OperationName,
  input: unknown,
  form: Form = 'direct',
): Visit {
  const visit = new Visit(operation, input, form, caller);
  visit.at = kms.world.clock.now();
  visit.now = readClock(kms.world, caller.region, visit.at);
  return visit;
}

/** A call to look at. Whoever asked for it tears it up. */
export function questionCall(
  kms: Engine,
  caller: Caller,
  operation: OperationName,
  input: Record<string, unknown>,
): Call {
  return new Call(kms, questionVisit(kms, caller, operation, {}), input, nothing.take());
}

/** The members of a request that say how it is encrypted; of ReEncrypt on both of its sides. */
export function bothSides(
  EncryptionContext: ReadonlyMap<string, string>,
  EncryptionAlgorithm?: string,
): Readonly<Record<string, unknown>> {
  return {
    EncryptionContext,
    SourceEncryptionContext: EncryptionContext,
    DestinationEncryptionContext: EncryptionContext,
    EncryptionAlgorithm,
    SourceEncryptionAlgorithm: EncryptionAlgorithm,
    DestinationEncryptionAlgorithm: EncryptionAlgorithm,
  };
}
