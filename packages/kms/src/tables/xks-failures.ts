// What goes wrong between KMS and an external key store proxy, and what KMS makes of it.
// The table under "Error codes" of https://github.com/aws/aws-kms-xksproxy-api-spec/blob/main/xks_proxy_api_spec.md, for texts and exceptions.
// https://docs.aws.amazon.com/kms/latest/developerguide/xks-troubleshooting.html, for connection error codes and for what the table leaves open.

import type { ErrorCode } from '../api/errors.ts';
import type { ConnectionErrorCodeType } from '../api/types.ts';

export interface XksFailure {
  readonly message: string;
  /** Of CreateCustomKeyStore and UpdateCustomKeyStore. */
  readonly management: ErrorCode;
  readonly createKey: ErrorCode;
  /** Where a connection fails of it. */
  readonly connection: ConnectionErrorCodeType;
}

const uninterpretable: XksFailure = {
  message:
    'AWS KMS cannot interpret the response from the external key store proxy. If you see this error repeatedly, report it to your external key store proxy administrator.',
  management: 'XksProxyInvalidResponseException',
  createKey: 'CustomKeyStoreInvalidStateException',
  connection: 'XKS_PROXY_INVALID_RESPONSE',
};

const unreachable = (message: string, connection: ConnectionErrorCodeType): XksFailure => ({
  message,
  management: 'XksProxyUriUnreachableException',
  createKey: 'CustomKeyStoreInvalidStateException',
  connection,
});

/** By the errorName of the proxy's answer. Any other name is no answer that KMS can interpret. */
export const proxyErrors: Readonly<Record<string, XksFailure>> = {
  ValidationException: uninterpretable,
  InvalidStateException: {
    message:
      'The external key associated with this KMS key in an external key store is not enabled in the external key manager. Enable the external key in the external key manager and retry the request.',
    // Open in the table: a health check has no key.
    management: 'XksProxyUriUnreachableException',
    createKey: 'XksKeyInvalidConfigurationException',
    connection: 'XKS_PROXY_NOT_REACHABLE',
  },
  InvalidCiphertextException: {
    ...uninterpretable,
    message:
      'The external key store proxy rejected the request because the specified ciphertext or encryption context is corrupted, missing, or otherwise invalid.',
  },
  InvalidKeyUsageException: {
    ...uninterpretable,
    message:
      'The external key associated with this KMS key in an external key store does not support the requested operation. Enable the operation on the key in your external key manager, and try the request again.',
    createKey: 'XksKeyInvalidConfigurationException',
  },
  AuthenticationFailedException: {
    message:
      'The external key store proxy rejected the request because it could not authenticate AWS KMS. Verify the XKS proxy authentication credentials for your external key store and update if necessary.',
    management: 'XksProxyIncorrectAuthenticationCredentialException',
    createKey: 'CustomKeyStoreInvalidStateException',
    connection: 'INVALID_CREDENTIALS',
  },
  // CreateKey has no KMSInvalidStateException, which the table names for it; the guide has this one.
  AccessDeniedException: {
    ...uninterpretable,
    message:
      'The external key store proxy denied access to the operation. Verify that the user and the external key are both authorized for this operation, and try the request again.',
    connection: 'XKS_PROXY_ACCESS_DENIED',
  },
  KeyNotFoundException: {
    ...uninterpretable,
    message:
      'The external key associated with this KMS key in an external key store was not found in its external key manager. If the external key ID associated with this KMS key is incorrect, create a new KMS key with the correct external key ID.',
    createKey: 'XksKeyNotFoundException',
  },
  InvalidUriPathException: {
    message:
      'The external key store proxy rejected the request because of an invalid URI path. Verify the URI path for your external key store and update if necessary.',
    management: 'XksProxyInvalidConfigurationException',
    createKey: 'CustomKeyStoreInvalidStateException',
    connection: 'XKS_PROXY_INVALID_CONFIGURATION',
  },
  ThrottlingException: unreachable(
    'The external key store proxy rejected the request due to a very high request rate. Reduce the frequency of your calls using KMS keys in this external key store.',
    'XKS_PROXY_NOT_REACHABLE',
  ),
  // The table names an exception for CreateKey that does not exist; the guide has this one.
  UnsupportedOperationException: {
    ...uninterpretable,
    message:
      'The external key store proxy rejected the request because it does not support the requested operation. If you see this error repeatedly, report it to your external key store proxy administrator.',
  },
  DependencyTimeoutException: unreachable(
    'The external key store proxy did not respond to the request in the time allotted. Retry the request. If you see this error repeatedly, report it to your external key store proxy administrator.',
    'XKS_PROXY_TIMED_OUT',
  ),
  InternalException: {
    ...uninterpretable,
    message:
      'The external key store proxy rejected the request because it cannot communicate with the external key manager. Verify that the external key store proxy configuration is correct and that the external key manager is available.',
  },
};

export type XksFailureName = 'uninterpretable' | 'unreachable' | 'tls' | 'timed out' | 'unhealthy';

/** What no errorName says. */
export const xksFailures: Readonly<Record<XksFailureName, XksFailure>> = {
  uninterpretable,
  unreachable: unreachable(
    'AWS KMS cannot communicate with the external key store proxy. This might be a transient network issue. If you see this error repeatedly, verify that your external key store proxy is active and is connected to the network, and that its endpoint URI is correct in your external key store.',
    'XKS_PROXY_NOT_REACHABLE',
  ),
  tls: unreachable(
    'AWS KMS cannot establish a TLS connection to the external key store proxy. Verify the TLS configuration, including its certificate.',
    'XKS_PROXY_INVALID_TLS_CONFIGURATION',
  ),
  'timed out': unreachable(
    'AWS KMS rejected the request because the external key store proxy did not respond in time. Retry the request. If you see this error repeatedly, report it to your external key store proxy administrator.',
    'XKS_PROXY_TIMED_OUT',
  ),
  // All external key managers are UNAVAILABLE. The text is the guide's.
  unhealthy: unreachable(
    'The external key store proxy is in an unhealthy state. If you see this message repeatedly, notify your external key store proxy administrator.',
    'XKS_PROXY_NOT_REACHABLE',
  ),
};

/** The inner layer does not open: the proxy gave back something else than it was given. */
export const innerCiphertextInvalid =
  'The ciphertext that the external key store proxy submitted for decryption, or the encryption context, is corrupted, missing, or otherwise invalid.';
