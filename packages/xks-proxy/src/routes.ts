// Which request goes where, by its path and method.

import { failure, type XksFailure } from './errors.ts';

export type XksOperationName = 'GetHealthStatus' | 'GetKeyMetadata' | 'Encrypt' | 'Decrypt';

export interface Route {
  readonly operation: XksOperationName;
  /** Absent: the request is about no key. */
  readonly keyId?: string;
}

const keyOperations: ReadonlyMap<string, XksOperationName> = new Map([
  ['metadata', 'GetKeyMetadata'],
  ['encrypt', 'Encrypt'],
  ['decrypt', 'Decrypt'],
]);

// At most 128 of these characters: "API operations" of the specification. `.` and `..` are taken away from a path before it is signed.
const keyPath = /^\/keys\/(?!\.{1,2}\/)([\w.-]{1,128})\/([a-z]+)$/;

/** `uriPath` is the part that the store is created with: `/prefix/kms/xks/v1`. */
export function routeOf(path: string, uriPath: string): Route | XksFailure {
  if (path.startsWith(`${uriPath}/`)) {
    const rest = path.slice(uriPath.length);
    if (rest === '/health') return { operation: 'GetHealthStatus' };
    const [, keyId, last = ''] = keyPath.exec(rest) ?? [];
    const operation = keyOperations.get(last);
    if (operation !== undefined && keyId !== undefined) return { operation, keyId };
  }
  return failure('InvalidUriPathException', 'The URI path is not one of this proxy.');
}

// XksProxyUriPath has at most 128 characters. https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateCustomKeyStore.html
const prefixForm = /^(\/[\w-]+)*$/;
const suffix = '/kms/xks/v1';

/** The path of a prefix (`/stores/one`, or nothing); undefined where it has no such form. */
export function uriPathOf(prefix: string): string | undefined {
  const path = `${prefix}${suffix}`;
  return prefixForm.test(prefix) && path.length <= 128 ? path : undefined;
}
