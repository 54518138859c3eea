// What kms asks of whoever carries its requests to an external key store proxy.
// https://github.com/aws/aws-kms-xksproxy-api-spec/blob/main/xks_proxy_api_spec.md

import type { Instant } from '../state/records.ts';

/** One request to a proxy: POST, JSON, to be signed with Signature V4 for the service `kms-xks-proxy`. */
export interface XksRequest {
  /** XksProxyUriEndpoint: https, a host, no port. */
  readonly endpoint: string;
  /** XksProxyUriPath followed by the path of the API, such as `/kms/xks/v1/keys/1/encrypt`. */
  readonly path: string;
  readonly body: string;
  /** Region of the key store, for the signature. */
  readonly region: string;
  /** Instant of the request, for the signature. */
  readonly now: Instant;
  readonly credential: { readonly accessKeyId: string; readonly rawSecretAccessKey: string };
  /** Number of the request to KMS, for who tells requests apart. */
  readonly number?: number;
  /** Of a store with VPC endpoint service connectivity. */
  readonly vpcEndpointServiceName?: string;
}

/** What came back: an answer of the proxy as it is, or why there is none within the time limit of 250 milliseconds. */
export type XksAnswer =
  | { readonly status: number; readonly body: string }
  | { readonly failure: 'unreachable' | 'tls' | 'timed out' };

/** At once where the proxy lives in the same process. Never rejects. */
export type XksTransport = (request: XksRequest) => XksAnswer | Promise<XksAnswer>;
