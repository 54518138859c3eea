// What one request has asked external key store proxies, with their answers. A request that waits passes the corridor anew and asks the same again.

import type { RandomStream } from '@kmsim/world';
import type { Engine } from '../engine.ts';
import type { Instant } from '../state/records.ts';
import { Waiting } from './waiting.ts';
import type { XksAnswer, XksRequest } from './xks-transport.ts';

interface Asking {
  readonly request: number;
  readonly at: Instant;
}

export class Asked {
  /** It gives the same bytes each time the request passes. */
  readonly random: RandomStream;
  /** The instant at which the last answer came that was waited for. */
  resumedAt: Instant | undefined = undefined;
  #late: XksAnswer | undefined;
  readonly #answers = new Map<string, XksAnswer>();

  constructor(random: RandomStream) {
    this.random = random;
  }

  /** The request passes again: now its answer has come, as far as the trace goes, and nothing else comes between. */
  resume({ tracer }: Engine, { at, request }: Asking): void {
    if (this.#late !== undefined) tracer?.external(request, at, this.#late);
    this.#late = undefined;
  }

  /** At once, or Waiting is raised. */
  answerTo(kms: Engine, { at, request: number }: Asking, request: XksRequest): XksAnswer {
    const question = `${request.endpoint}${request.path}\n${request.body}`;
    const known = this.#answers.get(question);
    if (known !== undefined) return known;
    const answer = send(kms, { ...request, number });
    if (!(answer instanceof Promise)) return this.#take(kms, question, answer, number, at);
    throw new Waiting(
      answer
        .catch(() => unreachable)
        .then((late) => {
          this.resumedAt = kms.world.clock.now();
          this.#late = plain(late);
          this.#answers.set(question, this.#late);
        }),
    );
  }

  #take(kms: Engine, question: string, given: XksAnswer, number: number, at: Instant): XksAnswer {
    const answer = plain(given);
    this.#answers.set(question, answer);
    kms.tracer?.external(number, at, answer);
    return answer;
  }
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
