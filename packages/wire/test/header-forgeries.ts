// Headers that proxies, services and other simulators take for the caller, around a request that somebody has signed.

import { fc } from '@fast-check/vitest';
import { type HttpCredential, type Identification, identify } from '../src/http-caller.ts';
import type { SignedRequest } from '../src/sigv4.ts';
import { alice } from './kms-double.ts';
import { exampleKey, signedAt, signedRequest, withHeaders } from './signed-request.ts';

const { principal } = alice;
const credential: HttpCredential = { secretAccessKey: exampleKey.secretAccessKey, principal };

const strict: Identification = {
  credentials: { mode: 'strict', lookup: (id) => (id === exampleKey.accessKeyId ? credential : undefined) },
  defaultRegion: 'us-east-1',
  signatureClock: () => signedAt,
};

const names = [
  'x-amz-account-id',
  'x-amz-source-account',
  'x-amz-source-arn',
  'x-amz-region',
  'x-amz-security-token',
  'x-amzn-principal',
  'x-moto-account-id',
  'x-localstack-account',
  'x-account-id',
  'x-forwarded-for',
  'x-forwarded-user',
  'forwarded',
  'cookie',
  'via',
  'region',
  'authorization2',
  'proxy-authorization',
  '__proto__',
  'constructor',
];
const values = fc.oneof(
  fc.constantFrom(
    '999999999999',
    'arn:aws:iam::999999999999:root',
    'Bearer x',
    'Credential=999999999999/20150830/us-east-1/kms/aws4_request',
    'AKIAOTHER',
    '',
  ),
  fc.string({ maxLength: 40 }),
);

export type ForgedHeaders = readonly (readonly [name: string, value: string])[];

export const forgedHeaders: fc.Arbitrary<ForgedHeaders> = fc.uniqueArray(fc.tuple(fc.constantFrom(...names), values), {
  maxLength: 8,
  selector: ([name]) => name,
});

export function signedForForgery(): Promise<SignedRequest> {
  return signedRequest({ region: 'eu-central-1' });
}

/** What went wrong; undefined: the caller is whoever signed, or there is none. */
export function forgeryFault(request: SignedRequest, forged: ForgedHeaders): string | undefined {
  const caller = identify({ ...request, headers: new Map([...request.headers, ...forged]) }, strict);
  if ('refusal' in caller) {
    // A token that nobody signed.
    return forged.some(([name]) => name === 'x-amz-security-token') ? undefined : `refused: ${caller.refusal.code}`;
  }
  return caller.principal === principal && caller.region === 'eu-central-1' ? undefined : JSON.stringify(caller);
}

/** As `forgeryFault`, for another text in the place of a part of the Authorization header. */
export function claimFault(request: SignedRequest, text: string, at: number): string | undefined {
  const header = request.headers.get('authorization') ?? '';
  const authorization = header.slice(0, at) + text + header.slice(at + text.length);
  const caller = identify(withHeaders(request, { authorization }), strict);
  if ('refusal' in caller) return undefined;
  return caller.principal === principal && caller.region === 'eu-central-1' ? undefined : JSON.stringify(caller);
}
