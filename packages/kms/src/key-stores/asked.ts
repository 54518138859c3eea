// What one request has asked external key store proxies, with their answers. A request that waits passes the corridor anew and asks the same again.

import type { RandomStream } from '@kmsim/world';
import type { Engine } from '../engine.ts';
import type { Instant } from '../state/records.ts';
import { Waiting } from './waiting.ts';
import type { XksAnswer, XksRequest } from './xks-transport.ts';

// What makes a request another one. Not its credential: that is kept nowhere.
type Question = Pick<XksRequest, 'endpoint' | 'path' | 'body'>;

/** With the number of the request to KMS. */
export type NumberedRequest = XksRequest & { readonly number: number };

export class Asked {
  /** It gives the same bytes each time the request passes. */
  readonly random: RandomStream;
  /** The instant at which the last answer came that was waited for. */
  resumedAt: Instant | undefined = undefined;
  #late: XksAnswer | undefined;
  readonly #answered: (Question & { readonly answer: XksAnswer })[] = [];

  constructor(random: RandomStream) {
    this.random = random;
  }

  /** The request passes again: now its answer has come, as far as the trace goes, and nothing else comes between. */
  resume({ tracer }: Engine, { at, request }: { readonly at: Instant; readonly request: number }): void {
    if (this.#late !== undefined) tracer?.external(request, at, this.#late);
    this.#late = undefined;
  }

  /** At once, or Waiting is raised. */
  answerTo(kms: Engine, at: Instant, request: NumberedRequest): XksAnswer {
    const known = this.#answered.find((one) => isSame(one, request));
    if (known !== undefined) return known.answer;
    const answer = send(kms, request);
    const { body, endpoint, number, path } = request;
    const take = (given: XksAnswer): XksAnswer => {
      const taken = plain(given);
      this.#answered.push({ endpoint, path, body, answer: taken });
      return taken;
    };
    if (answer instanceof Promise) {
      const takeLate = (late: XksAnswer): void => {
        this.resumedAt = kms.world.clock.now();
        this.#late = take(late);
      };
      throw new Waiting(answer.then(takeLate, () => takeLate(unreachable)));
    }
    const taken = take(answer);
    kms.tracer?.external(number, at, taken);
    return taken;
  }
}

function isSame(one: Question, other: Question): boolean {
  return one.body === other.body && one.path === other.path && one.endpoint === other.endpoint;
}

const unreachable: XksAnswer = { failure: 'unreachable' };

function send(kms: Engine, request: XksRequest): XksAnswer | Promise<XksAnswer> {
  try {
    return kms.xks?.(request) ?? unreachable;
  } catch {
    return unreachable;
  }
}

/** As much of it as KMS reads: whoever carries it may have written anything. */
function plain(answer: XksAnswer): XksAnswer {
  if (typeof answer !== 'object' || answer === null) return unreachable;
  if ('failure' in answer) return { failure: answer.failure };
  return { status: answer.status, body: String(answer.body) };
}
