// One request on its way through the model: who asks, what stands against it, and in which words.

import type { WireRequest } from '../target.ts';
import type { Expectation, Leaf, Refusal, Success } from './expectation.ts';
import { leaf } from './expectation.ts';
import { refusalsOfState } from './key-states.ts';
import { type Person, verdictOf } from './policy.ts';
import { type Key, type KeyState, type State, stateOf } from './state.ts';

/** Thrown inside the model: the request goes no further. */
class Refused {
  readonly refusals: readonly Refusal[];

  constructor(refusals: readonly Refusal[]) {
    this.refusals = refusals;
  }
}

export interface Setting {
  /** How far a target's clock may be from the model's, in milliseconds; 0 for a clock that stands still between calls. */
  readonly tolerance: number;
  /** Lists may show what others made. */
  readonly shared: boolean;
}

// https://docs.aws.amazon.com/kms/latest/developerguide/policy-evaluation.html; the wording as users report it.
const because = {
  identity: 'because no identity-based policy allows the',
  resource: 'because no resource-based policy allows the',
  hidden: `on this resource because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access`,
};

export class Call {
  readonly state: State;
  readonly setting: Setting;
  readonly operation: string;
  readonly region: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly person: Person;
  /** The state of the key the request is about, for the counters of coverage. */
  keyState: KeyState | undefined;
  readonly #objections: Refusal[] = [];
  readonly #tolerated: Refusal[] = [];

  constructor(state: State, setting: Setting, request: WireRequest, person: Person) {
    this.state = state;
    this.setting = setting;
    this.operation = request.operation;
    this.region = request.region;
    this.body = request.body;
    this.person = person;
  }

  get now(): number {
    return this.state.now;
  }

  text(member: string): string {
    return String(this.body[member] ?? '');
  }

  /** A member that may be missing; null is missing. */
  maybe<T>(member: string): T | undefined {
    return (this.body[member] ?? undefined) as T | undefined;
  }

  refuse(code: string, message?: Refusal['message']): never {
    throw new Refused([{ code, ...(message !== undefined && { message }) }]);
  }

  /** A refusal whose place among the others no source gives: it may come before any that follows, and comes at `settle`. */
  object(code: string, message?: Refusal['message']): void {
    this.#objections.push({ code, ...(message !== undefined && { message }) });
  }

  /** A refusal that some targets may give and others need not. */
  tolerate(...refusals: readonly Refusal[]): void {
    this.#tolerated.push(...refusals);
  }

  /** Runs a part whose refusals have no known place among those of other parts. */
  attempt<T>(part: () => T): T | undefined {
    try {
      return part();
    } catch (thrown) {
      if (!(thrown instanceof Refused)) throw thrown;
      this.#objections.push(...thrown.refusals);
      return undefined;
    }
  }

  /** From here on nothing stands against the request but what follows. */
  settle(): void {
    if (this.#objections.length > 0) throw new Refused([]);
  }

  outcome(run: () => Expectation | readonly Expectation[]): readonly Expectation[] {
    try {
      return [...[run()].flat(), ...this.#tolerated];
    } catch (thrown) {
      if (!(thrown instanceof Refused)) throw thrown;
      return [...thrown.refusals, ...this.#objections, ...this.#tolerated];
    }
  }

  /** Permission, then state: the order of the recordings. */
  enter(key: Key, action: string = this.operation): Key {
    this.permit(key, action);
    this.requireState(key);
    return key;
  }

  requireState(key: Key): void {
    this.keyState ??= stateOf(key);
    const refusals = refusalsOfState(this.operation, stateOf(key), key);
    if (refusals.length > 0) throw new Refused(refusals);
  }

  permit(key: Key, action: string = this.operation): void {
    this.keyState ??= stateOf(key);
    const { account, may } = this.person;
    const verdict = verdictOf(key.policy, this.person, `kms:${action}`);
    const denied = (why: string): never =>
      this.refuse('AccessDeniedException', this.#unauthorized(action, key.arn, why));
    if (account !== key.account) {
      if (verdict === 'denied' || verdict === 'silent') this.deny(action);
      // The words for who is allowed there and not at home are not known.
      if (may === 'nothing') this.refuse('AccessDeniedException', this.#unauthorizedAtAll(action));
      return;
    }
    if (verdict === 'denied') denied('with an explicit deny in a resource-based policy');
    if (verdict === 'silent') denied(`${because.resource} kms:${action} action`);
    if (verdict === 'delegated' && may === 'nothing') denied(`${because.identity} kms:${action} action`);
  }

  refusalsOfPermission(key: Key, action: string): readonly Refusal[] {
    try {
      this.permit(key, action);
      return [];
    } catch (thrown) {
      if (!(thrown instanceof Refused)) throw thrown;
      return thrown.refusals;
    }
  }

  /** Permission on something that has no policy of its own: identity policies decide alone. */
  permitAlone(action: string = this.operation): void {
    if (this.person.may === 'nothing') this.refuse('AccessDeniedException', this.#unauthorizedAtAll(action));
  }

  /** Another account's key that is not there reads like one that may not be used. */
  deny(action: string = this.operation): never {
    return this.refuse(
      'AccessDeniedException',
      `User: ${this.person.arn} is not authorized to perform: kms:${action} ${because.hidden}`,
    );
  }

  #unauthorized(action: string, arn: string, why: string): string {
    return `User: ${this.person.arn} is not authorized to perform: kms:${action} on resource: ${arn} ${why}`;
  }

  #unauthorizedAtAll(action: string): RegExp {
    return new RegExp(`^User: ${this.person.arn} is not authorized to perform: kms:${action} `);
  }

  stopIfDryRun(): void {
    if (this.body['DryRun'] === true) {
      this.refuse('DryRunOperationException', 'The request would have succeeded, but the DryRun option is set.');
    }
  }

  success(output: Success['output'] = {}, effect?: Success['effect']): Success {
    return { output, ...(effect && { effect }) };
  }

  /** Something that KMS makes, never seen before. */
  fresh(kind: 'uuid' | 'mrkKeyId' | 'keyMaterialId' | 'blob', learn?: (got: string) => void): Leaf {
    const { minted } = this.state;
    const fits = (got: string): boolean => typeof got === 'string' && kinds[kind].test(got) && !minted.has(got);
    return leaf<string>({ $any: kind }, fits, (got) => {
      minted.add(got);
      learn?.(got);
    });
  }

  /** An instant between two of the model's, in the seconds of the wire. */
  instant(from: number, to: number = from): Leaf {
    const { state, setting } = this;
    const fits = (got: number): boolean => {
      if (typeof got !== 'number' || !(got > 0)) return false;
      if (state.origin === undefined) return true;
      const at = Math.round(got * 1000) - state.origin;
      return at >= from - setting.tolerance && at <= to + setting.tolerance;
    };
    const exact = state.origin !== undefined && setting.tolerance === 0 && from === to;
    return leaf<number>(exact ? (state.origin! + from) / 1000 : { $any: 'timestamp' }, fits, (got) => {
      state.origin ??= Math.round(got * 1000) - from;
    });
  }
}

const kinds = {
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  mrkKeyId: /^mrk-[0-9a-f]{32}$/,
  keyMaterialId: /^[0-9a-f]{64}$/,
  blob: /^[A-Za-z0-9+/]+={0,2}$/,
} as const;
