// The composition root: one simulated KMS with everything it is made of.

import type { Decision } from '@kmsim/authz';
import { type Backend, Vault } from '@kmsim/hsm-core';
import { type FaultPlan, lastInstant, type StreamCursor, type Trace, type World } from '@kmsim/world';
import { Agenda } from './agenda/agenda.ts';
import { advance } from './agenda/effects.ts';
import { renew } from './agenda/renew.ts';
import { Attestation } from './attestation/attestation.ts';
import type { AttestationOptions } from './attestation/library.ts';
import type { Trail } from './audit/trail.ts';
import { dispatch } from './dispatch.ts';
import type { Engine } from './engine.ts';
import { ConnectionLost } from './faults/connection-lost.ts';
import { deliveriesOf } from './faults/deliveries.ts';
import { FaultLog } from './faults/fault-log.ts';
import { observe, whenWaited } from './faults/observe.ts';
import { Endpoints } from './identity/endpoints.ts';
import { Identities } from './identity/identities.ts';
import { Organizations } from './identity/organizations.ts';
import { type RestoreFault, restoreKeyPolicy } from './identity/restore-key-policy.ts';
import { Sts } from './identity/sts.ts';
import type { TemporaryCredentials } from './identity/temporary-credentials.ts';
import { Clusters } from './key-stores/clusters.ts';
import { advanceClusters, noteClusters, settleClusters } from './key-stores/note-clusters.ts';
import type { XksTransport } from './key-stores/xks-transport.ts';
import { Line } from './line.ts';
import { KmsMethods } from './methods.ts';
import { type Network, plainNetwork } from './multi-region/network.ts';
import { resendAll } from './multi-region/post.ts';
import type { Caller, Visit } from './operation.ts';
import { explain, type Question } from './permit.ts';
import type { QuotaSettings } from './quotas/settings.ts';
import { Throttler } from './quotas/throttler.ts';
import { readClock, whenClockShows } from './region-clock.ts';
import type { Consistency } from './state/consistency.ts';
import type { FixedKeys } from './state/fixed-key.ts';
import { GrantTokens } from './state/grant-tokens.ts';
import { localstackTags } from './state/localstack-tags.ts';
import { Markers } from './state/markers.ts';
import { PolicyCache } from './state/policies.ts';
import type { Instant, KeyRecord } from './state/records.ts';
import { State } from './state/state.ts';
import { Tracer } from './trace/tracer.ts';

export interface KmsOptions {
  readonly world: World;
  readonly backend: Backend;
  /** Milliseconds until everybody knows of a new grant, and until everybody knows that one is gone; when absent as `consistency` says. */
  readonly grantPropagation?: number | undefined;
  /** `eventual`: authorization goes by a change of a grant, an alias, a tag or a key policy only when it has spread. `immediate` when absent. */
  readonly consistency?: Consistency | undefined;
  /** What is done about quotas; nothing when absent. */
  readonly quotas?: QuotaSettings | undefined;
  /** Where the run is written down. One that has lines is gone on with. */
  readonly trace?: Trace | undefined;
  /** The faults that happened before, where this goes on with another simulation. */
  readonly faultLog?: FaultLog | undefined;
  /** The temporary credentials that were issued before, as for the faults. */
  readonly credentials?: TemporaryCredentials | undefined;
  /** Where events are noted: CloudTrail. */
  readonly trail?: Trail | undefined;
  /** Reads the documents of Recipients; without it no Recipient is taken. */
  readonly attestation?: AttestationOptions | undefined;
  /** How messages between Regions travel; straight and on time when left out. */
  readonly network?: Network;
  /** The way to external key store proxies; nothing is reached without one. */
  readonly xks?: XksTransport | undefined;
  /** Ids and material of new keys; both are drawn where it is left out. No request reaches it. */
  readonly fixedKeys?: FixedKeys | undefined;
}

export class Kms implements Engine {
  readonly world: World;
  readonly vault: Vault;
  readonly state: State;
  readonly agenda: Agenda;
  readonly identities: Identities;
  readonly organizations: Organizations;
  readonly endpoints: Endpoints;
  readonly policies: PolicyCache;
  readonly markers: Markers;
  readonly grantTokens: GrantTokens;
  readonly attestation: Attestation;
  readonly grantPropagation: number | undefined;
  readonly consistency: Consistency;
  readonly sts: Sts;
  readonly faultLog: FaultLog;
  readonly tracer: Tracer | undefined;
  readonly trail: Trail | undefined;
  readonly network: Network;
  readonly throttler: Throttler = new Throttler();
  readonly clusters: Clusters;
  readonly xks: XksTransport | undefined;
  readonly fixedKeys: FixedKeys | undefined;
  readonly #requests: StreamCursor;
  readonly #line: Line;
  /** Milliseconds by which slow answers have moved the clock. */
  #spent = 0;
  #abandoned = false;

  constructor(options: KmsOptions) {
    this.world = options.world;
    this.vault = new Vault(options.backend);
    this.clusters = new Clusters();
    this.xks = options.xks;
    this.fixedKeys = options.fixedKeys;
    this.agenda = new Agenda((region, reading) => whenClockShows(options.world, region, reading));
    this.state = new State(
      (before, after) => this.agenda.note(before, after),
      (grant) => this.agenda.noteGrant(grant),
      (key, post) => this.agenda.notePost(key, post),
      options.trace?.hasInputs ? (...written) => this.tracer?.record(this.world.clock.now(), ...written) : undefined,
    );
    this.policies = new PolicyCache();
    this.identities = new Identities(this.state, this.policies);
    this.organizations = new Organizations(this.state, this.policies);
    this.endpoints = new Endpoints(this.state, this.policies);
    this.markers = new Markers(options.backend.hmacSha256(options.world.key('pagination markers')));
    this.grantTokens = new GrantTokens(options.backend.hmacSha256(options.world.key('grant tokens')));
    this.attestation = new Attestation(options.world, options.attestation);
    this.grantPropagation = options.grantPropagation;
    this.consistency = options.consistency ?? 'immediate';
    this.sts = new Sts(this, options.credentials);
    // A planned network carries what Regions tell each other; without one it arrives straight and on time.
    this.network =
      options.network ?? ((from, to, at) => deliveriesOf(this, from, to, at) ?? plainNetwork(from, to, at));
    this.#requests = options.world.cursor('requests');
    this.#line = new Line(
      (visit) => this.#pass(visit),
      () => this.advance(),
    );
    if (options.quotas !== undefined) this.throttler.set(options.quotas, options.world.clock.now());
    this.faultLog = new FaultLog(options.faultLog);
    this.tracer = options.trace && this.#tracer(options.trace);
    this.trail = options.trail;
  }

  /** Answers a request, or raises a KmsError. With a promise only while it waits for a library or for an external key store proxy. */
  dispatch(visit: Visit): object | Promise<object> {
    if (this.world.faults === undefined) return this.#arrive(visit);
    return whenWaited(visit, () => this.#arrive(visit));
  }

  #arrive(visit: Visit): object | Promise<object> {
    return this.repeat(visit, this.nextRequest(), this.world.clock.now());
  }

  /** Passes a request of a trace, with the number and at the instant that it had. */
  repeat(visit: Visit, request: number, at: Instant): object | Promise<object> {
    visit.at = at;
    visit.request = request;
    visit.spent = this.#spent;
    advanceClusters(this, at);
    return this.#line.pass(visit);
  }

  /** Passes a visit and notes its event before anybody has the answer. One that has to wait comes again, and is noted then. */
  #pass(visit: Visit): object {
    if (this.#abandoned) throw new ConnectionLost();
    if (this.trail === undefined) return this.#walk(visit);
    let answer: object;
    try {
      answer = this.#walk(visit);
    } catch (raised) {
      this.trail.visited(visit, raised);
      throw raised;
    }
    this.trail.visited(visit);
    return answer;
  }

  #walk(visit: Visit): object {
    // What was waited for has come, and that is its instant now.
    if (visit.asked?.resumedAt !== undefined) {
      visit.at = Math.max(visit.at, visit.asked.resumedAt);
      visit.spent = this.#spent;
      visit.asked.resume(this, visit);
    }
    visit.now = visit.at;
    if (this.world.faults === undefined && this.tracer === undefined) return dispatch(this, visit);
    // A slow answer before it in the line made it later, too: whether it had to stand there makes no difference.
    visit.at += this.#spent - visit.spent;
    visit.now = readClock(this.world, visit.caller.region, visit.at);
    visit.spent = this.#spent;
    try {
      return observe(this, visit);
    } finally {
      if (visit.delayMs > 0) visit.wait = this.#spend(visit.delayMs);
    }
  }

  #spend(milliseconds: number): Promise<void> | undefined {
    // At the end of the clock no time is left to pass.
    const left = Math.max(0, lastInstant - this.world.clock.now());
    const wait = this.world.spend(milliseconds);
    if (wait === undefined) this.#spent += Math.min(milliseconds, left);
    return wait;
  }

  #tracer(trace: Trace): Tracer {
    const key = this.world.key('trace');
    const { attestation, consistency, fixedKeys, grantPropagation, throttler, world } = this;
    return new Tracer(trace, (text) => this.vault.authenticate(key, text), {
      at: world.clock.now(),
      origin: () => ({
        world: world.position(),
        consistency,
        grantPropagation,
        quotas: throttler.settings,
        ...attestation.origin(),
        ...(fixedKeys === localstackTags && { localstackTags: true as const }),
      }),
    });
  }

  /** The 56 operations as methods, for one caller. */
  as(caller: Caller): KmsMethods {
    return new KmsMethods(this, caller);
  }

  /** Whether a caller may, and why: one decision for each permission the operation needs. */
  explain(question: Question): Decision[] {
    return explain(this, question);
  }

  /** Plays AWS Support: puts back the default key policy, or `policy`, on a key that nobody can manage. Undefined: done. */
  restoreKeyPolicy(key: KeyRecord, policy?: string): RestoreFault | undefined {
    const fault = restoreKeyPolicy(this, key, policy);
    if (fault === undefined) this.tracer?.support(this.world.clock.now(), key.arn, policy);
    return fault;
  }

  /** Nothing happens here any more: another engine goes on in its place. Calls that still wait lose their connection. */
  abandon(): void {
    this.#abandoned = true;
    this.vault.erase();
    this.clusters.erase();
  }

  /** Lets everything happen that is due by now. While calls of an earlier instant wait, it happens once the last of them has passed. */
  advance(): void {
    if (this.#line.waits || this.#abandoned) return;
    const now = this.world.clock.now();
    advanceClusters(this, now);
    this.tracer?.reach(now);
    advance(this, now);
    settleClusters(this);
  }

  /** Moves the clock ahead, and everything happens that is due on the way. */
  moveClock(target: Instant): void {
    noteClusters(this, this.world.clock.now());
    if (target > this.world.clock.now()) this.tracer?.moved(target);
    this.world.clock.moveTo(target);
    this.advance();
  }

  /** From now on this goes wrong, and nothing else. The plan must be a possible one. */
  setFaults(plan: FaultPlan): void {
    const clocks = this.world.faults?.clocks;
    this.world.setFaults(plan);
    if ((clocks ?? this.world.faults?.clocks) !== undefined) renew(this);
    this.tracer?.plan(this.world.clock.now(), plan);
  }

  /** From now on quotas are these, and this is done about them. */
  setQuotas(settings: QuotaSettings): void {
    const now = this.world.clock.now();
    this.throttler.set(settings, now);
    this.tracer?.quotas(now, settings);
  }

  /** Sends at once what waits to be sent again, as after the end of a partition. */
  resend(): void {
    const now = this.world.clock.now();
    this.tracer?.resend(now);
    resendAll(this, now);
  }

  nextRequest(): number {
    return this.#requests.count();
  }

  /** The request id of a visit that was dispatched. */
  requestId(visit: Visit): string {
    return visit.requestId(this.world);
  }

  /** A request id for what never became a visit. */
  refuse(): string {
    return this.world.uuid('request', this.nextRequest());
  }
}

export function createKms(options: KmsOptions): Kms {
  return new Kms(options);
}
