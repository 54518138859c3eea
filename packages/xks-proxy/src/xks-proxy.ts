// An external key store proxy: everything it says, without a socket.
// https://github.com/aws/aws-kms-xksproxy-api-spec/blob/main/xks_proxy_api_spec.md

import { parseBody } from '@kmsim/wire/http';
import { Credentials } from './authentication.ts';
import { credentialOf, type XksCredential } from './credentials.ts';
import { errorMessage, errorStatuses, failure, isFailure, type XksFailure } from './errors.ts';
import { ExternalKeys, type XksKeyInfo, type XksKeyOptions, type XksKeyStatus } from './external-keys.ts';
import type { Body } from './fields.ts';
import { jsonAnswer, type XksHttpAnswer, type XksHttpRequest } from './http.ts';
import { type HealthStatus, KeyManagers } from './key-managers.ts';
import { misbehaved, type XksMisbehaviour } from './misbehaviour.ts';
import { decrypt } from './operations/decrypt.ts';
import { encrypt } from './operations/encrypt.ts';
import { getKeyMetadata } from './operations/get-key-metadata.ts';
import type { KeyOperation } from './operations/operation.ts';
import { type MisbehaviourScope, Plan } from './plan.ts';
import { type RequestMetadata, readRequestMetadata } from './request-metadata.ts';
import { type SeenRequest, SeenRequests } from './requests.ts';
import { type Route, routeOf, uriPathOf, type XksOperationName } from './routes.ts';
import { Seed } from './seed.ts';
import { invalidOption } from './xks-proxy-error.ts';
import type { XksProxyOptions } from './xks-proxy-options.ts';

/** The longest request of the API has 26 KB: 8,192 bytes of additional data, 4,300 of plaintext, two ARNs of 2,048 characters. */
const maxBodyBytes = 65_536;

const operations: Readonly<Record<Exclude<XksOperationName, 'GetHealthStatus'>, KeyOperation<unknown>>> = {
  GetKeyMetadata: getKeyMetadata,
  Encrypt: encrypt as KeyOperation<unknown>,
  Decrypt: decrypt as KeyOperation<unknown>,
};

export class XksProxy {
  readonly #credential: XksCredential;
  /** XksProxyUriPath. */
  readonly uriPath: string;
  readonly #options: XksProxyOptions;
  readonly #credentials: Credentials = new Credentials();
  readonly #keys: ExternalKeys;
  readonly #managers: KeyManagers;
  readonly #seen: SeenRequests = new SeenRequests();
  readonly #plan: Plan = new Plan();
  readonly #answered: Map<XksOperationName, XksHttpAnswer> = new Map();

  constructor(options: XksProxyOptions) {
    const { ivLength = 12, keys = [], managers, pathPrefix = '', seed: given } = options;
    if (typeof given !== 'string' && given.length < 32) throw invalidOption('A seed of bytes has 32 of them at least.');
    const seed = new Seed(given);
    const uriPath = uriPathOf(pathPrefix);
    if (uriPath === undefined)
      throw invalidOption('A path prefix is like /stores/one: letters, digits, - and _, 116 characters at most.');
    this.uriPath = uriPath;
    this.#credential = options.credential ?? credentialOf(seed);
    this.#credentials.put(this.#credential);
    this.#options = options;
    this.#keys = new ExternalKeys(seed, ivLength);
    this.#managers = new KeyManagers(managers);
    for (const key of keys) this.createKey(key);
  }

  /** What CreateCustomKeyStore is given: XksProxyAuthenticationCredential. Whoever prints the proxy does not see it. */
  get credential(): XksCredential {
    return this.#credential;
  }

  createKey(key: string | XksKeyOptions): XksKeyInfo {
    return this.#keys.create(typeof key === 'string' ? { id: key } : key);
  }

  get keys(): readonly XksKeyInfo[] {
    return this.#keys.list();
  }

  setKeyStatus(keyId: string, keyStatus: XksKeyStatus): void {
    if (keyStatus !== 'ENABLED' && keyStatus !== 'DISABLED')
      throw invalidOption('The status of a key is ENABLED or DISABLED.');
    this.#keys.change(keyId, { keyStatus });
  }

  setKeyUsage(keyId: string, keyUsage: readonly string[]): void {
    this.#keys.change(keyId, { keyUsage: [...keyUsage] });
  }

  /** New material; what was encrypted before can still be decrypted. */
  rotateKey(keyId: string): void {
    this.#keys.rotate(keyId);
  }

  /** For good: the same id made anew from a seed has the same material. */
  deleteKey(keyId: string): void {
    this.#keys.delete(keyId);
  }

  /** One more credential, beside those there are. */
  addCredential(credential: XksCredential): void {
    this.#credentials.put(credential);
  }

  removeCredential(accessKeyId: string): void {
    this.#credentials.remove(accessKeyId);
  }

  /** Of one key manager, or of all of them. */
  setHealth(health: HealthStatus, managerId?: string): void {
    this.#managers.setHealth(health, managerId);
  }

  /** From now on, and as long as the scope says, the proxy does not do as it should. */
  misbehave(how: XksMisbehaviour, scope: MisbehaviourScope = {}): void {
    this.#plan.add(how, scope);
  }

  behave(): void {
    this.#plan.clear();
  }

  /** The last thousand requests with a path of this proxy, in order. */
  get requests(): readonly SeenRequest[] {
    return this.#seen.list();
  }

  /** Never throws. */
  handle(request: XksHttpRequest): XksHttpAnswer {
    const { method, path } = request;
    // For load balancers: "Load balancer health checks" of the specification, and the path of AWS's sample proxy.
    if (path === '/ping' && method === 'GET')
      return { status: 200, headers: { 'content-type': 'text/plain' }, body: 'pong' };
    const route = routeOf(path, this.uriPath);
    if (isFailure(route)) return answerOf(route);
    if (method !== 'POST') {
      const refused = failure('UnsupportedOperationException', 'The XKS proxy API takes POST alone.');
      const { body, headers } = answerOf(refused);
      return { status: 405, headers: { ...headers, allow: 'POST' }, body };
    }
    const how = this.#plan.take(route.operation);
    const led = how?.kind === 'other key' && route.keyId !== undefined ? { ...route, keyId: how.keyId } : route;
    const { answer, aad } = this.#honest(request, led);
    const previous = this.#answered.get(route.operation);
    this.#answered.set(route.operation, answer);
    return how === undefined ? answer : misbehaved(how, { answer, previous, aad });
  }

  #honest(request: XksHttpRequest, route: Route): { readonly answer: XksHttpAnswer; readonly aad: string } {
    const seen: { requestMetadata?: RequestMetadata; aad?: string } = {};
    let outcome: object | XksFailure;
    try {
      outcome = this.#carryOut(request, route, seen);
    } catch (error) {
      this.#options.onInternalError?.(error);
      outcome = failure('InternalException', 'The proxy failed while it answered.');
    }
    const answer = answerOf(outcome);
    const { aad = '', requestMetadata } = seen;
    this.#seen.add(route, {
      status: answer.status,
      ...(requestMetadata !== undefined && { requestMetadata }),
      ...(isFailure(outcome) && { errorName: outcome.error }),
    });
    return { answer, aad };
  }

  // Whose request it is comes first; then what it says, whom it is about, whether it may be, and whether it can be.
  #carryOut(
    request: XksHttpRequest,
    { keyId, operation }: Route,
    seen: { requestMetadata?: RequestMetadata; aad?: string },
  ): object | XksFailure {
    const bytes = typeof request.body === 'string' ? Buffer.from(request.body) : request.body;
    if (bytes.length > maxBodyBytes)
      return failure('ValidationException', `The request is longer than ${maxBodyBytes} bytes.`);
    const unsigned = this.#credentials.refuse(request, bytes);
    if (unsigned !== undefined) return unsigned;
    const body = bodyOf(bytes);
    if (body === undefined) return failure('ValidationException', 'The request is no JSON object.');
    const requestMetadata = readRequestMetadata(operation, body['requestMetadata']);
    if (isFailure(requestMetadata)) return requestMetadata;
    seen.requestMetadata = requestMetadata;
    if (operation === 'GetHealthStatus' || keyId === undefined) return this.#health();
    const aad = body['additionalAuthenticatedData'];
    if (typeof aad === 'string') seen.aad = aad;

    const { needs, read, run } = operations[operation];
    const input = read(body);
    if (isFailure(input)) return input;
    if (!this.#managers.anyAvailable)
      return failure('DependencyTimeoutException', 'No external key manager can be reached.');
    const key = this.#keys.get(keyId);
    if (key === undefined) return failure('KeyNotFoundException', 'There is no such external key.');
    if (this.#options.authorize?.({ operation, keyId, requestMetadata }) === false)
      return failure('AccessDeniedException', 'The request is not authorized by what its metadata says.');
    const needed = needs(input);
    if (needed.length > 0 && key.keyStatus !== 'ENABLED')
      return failure('InvalidStateException', 'The external key is disabled.');
    if (needed.some((usage) => !key.keyUsage.includes(usage) || key.keySpec !== 'AES_256'))
      return failure('InvalidKeyUsageException', 'The external key is not for this operation.');
    return run(this.#keys, keyId, input);
  }

  #health(): object {
    return {
      xksProxyFleetSize: 1,
      xksProxyVendor: 'kmsim',
      xksProxyModel: 'kmsim XKS proxy (simulated)',
      ekmVendor: 'kmsim',
      ekmFleetDetails: this.#managers.list(),
    };
  }
}

function answerOf(outcome: object | XksFailure): XksHttpAnswer {
  if (!isFailure(outcome)) return jsonAnswer(200, outcome);
  const { error, message } = outcome;
  return jsonAnswer(errorStatuses[error], { errorName: error, errorMessage: errorMessage(message) });
}

function bodyOf(bytes: Uint8Array): Body | undefined {
  const parsed = parseBody(bytes);
  if ('refusal' in parsed) return undefined;
  const { value } = parsed;
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Body) : undefined;
}
