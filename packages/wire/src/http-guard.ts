// Whether an HTTP request may be looked at: decided by its head alone, before a byte of the body is read.
// Against web pages that call a server on the same machine: DNS rebinding, cross-site requests, simple POSTs.

import { type HostNames, strangeHost } from './guard/host.ts';
import { foreignPage } from './guard/origin.ts';
import { maxBodyBytes } from './json-body.ts';
import { type Refusal, refusals } from './refusal.ts';

export interface RequestHead {
  readonly method: string;
  /** The request target as it was sent. */
  readonly path: string;
  /** Name and value by turns, as they were sent. */
  readonly rawHeaders: readonly string[];
}

export interface HostPolicy extends HostNames {
  /** Signed forms are let in too: a Query service answers beside KMS. */
  readonly forms?: boolean;
}

/** Names in lower case. */
export type Headers = ReadonlyMap<string, string>;

export interface Refused {
  readonly kind: 'refused';
  readonly refusal: Refusal;
  /** The method that the path takes, for a 405 (RFC 9110, 15.5.6). */
  readonly allow?: string;
  /** The body is short enough to be read and thrown away, so that the client reads the answer, not a reset, and can go on. */
  readonly drain: boolean;
}

export type Admission =
  | { readonly kind: 'call'; readonly protocol: Protocol; readonly headers: Headers }
  | { readonly kind: 'health'; readonly form: HealthForm }
  | Refused;

/** Our own, and that of LocalStack, for which scripts wait. */
export type HealthForm = 'kmsim' | 'localstack';

/** AWS JSON, which KMS speaks; AWS Query, which STS speaks. */
export type Protocol = 'json' | 'query';

/** Node drops headers past 2000 in silence, an Origin among them, so they must be refused long before. */
export const maxHeaders = 64;
/** A body up to this length is read to its end and thrown away. */
export const maxDrainedBytes: number = 4 * maxBodyBytes;

// Two of one of these, and two readers could see two requests.
const single = new Set([
  'host',
  'origin',
  'sec-fetch-site',
  'content-type',
  'content-length',
  'authorization',
  'date',
  'x-amz-date',
  'x-amz-target',
  'x-amz-security-token',
  'x-amz-content-sha256',
]);

export function admit({ method, path, rawHeaders }: RequestHead, policy: HostPolicy): Admission {
  const headers = readHeaders(rawHeaders);
  if (!(headers instanceof Map)) return refused(headers);
  const refusal =
    strangeHost(headers.get('host') ?? '', policy) ?? foreignPage(method, headers) ?? wrongRoute(method, path);
  if (refusal !== undefined) return { ...refused(refusal, headers), ...allowed(refusal, path) };
  const form = healthForms.get(path);
  if (form !== undefined) return { kind: 'health', form };
  const protocol = protocolOf(headers, policy);
  if (protocol === undefined) return refused(unfitType, headers);
  return declaredLength(headers) > maxBodyBytes
    ? refused(refusals.tooLarge, headers)
    : { kind: 'call', protocol, headers };
}

/** Names in lower case; a refusal for too many of them, and for two of one that must be single. */
export function readHeaders(raw: readonly string[]): Map<string, string> | Refusal {
  if (raw.length > 2 * maxHeaders) return own(431, 'RequestHeaderFieldsTooLargeException', 'More than 64 headers.');
  const headers = new Map<string, string>();
  for (let at = 0; at < raw.length; at += 2) {
    const name = raw[at]?.toLowerCase() ?? '';
    const value = raw[at + 1] ?? '';
    const earlier = headers.get(name);
    if (earlier !== undefined && single.has(name)) return own(400, 'MalformedRequestException', `Two ${name} headers.`);
    headers.set(name, earlier === undefined ? value : `${earlier},${value}`);
  }
  return headers;
}

// https://docs.localstack.cloud/aws/configuration/networking/internal-endpoints/
const healthForms: ReadonlyMap<string, HealthForm> = new Map([
  ['/health', 'kmsim'],
  ['/_localstack/health', 'localstack'],
]);

const methods: ReadonlyMap<string, string> = new Map([
  ['/', 'POST'],
  ...Array.from(healthForms.keys(), (path) => [path, 'GET'] as const),
]);

function wrongRoute(method: string, path: string): Refusal | undefined {
  const only = methods.get(path);
  if (only === undefined) return own(404, 'UnknownOperationException', 'A KMS request goes to POST /.');
  if (only !== method) return own(405, 'UnknownOperationException', `${path} takes ${only} only.`);
  return undefined;
}

function allowed({ status }: Refusal, path: string): { readonly allow?: string } {
  const allow = methods.get(path);
  return status === 405 && allow !== undefined ? { allow } : {};
}

// The content type of JSON makes every browser ask first: a form cannot send it. What a form can send is let in with the header of a
// signature alone, for which a browser asks first, too.
function protocolOf(headers: Headers, { forms = false }: HostPolicy): Protocol | undefined {
  const type = headers.get('content-type') ?? '';
  if (/^application\/x-amz-json-1\.1\s*(;|$)/i.test(type)) return 'json';
  const form = /^application\/x-www-form-urlencoded\s*(;|$)/i.test(type);
  return forms && form && headers.has('authorization') ? 'query' : undefined;
}

const unfitType: Refusal = own(
  415,
  'UnknownOperationException',
  'The content type of a KMS request is application/x-amz-json-1.1.',
);

function declaredLength(headers: Headers): number {
  return Number(headers.get('content-length') ?? 0);
}

// Without headers nothing is known of the body, in chunks not how long it is. Who waits to be asked may send it, or not.
function refused(refusal: Refusal, headers?: Headers): Refused {
  const known = headers !== undefined && !headers.has('transfer-encoding') && !headers.has('expect');
  return { kind: 'refused', refusal, drain: known && declaredLength(headers) <= maxDrainedBytes };
}

function own(status: number, code: string, message: string): Refusal {
  return { code, status, message };
}
