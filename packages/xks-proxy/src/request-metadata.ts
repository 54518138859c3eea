// The requestMetadata of a request: who asked AWS KMS for what. None of it is judged, so that AWS KMS may say more one day.

import { failure, type XksFailure } from './errors.ts';
import type { XksOperationName } from './routes.ts';

export interface RequestMetadata {
  readonly kmsOperation: string;
  readonly kmsRequestId: string;
  readonly awsPrincipalArn?: string;
  readonly kmsKeyArn?: string;
  readonly awsSourceVpc?: string;
  readonly awsSourceVpce?: string;
  readonly kmsViaService?: string;
}

type Member = keyof RequestMetadata;

const always: readonly Member[] = ['kmsOperation', 'kmsRequestId'];

// The REQUIRED fields of each API. https://github.com/aws/aws-kms-xksproxy-api-spec/blob/main/xks_proxy_api_spec.md
const required: Readonly<Record<XksOperationName, readonly Member[]>> = {
  GetHealthStatus: always,
  GetKeyMetadata: [...always, 'awsPrincipalArn'],
  Encrypt: [...always, 'awsPrincipalArn', 'kmsKeyArn'],
  Decrypt: [...always, 'awsPrincipalArn', 'kmsKeyArn'],
};

const optional: readonly Member[] = ['awsPrincipalArn', 'kmsKeyArn', 'awsSourceVpc', 'awsSourceVpce', 'kmsViaService'];

export function readRequestMetadata(operation: XksOperationName, value: unknown): RequestMetadata | XksFailure {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return invalid('requestMetadata');
  const given = value as Readonly<Record<string, unknown>>;
  const read: Record<string, string> = {};
  for (const name of required[operation])
    if (typeof given[name] !== 'string') return invalid(`requestMetadata.${name}`);
  for (const name of [...always, ...optional]) {
    const member = Object.hasOwn(given, name) ? given[name] : undefined;
    if (member === undefined) continue;
    if (typeof member !== 'string') return invalid(`requestMetadata.${name}`);
    read[name] = member;
  }
  return read as unknown as RequestMetadata;
}

export function invalid(member: string): XksFailure {
  return failure('ValidationException', `The member ${member} is missing or not of its form.`);
}
