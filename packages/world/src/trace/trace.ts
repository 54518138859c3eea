// The trace of a run: numbered lines of canonical JSON, and the SHA-256 over them, which is the identity of the run.

import { sha256 } from '@noble/hashes/sha2.js';
import { canonicalJson } from './canonical-json.ts';

type RunningHash = ReturnType<typeof sha256.create>;

export interface TraceOptions {
  /** Keep the lines, not only their hash. */
  readonly keepLines: boolean;
  /** Whoever writes it writes down what goes in, too: then the run can be played again, and the trace holds secrets. */
  readonly inputs?: boolean;
}

const utf8 = new TextEncoder();

export class Trace {
  readonly keepsLines: boolean;
  readonly hasInputs: boolean;
  readonly #lines: string[] = [];
  readonly #hash: RunningHash;
  #length = 0;

  constructor({ inputs = false, keepLines }: TraceOptions, from?: Trace) {
    this.keepsLines = keepLines;
    this.hasInputs = inputs;
    this.#hash = from === undefined ? sha256.create() : from.#hash.clone();
    if (from === undefined) return;
    this.#length = from.#length;
    // Not spread: a long trace has more lines than a call takes arguments.
    for (const line of from.#lines) this.#lines.push(line);
  }

  /** How many lines there are. */
  get length(): number {
    return this.#length;
  }

  note(members: Readonly<Record<string, unknown>>): void {
    this.#length += 1;
    const line = canonicalJson({ ...members, n: this.#length });
    this.#hash.update(utf8.encode(`${line}\n`));
    if (this.keepsLines) this.#lines.push(line);
  }

  /** None when only the hash is kept. */
  lines(): readonly string[] {
    return [...this.#lines];
  }

  /** JSON Lines: each line ends with a line feed. */
  text(): string {
    return this.#lines.map((line) => `${line}\n`).join('');
  }

  /** Of the text so far, in hex. */
  sha256(): string {
    return Array.from(this.#hash.clone().digest(), (byte) => byte.toString(16).padStart(2, '0')).join('');
  }

  /** Another trace that begins like this one. */
  fork(): Trace {
    return new Trace({ keepLines: this.keepsLines, inputs: this.hasInputs }, this);
  }
}
