// The shape of an operation, and of the call that walks the corridor with it.

import type { GrantTerms } from '@kmsim/authz';
import type { RandomStream, StreamCursor, Strike, World } from '@kmsim/world';
import { keepCopies } from './api/copy-bytes.ts';
import { type ErrorCode, fail } from './api/errors.ts';
import { type Form, type Read, read } from './api/reader.ts';
import { type OperationName, operations } from './api/shapes.ts';
import type { OperationInputs, OperationOutputs } from './api/types.ts';
import type { AttestedRecipient } from './attestation/library.ts';
import type { TrailValue } from './audit/record.ts';
import type { Engine } from './engine.ts';
import type { Caller } from './identity/caller.ts';
import { Asked, type NumberedRequest } from './key-stores/asked.ts';
import type { XksAnswer } from './key-stores/xks-transport.ts';
import { writeKey } from './multi-region/write-key.ts';
import { Page } from './state/page.ts';
import type { GrantRecord, Instant, KeyRecord } from './state/records.ts';
import type { Site } from './state/site.ts';
import { type OperationRow, operationRows, type PermissionResource } from './tables/operations.ts';

export type { Caller, Client } from './identity/caller.ts';

/** One request as it comes to the door. */
export class Visit {
  readonly operation: OperationName;
  readonly input: unknown;
  readonly form: Form;
  readonly caller: Caller;
  /** Number of the request, given when it arrives; its one instant, and what its Region takes that to be. */
  request = 0;
  at: Instant = 0;
  now: Instant = 0;
  /** The planned fault that strikes it, once that is decided; how long it is in coming, once it has happened; who waits, in a live world. */
  fate: Strike | 'none' | undefined = undefined;
  delayMs = 0;
  wait: Promise<void> | undefined = undefined;
  /** It has been counted on its request quotas: once, however often it comes. */
  isCharged = false;
  /** How much of the clock slow answers had used when it arrived. */
  spent = 0;
  /** A visit that only asks: it ends before the work, or with all of it done and nothing kept. */
  rehearsal: 'judgement' | 'work' | undefined = undefined;
  /** The call that it became, and the answer: the trail tells of them. */
  call: Call | undefined = undefined;
  output: object | undefined = undefined;
  /** What it has asked external key store proxies, and the random bytes that it goes on with: docs/decisions/key-stores.md. */
  asked: Asked | undefined = undefined;
  /** Whether the trace has it. */
  isTraced = false;
  /** Whether nobody is there any more to hear the answer, where the door can tell. */
  isGone: (() => boolean) | undefined = undefined;
  /** The resource quotas that know of it. */
  quotas: Set<string> | undefined = undefined;
  #requestId: string | undefined;
  #known: Record<string, unknown> | undefined;
  #held: (() => Record<string, unknown>) | undefined;
  #made: { readonly facts: readonly unknown[]; readonly made: unknown }[] | undefined;

  constructor(operation: OperationName, input: unknown, form: Form, caller: Caller) {
    this.operation = operation;
    this.input = input;
    this.form = form;
    this.caller = caller;
  }

  /** The request as rooms see it; ValidationException and SerializationException when it is none. */
  read(): Record<string, unknown> {
    if (this.#held !== undefined) return this.#held();
    this.#known = read(this.operation, this.input, this.form);
    return this.#known;
  }

  /** Its request id; by its number, once that is given. */
  requestId(world: World): string {
    this.#requestId ??= world.uuid('request', this.request);
    return this.#requestId;
  }

  /**
   * What a room makes of facts and of nothing else it makes once, however often the visit passes. The same facts are the same objects: records,
   * which never change in place, and members of an input that is held.
   */
  once<Made>(facts: readonly unknown[], make: () => Made): Made {
    const known = this.#made?.find((one) => sameFacts(one.facts, facts));
    if (known !== undefined) return known.made as Made;
    const made = make();
    this.#made ??= [];
    this.#made.push({ facts, made });
    return made;
  }

  /** Keeps what the pass that has just ended read, or reads what was sent now. While the call waits, who sent it may write over it. */
  hold(): void {
    if (this.#held !== undefined) return;
    try {
      const known = this.#known ?? this.read();
      this.#held = () => known;
    } catch (refusal) {
      this.#held = () => {
        throw refusal;
      };
    }
    keepCopies();
  }
}

function sameFacts(some: readonly unknown[], others: readonly unknown[]): boolean {
  return some.length === others.length && some.every((fact, at) => fact === others[at]);
}

/** A thing the call needs permission for. */
export interface Subject {
  /** ARN of a key or an alias. */
  readonly resource: string;
  /** The key whose policy has a say, and whose state and type are judged. */
  readonly key?: KeyRecord;
  /** The key was found through a ciphertext alone: a refusal must not tell that it exists. */
  readonly hidden?: true;
  /** The ciphertext beside it is of another key. */
  readonly isAnothers?: true;
  /** The grant that the call is about: it decides who may. */
  readonly grant?: GrantRecord;
  /** What a grant that is about to be made would allow. */
  readonly childGrant?: GrantTerms;
}

/** What a call is about, by the names of the permissions table. */
export type Subjects = { [On in PermissionResource]?: Subject };

/** The inputs of all operations as rooms see them. */
type ReadInputs = { readonly [Name in OperationName]: Read<OperationInputs[Name]> };

/** A call on its way: what is known of it so far, and the page it writes on. */
export class Call<Name extends OperationName = OperationName> {
  readonly kms: Engine;
  readonly operation: Name;
  readonly row: OperationRow;
  readonly caller: Caller;
  /** By the clock of the world. */
  readonly at: Instant;
  /** By the clock of the Region: what is answered, and what records hold. */
  readonly now: Instant;
  readonly request: number;
  readonly input: ReadInputs[Name];
  readonly page: Page;
  readonly site: Site;
  readonly subjects: Subjects = {};
  /** Ids of the grants whose tokens came with the request. */
  tokens: ReadonlySet<string> | undefined = undefined;
  /** It has every permission that it needs. */
  isPermitted = false;
  /** Whom its answer is for, when the request has a Recipient. */
  recipient: AttestedRecipient | undefined = undefined;
  /** What only the room knows and the trail writes down: members of additionalEventData. */
  audit: Record<string, TrailValue> | undefined = undefined;
  readonly #visit: Visit;
  #random: RandomStream | undefined;
  #cursor: StreamCursor | undefined;
  #turn = 0;

  /** `random`: for one that only looks, so that it takes no turn in a stream. */
  constructor(kms: Engine, visit: Visit, input: Record<string, unknown>, random?: RandomStream) {
    this.kms = kms;
    this.operation = visit.operation as Name;
    this.row = operationRows[visit.operation];
    this.caller = visit.caller;
    this.at = visit.at;
    this.now = visit.now;
    this.request = visit.request;
    this.input = input as ReadInputs[Name];
    this.#visit = visit;
    this.#random = random;
    this.page = new Page(kms.state, kms.vault);
    this.site = kms.state.site(visit.caller.principal.account, visit.caller.region);
  }

  /** This request's stream of random bytes. */
  get random(): RandomStream {
    if (this.#random === undefined) {
      const kept = this.#visit.asked?.random;
      if (kept !== undefined) {
        kept.restart();
        this.#random = kept;
        return kept;
      }
      this.#cursor = this.kms.world.cursor(this.site.label(this.operation));
      this.#turn = this.#cursor.next;
      this.#random = this.#cursor.take();
      // A call that may wait passes again, with the same bytes.
      if (this.kms.xks !== undefined) this.#random.keep();
    }
    return this.#random;
  }

  /** Adds members to additionalEventData of the call's event. Nothing secret. */
  note(members: Record<string, TrailValue>): void {
    this.audit = this.audit === undefined ? members : { ...this.audit, ...members };
  }

  /**
   * What an external key store proxy answers. Raises Waiting while there is no answer: then nothing has changed, and the visit passes again. Its
   * random bytes stay its own, however it ends, so that they do not depend on how long an answer takes.
   */
  external(request: NumberedRequest): XksAnswer {
    const visit = this.#visit;
    visit.asked ??= new Asked(this.random);
    this.#cursor = undefined;
    return visit.asked.answerTo(this.kms, visit.at, request);
  }

  /** What is made of these facts alone, and of the request: once for a visit, however often it passes. */
  once<Made>(facts: readonly unknown[], make: () => Made): Made {
    return this.#visit.once(facts, make);
  }

  /** Id of the request. */
  get requestId(): string {
    return this.#visit.requestId(this.kms.world);
  }

  /** Whether nothing by this name was noted of the visit yet, however often it has passed. */
  isFirstTime(name: string): boolean {
    this.#visit.quotas ??= new Set();
    return this.#visit.quotas.size < this.#visit.quotas.add(name).size;
  }

  /** Whether the API's model lists the error for the operation. */
  models(code: ErrorCode): boolean {
    return (operations[this.operation].errors as readonly ErrorCode[]).includes(code);
  }

  /** The call failed: nothing of it stays, and its random bytes are the next call's. */
  tear(): void {
    this.page.tear();
    this.#cursor?.giveBack(this.#turn);
  }

  key(arn: string): KeyRecord | undefined {
    return this.page.get('keys', arn);
  }

  setKey(key: KeyRecord): void {
    writeKey(this.kms, this.page, key, this.at);
  }

  /** The call may do nothing more when it is a dry run. https://docs.aws.amazon.com/kms/latest/developerguide/testing-permissions.html */
  stopIfDryRun(): void {
    if ((this.input as { DryRun?: boolean }).DryRun === true) {
      fail('DryRunOperationException', 'The request would have succeeded, but the DryRun option is set.');
    }
  }
}

/** One of the 56. `enter` finds what the call is about and says what it needs permission for; `run` does it. */
export interface Operation<Name extends OperationName, Found = unknown> {
  enter(call: Call<Name>): Found;
  /** What the kind of key must allow beyond its usage. */
  requireType?(call: Call<Name>, found: Found): void;
  run(call: Call<Name>, found: Found): OperationOutputs[Name];
}
