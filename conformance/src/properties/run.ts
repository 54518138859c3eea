// One run of commands against a target: each is asked, and everybody who watches looks at the answer.

import { readError } from '../compare.ts';
import { evaluate } from '../inputs.ts';
import type { Difference } from '../match.ts';
import { isUnsupported } from '../replay.ts';
import type { Target, WireReply, WireRequest } from '../target.ts';
import type { CallStep } from '../transcript.ts';
import { isRecord } from '../values.ts';
import { toWire } from '../wire-blobs.ts';
import { type Input, Memory, nth } from './memory.ts';
import { address, type Pause, type Plan } from './plan.ts';

/** A command that was answered. */
export interface Asked {
  readonly step: string;
  /** Time that passed before it. */
  readonly waitMs: number;
  readonly input: Input;
  readonly request: WireRequest;
  readonly reply: WireReply;
}

/** What a transcript demands of an answer. */
export type Wanted = Pick<CallStep, 'output' | 'error' | 'additionalFields'>;

/** Something that must hold after every command. */
export interface Watcher {
  /** Before the request goes out. */
  before?(request: WireRequest, run: Run): void | Promise<void>;
  after?(asked: Asked, run: Run): Difference | undefined | Promise<Difference | undefined>;
  waited?(milliseconds: number, run: Run): void | Promise<void>;
  /** After the last command. What it asks is watched like the rest. */
  finish?(run: Run): Promise<Difference | undefined>;
  /** The target cannot do this, so it does not count. */
  unsupported?(request: WireRequest): void;
  /** What the answer should have been, in the words of a transcript. */
  wanted?(): Wanted;
  /** When the next rotation or deletion of a key is, as far as the watcher knows: milliseconds from now. */
  due?(arn: string): number | undefined;
}

/** A watcher was not satisfied. */
export class Divergence extends Error {
  override readonly name = 'Divergence';
  readonly difference: Difference;
  readonly log: readonly Asked[];
  readonly wanted: Wanted;

  constructor(difference: Difference, log: readonly Asked[], wanted: Wanted) {
    const { expected, got, path } = difference;
    const last = log.at(-1)?.request.operation;
    super([last, path, `expected ${expected}, got ${got}`].filter((part) => part).join(': '));
    this.difference = difference;
    this.log = log;
    this.wanted = wanted;
  }
}

export class Run {
  readonly target: Target;
  readonly memory: Memory;
  readonly log: Asked[] = [];
  readonly #watchers: readonly Watcher[];
  #waitedMs = 0;

  constructor(name: string, regions: readonly string[], target: Target, watchers: readonly Watcher[]) {
    this.target = target;
    this.memory = new Memory(name, regions, target);
    this.#watchers = watchers;
  }

  /** Whether there is anything the plan could be about. */
  can(plan: Plan): boolean {
    return plan.want(this.memory) !== undefined;
  }

  async perform(plan: Plan): Promise<WireReply | undefined> {
    const addressed = address(plan, this.memory, this.target);
    if (addressed === undefined) return undefined;
    const { as, input, region } = addressed;
    return this.ask({ operation: plan.operation, region, ...(as !== undefined && { as }) }, input);
  }

  /** A request in the forms of a transcript. Undefined when the target cannot do it. */
  async ask(to: Omit<WireRequest, 'body'>, input: Input): Promise<WireReply | undefined> {
    const body = toWire(evaluate(input, this.memory.scope)) as Record<string, unknown>;
    const request: WireRequest = { ...to, body };
    for (const watcher of this.#watchers) await watcher.before?.(request, this);
    const reply = await this.target.call(request);
    if (isUnsupported(reply)) {
      for (const watcher of this.#watchers) watcher.unsupported?.(request);
      return undefined;
    }
    const asked = { step: `s${this.log.length + 1}`, waitMs: this.#waitedMs, input, request, reply };
    this.#waitedMs = 0;
    this.log.push(asked);
    this.memory.learn(asked.step, input, request, reply);
    for (const watcher of this.#watchers) {
      this.#demand(watcher, await watcher.after?.(asked, this));
    }
    return reply;
  }

  async finish(): Promise<void> {
    for (const watcher of this.#watchers) this.#demand(watcher, await watcher.finish?.(this));
  }

  #demand(watcher: Watcher, difference: Difference | undefined): void {
    if (difference === undefined) return;
    throw new Divergence(difference, [...this.log], watcher.wanted?.() ?? {});
  }

  async pass({ milliseconds, until }: Pause): Promise<void> {
    const key = until && nth(this.memory.keys, until.key);
    const due = key && this.#watchers.map((watcher) => watcher.due?.(key.arn)).find((one) => one !== undefined);
    const wait = until === undefined ? milliseconds : (due ?? 0) + until.offset;
    if (wait <= 0) return;
    this.#waitedMs += wait;
    await this.target.advance?.(wait);
    for (const watcher of this.#watchers) await watcher.waited?.(wait, this);
  }
}

/** `success`, or the code of the error. */
export function outcomeOf({ body, status }: WireReply): string {
  return status === 200 ? 'success' : readError(isRecord(body) ? body : {}).code;
}
