// The errors of the XKS proxy API, each with its HTTP status.
// https://github.com/aws/aws-kms-xksproxy-api-spec/blob/main/xks_proxy_api_spec.md ("Error codes")

export const errorStatuses = {
  ValidationException: 400,
  InvalidStateException: 400,
  InvalidCiphertextException: 400,
  InvalidKeyUsageException: 400,
  AuthenticationFailedException: 401,
  AccessDeniedException: 403,
  KeyNotFoundException: 404,
  InvalidUriPathException: 404,
  ThrottlingException: 429,
  InternalException: 500,
  UnsupportedOperationException: 501,
  DependencyTimeoutException: 503,
} as const;

export type XksErrorName = keyof typeof errorStatuses;

/** Why a request is not carried out. */
export interface XksFailure {
  readonly error: XksErrorName;
  readonly message: string;
}

export function failure(error: XksErrorName, message: string): XksFailure {
  return { error, message };
}

export function isFailure(value: unknown): value is XksFailure {
  return typeof value === 'object' && value !== null && 'error' in value;
}

/** Fewer than 512 characters, printable ASCII alone. */
export function errorMessage(message: string): string {
  return message.replace(/[^\x20-\x7e]/g, '?').slice(0, 511);
}
