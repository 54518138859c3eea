// The answers of external key store proxies, out of a trace: each comes where it came.

import type { XksAnswer, XksTransport } from '../key-stores/xks-transport.ts';
import type { TraceLine } from './read-trace.ts';

export class ReplayedAnswers {
  readonly #lines: readonly TraceLine[];
  readonly #isInput: (line: TraceLine) => boolean;
  readonly #given = new Set<TraceLine>();
  /** By number of the request: who waits, and the call that will go on. */
  readonly #waiting = new Map<number, (answer: XksAnswer) => void>();
  readonly #calls = new Map<number, Promise<unknown>>();
  #at = 0;
  #asked: () => void = () => {};

  constructor(lines: readonly TraceLine[], isInput: (line: TraceLine) => boolean) {
    this.#lines = lines;
    this.#isInput = isInput;
  }

  /** An answer that came before anything else went in comes at once; any other is waited for. */
  readonly transport: XksTransport = ({ number = -1 }) => {
    const next = this.#nextInput();
    const answer = next === undefined ? undefined : answerIn(next, number);
    if (next !== undefined && answer !== undefined) {
      this.#given.add(next);
      return answer;
    }
    return new Promise((resolve) => {
      this.#waiting.set(number, resolve);
      this.#asked();
    });
  };

  /** Performs what the line behind `at` lines says: until it is done, or waits for an answer that is still to come. */
  async perform(at: number, request: number, act: () => Promise<unknown>): Promise<void> {
    this.#at = at;
    const waits = this.#whenAsked();
    const call = act();
    this.#calls.set(request, call);
    await Promise.race([call, waits]);
  }

  /** The line is an answer. False when nobody waits for it any more: then it was given, or nobody asked. */
  async give(at: number, line: TraceLine): Promise<boolean> {
    const request = Number(line.members['request']);
    const take = this.#waiting.get(request);
    const answer = answerIn(line, request);
    if (this.#given.has(line) || take === undefined || answer === undefined) return false;
    this.#waiting.delete(request);
    this.#at = at;
    const waits = this.#whenAsked();
    take(answer);
    await Promise.race([this.#calls.get(request), waits]);
    return true;
  }

  #whenAsked(): Promise<void> {
    return new Promise((resolve) => {
      this.#asked = resolve;
    });
  }

  #nextInput(): TraceLine | undefined {
    for (let at = this.#at; at < this.#lines.length; at++) {
      const line = this.#lines[at];
      if (line !== undefined && !this.#given.has(line) && this.#isInput(line)) return line;
    }
    return undefined;
  }
}

function answerIn({ kind, members }: TraceLine, request: number): XksAnswer | undefined {
  if (kind !== 'external' || members['request'] !== request) return undefined;
  const answer = members['answer'];
  return typeof answer === 'object' && answer !== null ? (answer as XksAnswer) : undefined;
}
