// A visit where faults are planned or a trace is written: around the corridor, so that the corridor knows little of either.

import { advance } from '../agenda/effects.ts';
import { dispatch } from '../dispatch.ts';
import type { Engine } from '../engine.ts';
import { noteClusters, settleClusters } from '../key-stores/note-clusters.ts';
import type { Visit } from '../operation.ts';
import { isOutcome, requireAwake, send } from './strike.ts';

/** The corridor, with what happens to the answer behind it. Raises what the corridor raises, and ConnectionLost. */
export function observe(kms: Engine, visit: Visit): object {
  const { tracer } = kms;
  if (tracer !== undefined) {
    noteClusters(kms, visit.at);
    tracer.reach(visit.at);
    // What is due comes before the request, here as in the corridor.
    advance(kms, visit.at);
    if (!visit.isTraced) tracer.request(visit);
    visit.isTraced = true;
  }
  try {
    requireAwake(kms, visit);
    const output = send(kms, visit, dispatch(kms, visit));
    tracer?.answer(visit, output);
    return output;
  } catch (error) {
    if (isOutcome(error)) tracer?.failure(visit, error);
    throw error;
  } finally {
    settleClusters(kms);
  }
}

/** The answer when the delay of a live world has passed. */
export function whenWaited(visit: Visit, pass: () => object | Promise<object>): object | Promise<object> {
  try {
    const answer = pass();
    // `finally` waits for the promise that its function returns.
    if (answer instanceof Promise) return answer.finally(() => visit.wait);
    return visit.wait === undefined ? answer : visit.wait.then(() => answer);
  } catch (error) {
    if (visit.wait === undefined) throw error;
    return visit.wait.then(() => {
      throw error;
    });
  }
}
