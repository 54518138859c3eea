// The fast door of the AWS SDK for JavaScript v3: a client whose `send` answers before it serializes and signs. What fails, and what is
// not a plain call, takes the whole way through the SDK, so that errors have the SDK's classes and its retries happen.
// The types are structural, so that no version of the SDK is part of this API.

import { type Caller, isOperationName, KmsError, type OperationName, Visit } from '@kmsim/kms';
import type { Service } from './aws-json.ts';
import { type SdkRequestHandler, sdkRequestHandler } from './sdk-door.ts';

export interface SdkClient {
  send(...given: never[]): unknown;
  readonly config: object;
}

/** What an attached client asks. */
export interface AttachedTo {
  readonly service: Service;
  /** Who calls, from the Region that the client is configured for; undefined: for none. */
  readonly callerIn: (region: string | undefined) => Caller;
  /** The whole way: what a service answers that is asked by the client's own requests. */
  readonly door?: (service: Service, caller: Caller) => SdkRequestHandler;
  /** Whether an error is an answer, which the SDK must make its own of, and not a defect to be raised as it is. */
  readonly isAnswer?: (error: unknown) => boolean;
}

interface Command {
  readonly input?: unknown;
}

type Send = (command: Command, options?: unknown) => Promise<unknown>;
type Callback = (error: unknown, output?: unknown) => void;

/** What the whole way needs of a client's configuration. */
interface Config {
  region?: unknown;
  requestHandler?: unknown;
  credentials?: unknown;
  signer?: unknown;
  /** A stack that is kept would keep its handler, too. */
  cacheMiddleware?: unknown;
}

/** Of a client that somebody has attached: what it was before, and who answers it, the latest last. */
interface Taken {
  readonly own: Send;
  readonly answering: Attached[];
  readonly giveBack: () => void;
}

const taken = new WeakMap<object, Taken>();

/** Answers what the client is asked, until the function that comes back is called. The latest who attaches it answers alone. */
export function attachSdkClient(client: SdkClient, to: AttachedTo): () => void {
  const { answering, giveBack, own } = taken.get(client) ?? take(client);
  const attached = new Attached(client, own, to);
  answering.push(attached);
  return () => {
    const at = answering.indexOf(attached);
    if (at < 0) return;
    answering.splice(at, 1);
    if (answering.length === 0) giveBack();
  };
}

function take(client: SdkClient): Taken {
  const own = client.send as unknown as Send;
  const had = Object.getOwnPropertyDescriptor(client, 'send');
  const config = client.config as Config;
  const { cacheMiddleware, credentials, signer } = config;
  const answering: Attached[] = [];
  const send = (command: Command, second?: unknown, third?: unknown): unknown => {
    const callback = [second, third].find((each): each is Callback => typeof each === 'function');
    const options = typeof second === 'function' ? undefined : second;
    const answer = (answering.at(-1) as Attached).send(command, options);
    if (callback === undefined) return answer;
    answer.then(
      (output) => callback(null, output),
      (error: unknown) => callback(error),
    );
    return undefined;
  };
  const giveBack = (): void => {
    if (had === undefined) delete (client as { send?: unknown }).send;
    else Object.defineProperty(client, 'send', had);
    config.credentials = credentials;
    config.signer = signer;
    config.cacheMiddleware = cacheMiddleware;
    taken.delete(client);
  };
  config.credentials = nobody;
  config.signer = unsigned;
  config.cacheMiddleware = false;
  Object.defineProperty(client, 'send', { value: send, configurable: true, writable: true });
  const all = { own, answering, giveBack };
  taken.set(client, all);
  return all;
}

class Attached {
  readonly #client: SdkClient;
  readonly #send: Send;
  readonly #to: AttachedTo;
  #caller: Caller | undefined;

  constructor(client: SdkClient, own: Send, to: AttachedTo) {
    this.#client = client;
    this.#send = own;
    this.#to = to;
  }

  async send(command: Command, options: unknown): Promise<unknown> {
    const caller = this.#caller ?? (await this.#find());
    const { service } = this.#to;
    const operation = operationOf(command);
    // With an abort signal or a time limit the SDK has something to do, too.
    if (operation === undefined || options !== undefined) return this.#whole(service, caller, command, options);
    const visit = new Visit(operation, command.input, 'direct', caller);
    visit.hold();
    if (!isReadable(visit)) return this.#whole(service, caller, command, options);
    try {
      const output = service.dispatch(visit);
      return withMetadata(service, visit, output instanceof Promise ? await output : output);
    } catch (error) {
      if (!(error instanceof KmsError) && this.#to.isAnswer?.(error) !== true) throw error;
      return this.#whole(failingFirst(service, visit, error), caller, command, options);
    }
  }

  async #find(): Promise<Caller> {
    const { region } = this.#client.config as Config;
    const named: unknown = await (typeof region === 'function' ? region() : region);
    this.#caller = this.#to.callerIn(typeof named === 'string' ? named : undefined);
    return this.#caller;
  }

  // The client's stack of middleware takes its handler from the configuration when the call begins.
  #whole(service: Service, caller: Caller, command: Command, options: unknown): Promise<unknown> {
    const config = this.#client.config as Config;
    const { requestHandler } = config;
    config.requestHandler = this.#to.door?.(service, caller) ?? sdkRequestHandler(service, () => caller);
    try {
      return options === undefined
        ? this.#send.call(this.#client, command)
        : this.#send.call(this.#client, command, options);
    } finally {
      config.requestHandler = requestHandler;
    }
  }
}

// Nobody looks at a signature, so nobody's credentials are searched for and none is made.
const nobody = async (): Promise<object> => ({ accessKeyId: 'attached', secretAccessKey: 'attached' });
const unsigned = async (): Promise<object> => ({ sign: async (request: unknown) => request });

// A bundler may have given the class another name: then the request itself says which operation it is.
function operationOf(command: Command | undefined): OperationName | undefined {
  const name = (command?.constructor.name ?? '').replace(/Command$/, '');
  return isOperationName(name) ? name : undefined;
}

function isReadable(visit: Visit): boolean {
  try {
    visit.read();
    return true;
  } catch {
    return false;
  }
}

// The failure of the call that was made already; a repetition is a call of its own.
function failingFirst(service: Service, failed: Visit, error: unknown): Service {
  let isFirst = true;
  return {
    dispatch: (visit) => {
      if (!isFirst) return service.dispatch(visit);
      isFirst = false;
      visit.request = failed.request;
      throw error;
    },
    requestId: (visit) => service.requestId(visit),
    refuse: () => service.refuse(),
  };
}

/** The output of a command of the SDK. */
function withMetadata(service: Service, visit: Visit, output: object): object {
  const requestId = service.requestId(visit);
  const none = { extendedRequestId: undefined, cfId: undefined };
  return { $metadata: { httpStatusCode: 200, requestId, ...none, attempts: 1, totalRetryDelay: 0 }, ...output };
}
