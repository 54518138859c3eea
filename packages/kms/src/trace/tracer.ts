// What the trace of a run says: each request, answer, timed effect, message between Regions and fault, and nothing secret.
// Whatever a request or an answer contains is there as an HMAC under a key of the world alone: the same when it is the same.
// Only a trace that is asked to have inputs has what goes in as well, plaintexts and policies included, so that it can be played again.

import { canonicalJson, type FaultPlan, type Trace, type WorldPosition } from '@kmsim/world';
import type { Due } from '../agenda/agenda.ts';
import { encodeBase64 } from '../api/base64.ts';
import { KmsError } from '../api/errors.ts';
import type { Form } from '../api/reader.ts';
import type { OperationName } from '../api/shapes.ts';
import { write, writeInput } from '../api/writer.ts';
import type { HappenedFault } from '../faults/fault-log.ts';
import type { Caller } from '../identity/caller.ts';
import type { KeptCluster } from '../key-stores/clusters.ts';
import type { XksAnswer } from '../key-stores/xks-transport.ts';
import type { QuotaSettings } from '../quotas/settings.ts';
import type { Consistency } from '../state/consistency.ts';
import type { Instant, TableName } from '../state/records.ts';
import { writeCaller } from './caller-form.ts';
import { encodeRaw } from './raw-input.ts';

export const traceFormat = 'kmsim trace 1';

/** What a run begins with: enough to begin it again. */
export interface Origin {
  readonly world: WorldPosition;
  readonly consistency: Consistency;
  readonly grantPropagation: number | undefined;
  readonly quotas: QuotaSettings;
  /** Roots of trust beside the simulation's own: DER as base64. */
  readonly attestationRoots?: readonly string[];
  /** CreateKey heeds LocalStack's tags. */
  readonly localstackTags?: true;
}

/** What of a visit is noted. */
export interface Traced {
  readonly operation: OperationName;
  readonly input: unknown;
  readonly form: Form;
  readonly caller: Caller;
  readonly request: number;
  readonly at: Instant;
  /** The request as rooms see it; raises when it is none. */
  read(): Record<string, unknown>;
}

export class Tracer {
  readonly #trace: Trace;
  readonly #mac: (text: string) => Uint8Array;
  /** Instants to which the clock was moved and that no request has reached. */
  #moves: Instant[] = [];
  readonly #begun: boolean;

  constructor(trace: Trace, mac: (text: string) => Uint8Array, { at, origin }: { at: Instant; origin: () => Origin }) {
    this.#trace = trace;
    this.#mac = mac;
    this.#begun = trace.length > 0;
    if (this.#begun) return;
    this.#note('run', at, { format: traceFormat, ...(trace.hasInputs && { origin: origin() }) });
  }

  /** Whether it has what went in. */
  get hasInputs(): boolean {
    return this.#trace.hasInputs;
  }

  request(visit: Traced): void {
    const { at, caller, operation, request } = visit;
    const given = readable(visit);
    this.#note('request', at, {
      request,
      operation,
      region: caller.region,
      principal: caller.principal.arn,
      input: given && this.#digestOf(() => given),
      ...(this.#trace.hasInputs && inputsOf(visit, given)),
    });
  }

  answer({ at, operation, request }: Traced, output: object): void {
    this.#note('answer', at, { request, output: this.#digestOf(() => write(operation, output)) });
  }

  /** Anything else than an answer. */
  failure({ at, request }: Traced, error: unknown): void {
    const members =
      error instanceof KmsError
        ? { error: error.code, message: this.#digestOf(() => error.wireMessage ?? null) }
        : { error: error instanceof Error ? error.name : 'Error' };
    this.#note('answer', at, { request, ...members });
  }

  /** A table that no call writes has another record. Undefined: none. */
  record(at: Instant, table: TableName, key: string, record: object | undefined): void {
    this.#input('record', at, { table, key, record });
  }

  /** The world has another fault plan. */
  plan(at: Instant, plan: FaultPlan): void {
    this.#input('plan', at, { plan });
  }

  /** Quotas are others. */
  quotas(at: Instant, settings: QuotaSettings): void {
    this.#input('quotas', at, { settings });
  }

  /** An external key store proxy has answered a request. */
  external(request: number, at: Instant, answer: XksAnswer): void {
    this.#input('external', at, { request, answer });
  }

  /** Somebody who is not KMS has done something with a CloudHSM cluster. */
  cluster(at: Instant, cluster: KeptCluster): void {
    this.#input('cluster', at, { cluster: JSON.stringify(cluster) });
  }

  /** AWS Support has put a key policy back. */
  support(at: Instant, key: string, policy: string | undefined): void {
    this.#input('support', at, { key, policy });
  }

  resend(at: Instant): void {
    this.#input('resend', at, {});
  }

  /** The run goes on from a snapshot. As text: its seal is over the order of its members. */
  restored(at: Instant, snapshot: object): void {
    if (!this.#begun) this.#input('snapshot', at, { snapshot: JSON.stringify(snapshot) });
  }

  /** Somebody moves the clock. It is noted when what came before has passed. */
  moved(to: Instant): void {
    if (this.#trace.hasInputs) this.#moves.push(to);
  }

  /** What happens now happens at an instant: the moves of the clock that lead there come before it. */
  reach(instant: Instant): void {
    while (this.#moves[0] !== undefined && this.#moves[0] <= instant) this.#note('clock', this.#moves.shift() ?? 0, {});
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

  #input(kind: string, at: Instant, members: Readonly<Record<string, unknown>>): void {
    if (this.#trace.hasInputs) this.#note(kind, at, members);
  }

  #note(kind: string, at: Instant, members: Readonly<Record<string, unknown>>): void {
    this.#trace.note({ kind, at: textOf(at), ...members });
  }

  // What cannot be written has no digest.
  #digestOf(content: () => unknown): string | undefined {
    try {
      return encodeBase64(this.#mac(canonicalJson(content())));
    } catch {
      return undefined;
    }
  }
}

function readable(visit: Traced): Readonly<Record<string, unknown>> | undefined {
  try {
    return writeInput(visit.operation, visit.read());
  } catch {
    return undefined;
  }
}

// What cannot be read is there as it came, if it can be written down at all.
function inputsOf(visit: Traced, given: object | undefined): Readonly<Record<string, unknown>> {
  const { caller, form, input } = visit;
  const raw = given === undefined ? { form, raw: encodeRaw(input) } : undefined;
  return { caller: writeCaller(caller), ...(raw ?? { given }) };
}

function textOf(instant: Instant): string {
  return new Date(instant).toISOString();
}
