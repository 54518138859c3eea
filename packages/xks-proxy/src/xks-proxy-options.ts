// What a proxy is made of.

import type { XksCredential } from './credentials.ts';
import type { XksKeyOptions } from './external-keys.ts';
import type { KeyManager } from './key-managers.ts';
import type { RequestMetadata } from './request-metadata.ts';
import type { XksOperationName } from './routes.ts';

export interface XksProxyOptions {
  /** Text: same seed, same keys, credential and bytes. Or bytes from a generator of random numbers, 32 at least: nothing repeats. */
  readonly seed: string | Uint8Array;
  /** What AWS KMS signs with; from the seed when absent. */
  readonly credential?: XksCredential;
  /** `/stores/one` makes `/stores/one/kms/xks/v1` of the path; none when absent. */
  readonly pathPrefix?: string;
  /** Ids, or more than ids. */
  readonly keys?: readonly (string | XksKeyOptions)[];
  /** Two that are ACTIVE when absent. */
  readonly managers?: readonly KeyManager[];
  /** Bytes of the initialization vectors that are made here; 12 when absent. */
  readonly ivLength?: 12 | 16;
  /** Secondary authorization: false is AccessDeniedException. Not asked for GetHealthStatus. */
  readonly authorize?: (request: AuthorizedRequest) => boolean;
  /** Told of defects. The client sees InternalException and no word of it. */
  readonly onInternalError?: (error: unknown) => void;
}

export interface AuthorizedRequest {
  readonly operation: XksOperationName;
  readonly keyId: string;
  readonly requestMetadata: RequestMetadata;
}
