// Who signed an HTTP request: AWS Signature Version 4 in the Authorization header, judged in the order that AWS judges in.
//
// The order is the one that dynalite recorded from a service of the same framework (github.com/mhart/dynalite, index.js, the comments
// that begin with "THEN"). Outcomes are values; nothing here throws.

import { timingSafeEqual } from 'node:crypto';
import { type CredentialScope, isRegion, parseAuthorization, parseCredential } from './authorization-header.ts';
import {
  algorithm,
  type CanonicalHeaders,
  canonicalLine,
  expectedSignature,
  type SigningSecret,
  sha256Hex,
} from './expected-signature.ts';
import type { Refusal } from './refusal.ts';
import {
  expiredToken,
  fiveElements,
  invalidToken,
  misplacedScope,
  missingParts,
  missingToken,
  noPair,
  unsignedHeader,
  unsupportedAlgorithm,
  wrongSignature,
} from './signature-refusals.ts';
import { checkTimestamp } from './signature-time.ts';

export interface SignedRequest {
  readonly method: string;
  /** The request target as it was sent. */
  readonly path: string;
  /** Names in lower case; the values of a repeated header joined by a comma. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Uint8Array;
}

export interface SigningCredential {
  readonly secretAccessKey: string;
  /** A temporary credential: the request must carry this token, signed. */
  readonly sessionToken?: string | undefined;
  readonly expired?: boolean | undefined;
}

export interface Verification<Credential extends SigningCredential> {
  lookup(accessKeyId: string): Credential | undefined;
  /** The clock that signatures are measured by, in milliseconds since the epoch. */
  readonly now: () => number;
  readonly service?: string | undefined;
  /** The one path that the request may go to, `/` unless given. Without a query, a blank or a percent sign, and in canonical form. */
  readonly path?: string | undefined;
}

export interface Verified<Credential> {
  readonly accessKeyId: string;
  readonly region: string;
  readonly credential: Credential;
}

export type Verdict<Credential> = Verified<Credential> | { readonly refusal: Refusal };

// An unknown access key is measured against this, so that it takes the same path as a wrong signature: no sooner, no later. The verdict
// stays no, whatever the comparison says.
const nobody: SigningSecret = { accessKeyId: '', secretAccessKey: '' };

export function verifySignature<Credential extends SigningCredential>(
  request: SignedRequest,
  verification: Verification<Credential>,
): Verdict<Credential> {
  const claim = readClaim(request, verification);
  if ('refusal' in claim) return claim;
  const { accessKeyId, region } = claim.scope;
  const known = verification.lookup(accessKeyId);
  const secret = known ? { accessKeyId, secretAccessKey: known.secretAccessKey } : nobody;
  const signed = carriesSignature(request, claim, secret, verification.path ?? '/');
  if (known === undefined) return { refusal: invalidToken };
  if (!signed) return { refusal: wrongSignature };
  const token = request.headers.get('x-amz-security-token') ?? '';
  if (!sameText(known.sessionToken ?? '', token)) return { refusal: invalidToken };
  if (known.expired === true) return { refusal: expiredToken };
  return { accessKeyId, region, credential: known };
}

/** What the request says of its own signature, complete and in time, but not yet proved. */
interface Claim {
  readonly scope: CredentialScope;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  readonly timestamp: string;
}

function readClaim(
  { headers }: SignedRequest,
  { now, service = 'kms' }: Verification<SigningCredential>,
): Claim | { readonly refusal: Refusal } {
  const header = headers.get('authorization') ?? '';
  const parsed = parseAuthorization(header);
  if (parsed === 'not signed') return { refusal: missingToken };
  if (parsed === 'no pair') return { refusal: noPair(header) };
  const timestamp = headers.get('x-amz-date') ?? headers.get('date');
  const { credential, signature, signedHeaders: list } = parsed;
  if (!credential || !signature || !list || !timestamp) {
    const parts = { Credential: credential, Signature: signature, SignedHeaders: list };
    return { refusal: missingParts(parts, timestamp, header) };
  }
  const untimely = checkTimestamp(timestamp, now());
  if (untimely !== undefined) return { refusal: untimely };
  const signedHeaders = list.split(';');
  const unsigned = firstUnsigned(headers, signedHeaders);
  if (unsigned !== undefined) return { refusal: unsignedHeader(unsigned) };
  if (parsed.algorithm !== algorithm) return { refusal: unsupportedAlgorithm(parsed.algorithm, algorithm) };
  const scope = parseCredential(credential);
  if (scope === undefined) return { refusal: fiveElements(credential) };
  const right = {
    region: isRegion(scope.region),
    service: scope.service === service,
    terminator: scope.terminator === 'aws4_request',
    date: scope.date === timestamp.slice(0, 8),
  };
  if (!(right.region && right.service && right.terminator && right.date))
    return { refusal: misplacedScope(scope, right, service, timestamp) };
  return { scope, signedHeaders, signature, timestamp };
}

// Whatever an answer depends on. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
function firstUnsigned(headers: ReadonlyMap<string, string>, signed: readonly string[]): string | undefined {
  if (!signed.includes('host')) return 'host';
  const dated = headers.has('x-amz-date') ? 'x-amz-date' : 'date';
  if (!signed.includes(dated)) return dated;
  return signedWherePresent.find((name) => headers.has(name) && !signed.includes(name));
}

const signedWherePresent = ['x-amz-target', 'x-amz-security-token', 'x-amz-content-sha256'] as const;

function carriesSignature(
  request: SignedRequest,
  { scope: { region, service }, signedHeaders, signature, timestamp }: Claim,
  secret: SigningSecret,
  expectedPath: string,
): boolean {
  const headers = signedOnes(signedHeaders, request.headers);
  const { method, path, body } = request;
  const bodyHash = sha256Hex(body);
  const toSign = { method, path, headers: headers ?? none, bodyHash, timestamp, region, service };
  const matches = sameText(expectedSignature(toSign, secret), signature);
  // Compared as sent, without a query: `/.` and `/` have the same canonical form.
  return matches && headers !== undefined && path === expectedPath && hasDeclaredHash(request, bodyHash);
}

const none: CanonicalHeaders = { lines: '', names: '' };
const plainText = /^[\x20-\x7e]*$/;

// The names as the signer must have written them (sorted, each once, in lower case), each present, each value plain text: a byte that
// canonicalization would fold or re-encode is refused rather than folded.
function signedOnes(names: readonly string[], headers: ReadonlyMap<string, string>): CanonicalHeaders | undefined {
  let lines = '';
  let previous: string | undefined;
  for (const name of names) {
    const value = headers.get(name);
    if (value === undefined || !plainText.test(value)) return undefined;
    if (previous !== undefined && previous >= name) return undefined;
    lines += canonicalLine(name, value);
    previous = name;
  }
  return { lines, names: names.join(';') };
}

// Most clients do not send it. KMS has no unsigned payloads: `UNSIGNED-PAYLOAD` is a wrong hash like any other.
function hasDeclaredHash({ headers }: SignedRequest, bodyHash: string): boolean {
  const declared = headers.get('x-amz-content-sha256');
  return declared === undefined || declared === bodyHash;
}

/** In constant time for texts of one length. The length of a signature and of a token is no secret. */
function sameText(expected: string, given: string): boolean {
  if (expected.length !== given.length) return false;
  if (expected === '') return true;
  const [one, other] = [Buffer.from(expected), Buffer.from(given)];
  return one.length === other.length && timingSafeEqual(one, other);
}
