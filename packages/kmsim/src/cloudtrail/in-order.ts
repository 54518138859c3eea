// Events in the order of their time. A log file has no order, and neither have the files of a folder; but what belongs together
// is never far apart. https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-examples.html

import type { KmsEvent } from './event.ts';

/** So many events wait for an earlier one. An hour of a busy account, and some tens of megabytes. */
const most = 32_768;

export class InOrder {
  #waiting: KmsEvent[] = [];
  readonly #most: number;

  constructor(atMost: number = most) {
    this.#most = atMost;
  }

  /** The events whose turn has come, often none. */
  push(event: KmsEvent): readonly KmsEvent[] {
    this.#waiting.push(event);
    return this.#waiting.length < this.#most ? [] : this.#release(this.#most >> 1);
  }

  end(): readonly KmsEvent[] {
    return this.#release(this.#waiting.length);
  }

  #release(count: number): readonly KmsEvent[] {
    const [first, last] = [this.#waiting[0], this.#waiting.at(-1)];
    // lookup-events tells the newest first, also within one second.
    if (first !== undefined && last !== undefined && first.at > last.at) this.#waiting.reverse();
    this.#waiting.sort((a, b) => a.at - b.at || rank(a) - rank(b));
    return this.#waiting.splice(0, count);
  }
}

// Within a second nothing tells what came first, but that a key is used after it was made.
function rank({ errorCode, operation }: KmsEvent): number {
  return operation === 'CreateKey' && errorCode === undefined ? 0 : 1;
}
