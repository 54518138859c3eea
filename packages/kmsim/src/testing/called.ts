// toHaveCalled: how often an operation was called.

import { type OperationName, operationRows } from '@kmsim/kms';
import type { Kmsim } from '../create-kmsim.ts';
import { operationNamed } from '../explanation.ts';
import { KmsimError } from '../kmsim-error.ts';
import { shown } from '../option-forms.ts';
import { operationWord } from '../trail-words.ts';
import { eventLines, lastEvents } from './event-lines.ts';
import { callsOf, page, requireWhole } from './received.ts';
import type { Verdict } from './verdict.ts';

export function called(sim: Kmsim, operation: OperationName, times?: number): Verdict {
  const name = operationFor('toHaveCalled', operation);
  if (times !== undefined && !(Number.isSafeInteger(times) && times >= 0))
    throw new KmsimError('InvalidOption', `toHaveCalled: times is a whole number from 0, not ${shown(times)}.`, {
      page,
    });
  const calls = callsOf(sim).filter(({ eventName }) => eventName === name);
  const count = calls.length;
  const pass = times === undefined ? count > 0 : count === times;
  if (times !== undefined || !pass) requireWhole('toHaveCalled', sim);
  return {
    pass,
    found: `${name} was ${timesText(count)}.`,
    evidence: () => (count > 0 ? ['These calls:', ...eventLines(calls)] : lastEvents(sim)),
  };
}

function timesText(count: number): string {
  if (count === 0) return 'not called';
  return count === 1 ? 'called once' : `called ${count} times`;
}

/** Raises InvalidOption for what is no operation that somebody can call. */
export function operationFor(matcher: string, written: unknown): OperationName {
  const name = operationNamed(written);
  if (name !== undefined) return name;
  if (typeof written !== 'string')
    throw new KmsimError('InvalidOption', `${matcher} takes the name of an operation, not ${shown(written)}.`, {
      page,
    });
  const word = operationWord(matcher, written);
  throw new KmsimError('InvalidOption', `${matcher}: nobody calls ${word}, the service does it by itself.`, {
    hint: `Look for it with sim.trail.find({ operation: '${word}' }).`,
  });
}

export function isCryptographic(operation: string): boolean {
  return Object.hasOwn(operationRows, operation) && operationRows[operation as OperationName].cryptographic;
}
