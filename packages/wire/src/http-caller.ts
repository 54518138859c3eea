// Who calls over HTTP, and in which region: from a verified signature, or (when asked for) from a claim.

import type { Caller } from '@kmsim/kms';
import { isRegion, parseAuthorization, parseCredential } from './authorization-header.ts';
import type { Refusal } from './refusal.ts';
import { type SignedRequest, type SigningCredential, verifySignature } from './sigv4.ts';

export interface HttpCredential extends SigningCredential {
  readonly principal: Caller['principal'];
}

export type Credentials =
  | { readonly mode: 'strict'; lookup(accessKeyId: string): HttpCredential | undefined }
  /** Nothing is verified: whoever reaches the port is whom `principalFor` says, for the access key that the request claims. */
  | { readonly mode: 'permissive'; principalFor(accessKeyId: string | undefined): Caller['principal'] };

export interface Identification {
  readonly credentials: Credentials;
  /** Where a permissive door sends a request that names no region. */
  readonly defaultRegion: string;
  readonly signatureClock: () => number;
}

export async function identify(
  request: SignedRequest,
  { credentials, defaultRegion, signatureClock }: Identification,
): Promise<Caller | { readonly refusal: Refusal }> {
  if (credentials.mode === 'permissive') {
    const claim = claimedScope(request.headers.get('authorization'));
    const region = claim !== undefined && isRegion(claim.region) ? claim.region : defaultRegion;
    return { principal: credentials.principalFor(claim?.accessKeyId), region };
  }
  const lookup = (accessKeyId: string): HttpCredential | undefined => credentials.lookup(accessKeyId);
  const verdict = await verifySignature(request, { lookup, now: signatureClock });
  return 'refusal' in verdict ? verdict : { principal: verdict.credential.principal, region: verdict.region };
}

function claimedScope(header: string | undefined): { accessKeyId: string; region: string } | undefined {
  const parsed = parseAuthorization(header);
  return typeof parsed === 'object' && parsed.credential !== undefined ? parseCredential(parsed.credential) : undefined;
}
