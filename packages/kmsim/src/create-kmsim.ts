// createKmsim: one simulated AWS KMS for a test, and everything a person does with it.

import { explainDecision } from '@kmsim/authz';
import { chooseBackend } from '@kmsim/hsm-core';
import {
  type Caller,
  createKms,
  type Kms,
  type KmsMethods,
  type OperationName,
  restoreSnapshot,
  takeSnapshot,
} from '@kmsim/kms';
import { type SdkRequestHandler, sdkRequestHandler } from '@kmsim/wire';
import { liveWorld, parseInstant, simulatedWorld, type World } from '@kmsim/world';
import { type Explanation, explanationOf } from './explanation.ts';
import { KmsimError } from './kmsim-error.ts';
import {
  administratorArn,
  administratorPolicy,
  defaultAccessKey,
  defaultAccount,
  defaultRegion,
  type KmsimOptions,
  type KmsimSnapshot,
} from './options.ts';
import { AccessKeys, Identities, principalOf } from './principals.ts';
import { SimClock } from './sim-clock.ts';

/** Who calls, and in which Region. */
export interface CallerOptions {
  /** ARN of a principal; the administrator when absent. */
  readonly as?: string;
  readonly region?: string;
}

/** What `new KMSClient(...)` of AWS SDK v3 takes. */
export interface SdkClientConfig {
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly requestHandler: SdkRequestHandler;
}

export interface ExplainOptions extends CallerOptions {
  readonly operation: OperationName;
  /** The key in any of its four forms; for operations on keys. */
  readonly keyId?: string;
}

export class Kmsim {
  readonly account: string;
  readonly region: string;
  /** The seed, or undefined where the machine's entropy is used. */
  readonly seed: string | undefined;
  readonly clock: SimClock;
  readonly identities: Identities;
  readonly accessKeys: AccessKeys;
  readonly #kms: Kms;
  #closed = false;

  constructor(options: KmsimOptions = {}) {
    const { snapshot } = options;
    this.account = twelveDigits(options.account ?? snapshot?.account ?? defaultAccount);
    this.region = aRegion(options.region ?? snapshot?.region ?? defaultRegion);
    const backend = chooseBackend(options.backend);
    if (backend === undefined) throw new KmsimError('NoNativeBackend', 'The native backend was asked for.');
    const world = worldFor(options);
    this.seed = world.seed;
    this.#kms = createKms({ world, backend });
    this.clock = new SimClock(this.#kms);
    this.identities = new Identities(this.#kms);
    if (snapshot === undefined)
      this.identities.put({
        arn: administratorArn(this.account),
        policies: { AdministratorAccess: administratorPolicy },
      });
    else if (restoreSnapshot(this.#kms, snapshot.kms) !== undefined)
      throw new KmsimError('InvalidSnapshot', 'The snapshot cannot be opened.');
    for (const identity of options.identities ?? []) this.identities.put(identity);
    this.accessKeys = new AccessKeys(options.accessKeys ?? [], defaultAccessKey, administratorArn(this.account));
  }

  /** The engine itself, for those who build doors of their own. */
  get kms(): Kms {
    if (this.#closed) throw new KmsimError('Closed', 'The simulation is closed.');
    return this.#kms;
  }

  /** A principal and a Region as the engine wants them. */
  caller({ as, region }: CallerOptions = {}): Caller {
    return { principal: principalOf(as ?? administratorArn(this.account)), region: aRegion(region ?? this.region) };
  }

  /** The 56 operations as typed methods, called directly: `await sim.as(role).encrypt({ KeyId, Plaintext })`. */
  as(principal?: string, options: { readonly region?: string } = {}): KmsMethods {
    return this.kms.as(this.caller({ ...options, ...(principal !== undefined && { as: principal }) }));
  }

  /** The configuration of a real AWS SDK v3 client that talks to this simulation: `new KMSClient(sim.clientConfig())`. */
  clientConfig(options: CallerOptions = {}): SdkClientConfig {
    const caller = this.caller(options);
    const { accessKeyId, secretAccessKey } = this.accessKeys.first();
    const service = {
      dispatch: (visit: Parameters<Kms['dispatch']>[0]) => this.kms.dispatch(visit),
      requestId: (visit: Parameters<Kms['requestId']>[0]) => this.#kms.requestId(visit),
      refuse: () => this.#kms.refuse(),
    };
    return {
      region: caller.region,
      credentials: { accessKeyId, secretAccessKey },
      requestHandler: sdkRequestHandler(service, () => caller, { onInternalError: rethrow }),
    };
  }

  /** Whether somebody may do something, and why: the decisions without the call. */
  explain({ keyId, operation, ...caller }: ExplainOptions): Explanation {
    return explanationOf(this.kms.explain({ caller: this.caller(caller), operation, keyId }), explainDecision);
  }

  /** Everything, as plain data. `createKmsim({ snapshot })` goes on from here, as often as you like. */
  snapshot(): KmsimSnapshot {
    return { account: this.account, region: this.region, kms: takeSnapshot(this.kms) };
  }

  /** Ends the simulation. Calls that come later are refused. Nothing has to be freed, so forgetting it leaks nothing. */
  close(): void {
    this.#closed = true;
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
  return new Kmsim(options);
}

function worldFor({ seed, snapshot, start }: KmsimOptions): World {
  const position = snapshot?.kms.world;
  if (seed === undefined && position?.seed === undefined) {
    if (start !== undefined) throw new KmsimError('InvalidOption', 'A start needs a seed.');
    return liveWorld(position === undefined ? {} : { position });
  }
  const first = start === undefined ? undefined : parseInstant(start);
  if (start !== undefined && first === undefined)
    throw new KmsimError('InvalidInstant', `${JSON.stringify(start)} is no instant.`);
  return simulatedWorld({
    seed: seed ?? '',
    ...(first !== undefined && { start: first }),
    ...(position !== undefined && { position }),
  });
}

function twelveDigits(account: string): string {
  if (!/^\d{12}$/.test(account))
    throw new KmsimError('InvalidOption', `${JSON.stringify(account)} is no account id: 12 digits.`);
  return account;
}

function aRegion(region: string): string {
  if (!/^[a-z]{2,}(-[a-z]+)+-\d+$/.test(region))
    throw new KmsimError('InvalidOption', `${JSON.stringify(region)} is no Region: 'us-east-1'.`);
  return region;
}

// A defect of kmsim should fail the test that met it, not look like a service that is down.
function rethrow(error: unknown): never {
  throw error;
}
