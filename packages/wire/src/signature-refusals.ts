// The words in which AWS refuses a signature. All of them are HTTP 400 over AWS JSON.
//
// As dynalite recorded them from a service of the same framework (github.com/mhart/dynalite, index.js), with the changes seen since:
// the Authorization header comes back as a hash, because it may hold another scheme's secret.

import type { CredentialScope } from './authorization-header.ts';
import { sha256Hex } from './expected-signature.ts';
import { type Refusal, shown } from './refusal.ts';

export const missingToken: Refusal = refusal('MissingAuthenticationTokenException', 'Missing Authentication Token');

export const invalidToken: Refusal = refusal(
  'UnrecognizedClientException',
  'The security token included in the request is invalid.',
);

export const expiredToken: Refusal = refusal(
  'ExpiredTokenException',
  'The security token included in the request is expired',
);

export const wrongSignature: Refusal = invalidSignature(
  'The request signature we calculated does not match the signature you provided. ' +
    'Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
);

export function incompleteSignature(message: string): Refusal {
  return refusal('IncompleteSignatureException', message);
}

export function invalidSignature(message: string): Refusal {
  return refusal('InvalidSignatureException', message);
}

export function noPair(header: string): Refusal {
  return incompleteSignature(
    `Invalid key=value pair (missing equal-sign) in Authorization header (hashed with SHA-256 and encoded with Base64): '${hashed(header)}'.`,
  );
}

/** Names every missing part. */
export function missingParts(
  parts: Readonly<Record<'Credential' | 'Signature' | 'SignedHeaders', string | undefined>>,
  timestamp: string | undefined,
  header: string,
): Refusal {
  let text = '';
  for (const [name, value] of Object.entries(parts)) {
    if (!value) text += `Authorization header requires '${name}' parameter. `;
  }
  if (!timestamp) text += "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ";
  return incompleteSignature(`${text}(Hashed with SHA-256 and encoded with Base64) Authorization=${hashed(header)}`);
}

/** Recorded for the host alone. */
export function unsignedHeader(name: string): Refusal {
  const spelled = name === 'host' ? "'Host' or ':authority'" : `'${name}'`;
  return invalidSignature(`${spelled} must be a 'SignedHeader' in the AWS Authorization.`);
}

export function unsupportedAlgorithm(sent: string, supported: string): Refusal {
  return incompleteSignature(`Unsupported AWS 'algorithm': '${shown(sent)}' (only ${supported} for now). `);
}

export function fiveElements(credential: string): Refusal {
  return incompleteSignature(
    `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${shown(credential)}'`,
  );
}

/** What is wrong with a scope: false is wrong. */
export type ScopeChecks = Readonly<Record<'region' | 'service' | 'terminator' | 'date', boolean>>;

/** All that is wrong in one message, a space behind each: https://github.com/aws/aws-sdk-ruby/issues/431 */
export function misplacedScope(
  scope: CredentialScope,
  right: ScopeChecks,
  service: string,
  timestamp: string,
): Refusal {
  const { region, terminator, date } = scope;
  let text = '';
  if (!right.region) text += `Credential should be scoped to a valid region, not '${shown(region)}'. `;
  if (!right.service) text += `Credential should be scoped to correct service: '${service}'. `;
  if (!right.terminator) {
    text += `Credential should be scoped with a valid terminator: 'aws4_request', not '${shown(terminator)}'. `;
  }
  if (!right.date) {
    const days = `'${shown(date)}' != '${timestamp.slice(0, 8)}', from '${timestamp}'`;
    text += `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: ${days}.`;
  }
  return invalidSignature(text);
}

function hashed(header: string): string {
  return Buffer.from(sha256Hex(header), 'hex').toString('base64');
}

function refusal(code: string, message: string): Refusal {
  return { code, status: 400, message };
}
