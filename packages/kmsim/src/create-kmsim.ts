// createKmsim: one simulated AWS KMS for a test, and everything a person does with it.

import { explainDecision } from '@kmsim/authz';
import { type Caller, type Kms, KmsMethods, type OperationName, partitionOf, takeSnapshot, whoCan } from '@kmsim/kms';
import type { SdkClient, SdkRequestHandler, Service } from '@kmsim/wire';
import type { Trace } from '@kmsim/world';
import { loadInterception } from '#node-loads';
import { Analysis } from './analysis.ts';
import { type Attachment, attachment } from './attachment.ts';
import { SimAttestation } from './attestation/sim-attestation.ts';
import { type CallerOptions, type CallOptions, callerOf } from './callers.ts';
import { clientHandler } from './client-handler.ts';
import { directDoor } from './direct-door.ts';
import { EndpointServices } from './endpoint-services.ts';
import { Endpoints } from './endpoints.ts';
import { EngineRoom, pastOf } from './engine-room.ts';
import { type ExplainOptions, explainQuestion } from './explain-question.ts';
import { type Explanation, explanationOf } from './explanation.ts';
import { furnish } from './furnish.ts';
import type { Interception, InterceptOptions } from './intercept/intercept-options.ts';
import { KmsimError } from './kmsim-error.ts';
import { aRegion, checkOptions } from './option-forms.ts';
import {
  administratorArn,
  administratorPolicy,
  defaultAccessKey,
  defaultAccount,
  defaultRegion,
  type KmsimOptions,
  type KmsimSnapshot,
  kmsimOptionForms,
  type SealedSnapshot,
  type SnapshotOptions,
} from './options.ts';
import { Organization } from './organization.ts';
import { AccessKeys, Identities, principalOf } from './principals.ts';
import { refuseInProduction } from './production.ts';
import { Regions } from './regions.ts';
import { SimClock } from './sim-clock.ts';
import { SimCloudHsm } from './sim-cloud-hsm.ts';
import { SimFaults } from './sim-faults.ts';
import { type Mark, Marks, type Past } from './sim-marks.ts';
import { SimQuotas } from './sim-quotas.ts';
import type { SimTrace } from './sim-trace.ts';
import { SimTrail } from './sim-trail.ts';
import { formOf, openedSnapshot } from './snapshot-forms.ts';
import { Support } from './support.ts';
import { withSpans } from './telemetry.ts';
import { WhoCanAnswer, type WhoCanOptions, whoCanQuestion } from './who-can.ts';

/** What `new KMSClient(...)` of AWS SDK v3 takes. */
export interface SdkClientConfig {
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly requestHandler: SdkRequestHandler;
}

export class Kmsim extends Analysis {
  readonly account: string;
  readonly region: string;
  /** The seed, or undefined where the machine's entropy is used. */
  readonly seed: string | undefined;
  readonly clock: SimClock;
  readonly identities: Identities;
  readonly organization: Organization;
  readonly endpoints: Endpoints;
  /** Which Regions accounts have enabled. */
  readonly regions: Regions;
  readonly endpointServices: EndpointServices;
  /** CloudHSM clusters, for key stores. */
  readonly cloudHsm: SimCloudHsm;
  readonly support: Support;
  /** Makes attestation documents, and opens what is encrypted to one. */
  readonly attestation: SimAttestation;
  /** What goes wrong, and what has. */
  readonly faults: SimFaults;
  /** What is done about quotas, and how much of them was used. */
  readonly quotas: SimQuotas;
  readonly accessKeys: AccessKeys;
  /** Who did what: CloudTrail's events. */
  readonly trail: SimTrail;
  /** What a door needs of the engine; refuses once the simulation is closed. */
  readonly service: Service;
  #kms: Kms;
  #trace: Trace | undefined;
  readonly #marks: Marks = new Marks();
  readonly #room: EngineRoom;
  #closed = false;

  /** `past`: what a fork goes on from beside its snapshot. */
  constructor(given: KmsimOptions = {}, past?: Past) {
    super();
    checkOptions('createKmsim', given, kmsimOptionForms);
    const options = given.world?.begin(given) ?? given;
    this.#room = new EngineRoom(options);
    const snapshot = openedSnapshot(options, this.#room.backend);
    this.account = options.account ?? snapshot?.account ?? defaultAccount;
    this.region = options.region ?? snapshot?.region ?? defaultRegion;
    const running = this.#room.begin({ ...options, snapshot }, past);
    this.#kms = running.kms;
    this.#trace = running.trace;
    this.seed = running.kms.world.seed;
    const kms = (): Kms => this.#kms;
    const open = (): Kms => this.kms;
    this.clock = new SimClock(kms, open);
    this.identities = new Identities(open);
    this.organization = new Organization(open);
    this.endpoints = new Endpoints(open, this.account);
    this.regions = new Regions(open, this.account);
    this.endpointServices = new EndpointServices(open, this.account, this.region);
    this.cloudHsm = new SimCloudHsm(open, this.account, this.region);
    this.support = new Support(open, this.account, this.region);
    this.attestation = new SimAttestation(open);
    this.faults = new SimFaults(kms, open, this.region);
    this.quotas = new SimQuotas(kms, open);
    this.trail = new SimTrail(kms);
    furnish(this, options, snapshot);
    const { accessKeys = [], telemetry } = options;
    this.accessKeys = new AccessKeys(accessKeys, defaultAccessKey, this.administrator(this.region).arn);
    const service: Service = {
      dispatch: (visit) => this.kms.dispatch(visit),
      requestId: (visit) => this.#kms.requestId(visit),
      refuse: () => this.#kms.refuse(),
    };
    this.service = telemetry === undefined ? service : withSpans(service, telemetry, () => this.clock.now().getTime());
  }

  /** The engine itself. */
  get kms(): Kms {
    this.#requireOpen();
    return this.#kms;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** A caller as the engine wants it. */
  caller(options: CallerOptions = {}): Caller {
    return callerOf(this.kms, options, administratorArn(this.account, partitionOf(this.region)), this.region);
  }

  /** The administrator of the account in a Region's partition. */
  administrator(region: string): Caller['principal'] {
    if (!aRegion.is(region)) throw new KmsimError('InvalidOption', `administrator: region is ${aRegion.text}.`);
    const arn = administratorArn(this.account, partitionOf(region));
    if (!this.#closed && !this.identities.has(arn))
      this.identities.put({ arn, policies: { AdministratorAccess: administratorPolicy } });
    return principalOf(arn);
  }

  /**
   * The 56 operations as typed methods, called directly: `await sim.as(role).encrypt({ KeyId, Plaintext })`.
   * A second argument says how the call comes: `{ session: { policies } }`, `{ via: 's3' }`, `{ endpoint: 'vpce-...' }`.
   */
  as(principal?: string, options: CallOptions = {}): KmsMethods {
    this.#requireOpen();
    return new KmsMethods(
      directDoor(this.service),
      this.caller({ ...options, ...(principal !== undefined && { as: principal }) }),
    );
  }

  /** The configuration of a real AWS SDK v3 client that talks to this simulation: `new KMSClient(sim.clientConfig())`. */
  clientConfig(options: CallerOptions = {}): SdkClientConfig {
    this.#requireOpen();
    const caller = this.caller(options);
    const { accessKeyId, secretAccessKey } = this.accessKeys.first();
    return {
      region: caller.region,
      credentials: { accessKeyId, secretAccessKey },
      requestHandler: clientHandler(this.service, caller, (region) => this.caller({ ...options, region })),
    };
  }

  /**
   * Answers an AWS SDK v3 client's `send` before it serializes and signs, which is many times quicker: `using attached = sim.attach(client)`.
   * Failures, retries, time limits and abort signals take the way of the SDK. Middleware of the client sees only those.
   */
  attach(client: SdkClient, options: CallerOptions = {}): Attachment {
    this.#requireOpen();
    return attachment(client, this.service, (region) =>
      this.caller(region === undefined ? options : { region, ...options }),
    );
  }

  /**
   * Answers calls to `https://kms.<region>.amazonaws.com` that this process makes with fetch, node:http or node:https:
   * `using caught = await sim.intercept()`. Everything else goes its way.
   */
  async intercept(options: InterceptOptions = {}): Promise<Interception> {
    this.#requireOpen();
    const { intercept } = await loadInterception();
    return intercept(this, options);
  }

  /** Whether somebody may do something, and why: the decisions without the call. */
  explain(options: ExplainOptions): Explanation {
    const { caller, question } = explainQuestion(options);
    const decisions = this.upToDate().explain({ ...question, caller: this.caller(caller) });
    return explanationOf(decisions, explainDecision);
  }

  /** Who can do something with a key, and under which conditions: `sim.whoCan('Decrypt', keyId)`. Changes nothing. */
  whoCan(operation: OperationName | `kms:${string}`, keyId: string, options: WhoCanOptions = {}): WhoCanAnswer {
    const { region = this.region, ...question } = whoCanQuestion(operation, keyId, options);
    return new WhoCanAnswer(operation, whoCan(this.upToDate(), { ...question, caller: this.caller({ region }) }));
  }

  /**
   * Everything, as plain data. `createKmsim({ snapshot })` goes on from here, as often as you like: with a seed anywhere, for it is in there;
   * without one in this process. For files: `{ key }` seals it, and it opens wherever the key is; `{ plaintextKeys: true }` leaves it open to all.
   */
  snapshot(options?: SnapshotOptions & { readonly key?: undefined }): KmsimSnapshot;
  snapshot(options: SnapshotOptions & { readonly key: Uint8Array }): SealedSnapshot;
  snapshot(options: SnapshotOptions = {}): KmsimSnapshot | SealedSnapshot {
    const plain = { account: this.account, region: this.region, kms: takeSnapshot(this.kms) };
    return formOf(plain, this.#room.backend, options);
  }

  /** What has happened, line by line: requests, answers, timed effects, faults. Nothing secret is in it, unless it was asked for inputs. */
  get trace(): SimTrace {
    if (this.#trace === undefined) throw new KmsimError('NoTrace', 'This simulation writes no trace.');
    return this.#trace;
  }

  /** A second simulation that goes on from here, with the trace so far. Neither knows of the other. */
  fork(): Kmsim {
    const past = this.#past();
    return new Kmsim({ ...this.#room.configuration, snapshot: past.snapshot }, past);
  }

  /** Remembers where the simulation stands, for `rewind`. */
  mark(): Mark {
    return this.#marks.add(this.#past());
  }

  /** Goes back to a mark, as often as you like: records, keys, clock, trace and random bytes are those of then. Clients stay good. */
  rewind(to: Mark): void {
    this.#requireOpen();
    const { kms, trace } = this.#room.goOn(this.#marks.get(to), this.#kms);
    this.#kms.abandon();
    this.#trace = trace;
    this.#kms = kms;
  }

  #past(): Past {
    return pastOf({ kms: this.#kms, trace: this.#trace }, this.snapshot());
  }

  /** Ends the simulation and overwrites its keys. Calls that come later are refused. Forgetting it instead leaks nothing. */
  close(): void {
    this.#closed = true;
    this.#kms.abandon();
  }

  // What is due is done before somebody looks: in a live simulation nothing else does it between two requests.
  protected override upToDate(): Kms {
    const { kms } = this;
    kms.advance();
    return kms;
  }

  #requireOpen(): void {
    if (this.#closed) throw new KmsimError('Closed', 'The simulation is closed.');
  }

  [Symbol.dispose](): void {
    this.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.close();
  }
}

/** A simulated AWS KMS in this process. */
export function createKmsim(options: KmsimOptions = {}): Kmsim {
  refuseInProduction();
  return new Kmsim(options);
}
