// What the trace of a run says: each request, answer, timed effect, message between Regions and fault, and nothing secret.
// Whatever a request or an answer contains is there as an HMAC under a key of the world alone: the same when it is the same.

import { canonicalJson, type Trace } from '@kmsim/world';
import type { Due } from '../agenda/agenda.ts';
import { encodeBase64 } from '../api/base64.ts';
import { KmsError } from '../api/errors.ts';
import type { OperationName } from '../api/shapes.ts';
import { write, writeInput } from '../api/writer.ts';
import type { HappenedFault } from '../faults/fault-log.ts';
import type { Instant } from '../state/records.ts';

const traceFormat = 'kmsim trace 1';

/** What of a visit is noted. */
export interface Traced {
  readonly operation: OperationName;
  /** The request as rooms see it; raises when it is none. */
  read(): Record<string, unknown>;
  readonly caller: { readonly principal: { readonly arn: string }; readonly region: string };
  readonly request: number;
  readonly now: Instant;
}

export class Tracer {
  readonly #trace: Trace;
  readonly #mac: (text: string) => Uint8Array;
  /** Number of the request that was noted last: one that comes again is noted once. */
  #request = -1;

  constructor(trace: Trace, mac: (text: string) => Uint8Array, start: Instant) {
    this.#trace = trace;
    this.#mac = mac;
    if (trace.length === 0) this.#note('run', start, { format: traceFormat });
  }

  request(visit: Traced): void {
    if (visit.request === this.#request) return;
    this.#request = visit.request;
    const { caller, now, operation, request } = visit;
    this.#note('request', now, {
      request,
      operation,
      region: caller.region,
      principal: caller.principal.arn,
      input: this.#digestOf(() => writeInput(operation, visit.read())),
    });
  }

  answer({ now, operation, request }: Traced, output: object): void {
    this.#note('answer', now, { request, output: this.#digestOf(() => write(operation, output)) });
  }

  /** Anything else than an answer. */
  failure({ now, request }: Traced, error: unknown): void {
    const members =
      error instanceof KmsError
        ? { error: error.code, message: this.#digestOf(() => error.wireMessage ?? null) }
        : { error: error instanceof Error ? error.name : 'Error' };
    this.#note('answer', now, { request, ...members });
  }

  effect({ at, effect, keyArn }: Due): void {
    this.#note('effect', at, { effect, key: keyArn });
  }

  /** A message from Region to Region, with the instants at which it is taken in. */
  message(from: string, to: string, at: Instant, deliveries: readonly Instant[]): void {
    this.#note('message', at, { from, to, deliveries: deliveries.map(textOf) });
  }

  fault({ at, ...members }: HappenedFault): void {
    this.#note('fault', at, members);
  }

  #note(kind: string, at: Instant, members: Readonly<Record<string, unknown>>): void {
    this.#trace.note({ kind, at: textOf(at), ...members });
  }

  // What cannot be read has no digest.
  #digestOf(content: () => unknown): string | undefined {
    try {
      return encodeBase64(this.#mac(canonicalJson(content())));
    } catch {
      return undefined;
    }
  }
}

function textOf(instant: Instant): string {
  return new Date(instant).toISOString();
}
