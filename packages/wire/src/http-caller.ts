// Who calls over HTTP, and in which region: from a verified signature, or (when asked for) from a claim.

import { type Caller, partitionOf } from '@kmsim/kms';
import { claimedScope, isRegion } from './authorization-header.ts';
import type { Refusal } from './refusal.ts';
import { invalidToken } from './signature-refusals.ts';
import { type SignedRequest, type SigningCredential, verifySignature } from './sigv4.ts';

export interface HttpCredential extends SigningCredential {
  readonly principal: Caller['principal'];
  readonly session?: Caller['session'];
}

export type Credentials =
  | { readonly mode: 'strict'; lookup(accessKeyId: string): HttpCredential | undefined }
  /** Nothing is verified: whoever reaches the port is whom `principalFor` says, for the access key that the request claims. */
  | {
      readonly mode: 'permissive';
      principalFor(accessKeyId: string | undefined, region: string): Caller['principal'];
      /** Goes before `principalFor`, where it knows the access key. */
      lookup?(accessKeyId: string): HttpCredential | undefined;
    };

export interface Identification {
  readonly credentials: Credentials;
  /** Where a permissive door sends a request that names no region. */
  readonly defaultRegion: string;
  readonly signatureClock: () => number;
  /** Why nobody is answered any more; undefined: they are. Asked first, for who has ended knows no caller. */
  readonly away?: (() => Refusal | undefined) | undefined;
}

export function identify(
  request: SignedRequest,
  { away, credentials, defaultRegion, signatureClock }: Identification,
  service = 'kms',
): Caller | { readonly refusal: Refusal } {
  const refusal = away?.();
  if (refusal !== undefined) return { refusal };
  if (credentials.mode === 'permissive') {
    const claim = claimedScope(request.headers.get('authorization'));
    const region = claim !== undefined && isRegion(claim.region) ? claim.region : defaultRegion;
    const known = claim && credentials.lookup?.(claim.accessKeyId);
    return known
      ? callerOf(known, region)
      : { principal: credentials.principalFor(claim?.accessKeyId, region), region };
  }
  const lookup = (accessKeyId: string): HttpCredential | undefined => credentials.lookup(accessKeyId);
  const verdict = verifySignature(request, { lookup, now: signatureClock, service });
  if ('refusal' in verdict) return verdict;
  const { credential, region } = verdict;
  // An access key of one partition is unknown in the others.
  // https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html
  if (credential.principal.partition !== partitionOf(region)) return { refusal: invalidToken };
  return callerOf(credential, region);
}

function callerOf({ principal, session }: HttpCredential, region: string): Caller {
  return session === undefined ? { principal, region } : { principal, region, session };
}
