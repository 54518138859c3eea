// KMS as the client of an external key store proxy: what it sends, and what of the answer it takes.
// https://github.com/aws/aws-kms-xksproxy-api-spec/blob/main/xks_proxy_api_spec.md

import type { Call } from '../operation.ts';
import type { CustomKeyStoreRecord } from '../state/key-store-records.ts';
import type { EndpointRecord, KeyRecord } from '../state/records.ts';
import { proxyErrors, type XksFailure, type XksFailureName, xksFailures } from '../tables/xks-failures.ts';
import { proxySecret } from './secrets.ts';
import type { XksAnswer } from './xks-transport.ts';

/** The members of an answer with status 200. */
export type XksMembers = Readonly<Record<string, unknown>>;
export type XksApi = 'health' | 'metadata' | 'encrypt' | 'decrypt';

/** An answer, or what went wrong. Raises Waiting while there is none. */
export function askProxy(
  call: Call,
  store: Pick<CustomKeyStoreRecord, 'account' | 'id' | 'proxy'>,
  api: { readonly name: XksApi; readonly xksKeyId?: string },
  body: string,
): XksMembers | XksFailure {
  const { proxy } = store;
  if (proxy === undefined) return xksFailures.unreachable;
  const { accessKeyId, endpoint, path, vpcEndpointServiceName } = proxy;
  const key = api.xksKeyId === undefined ? '' : `/keys/${api.xksKeyId}`;
  const answer = call.external({
    endpoint,
    path: `${path}${key}/${api.name}`,
    body,
    region: call.site.region,
    now: call.now,
    number: call.request,
    credential: { accessKeyId, rawSecretAccessKey: proxySecret(call.kms, store.id, proxy) },
    ...(vpcEndpointServiceName !== undefined && { vpcEndpointServiceName }),
  });
  return read(answer);
}

export function isFailure(answer: XksMembers | XksFailure): answer is XksFailure {
  return 'connection' in answer;
}

// Whatever is not an answer as the specification has it cannot be interpreted; a redirect is none.
function read(answer: XksAnswer): XksMembers | XksFailure {
  if ('failure' in answer) return failureOf(answer.failure);
  const members = objectIn(answer.body);
  if (answer.status === 200 && members !== undefined) return members;
  const name = members?.['errorName'];
  const known = typeof name === 'string' && Object.hasOwn(proxyErrors, name) ? proxyErrors[name] : undefined;
  return known ?? xksFailures.uninterpretable;
}

function failureOf(failure: string): XksFailure {
  return Object.hasOwn(xksFailures, failure) ? xksFailures[failure as XksFailureName] : xksFailures.unreachable;
}

/** Undefined: no JSON, or no object. Nothing of it may pass for a failure of ours. */
function objectIn(text: string): XksMembers | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    const answer = value as Record<string, unknown>;
    if (!Object.hasOwn(answer, 'connection')) return answer;
    const { connection: _, ...members } = answer;
    return members;
  } catch {
    return undefined;
  }
}

/** The VPC endpoint that the proxy is told of: its account's, through which the caller came himself. */
export function endpointOf({ caller, kms }: Call, key?: KeyRecord): EndpointRecord | undefined {
  const { endpoint, principal, via } = caller;
  const isTold = via === undefined && endpoint !== undefined && key?.account === principal.account;
  return isTold ? kms.endpoints.get(endpoint) : undefined;
}

/** What the proxy is told of a request, to decide by and to write down. */
export function requestMetadata(call: Call, key?: KeyRecord): Record<string, string> {
  const { caller, operation } = call;
  const { principal, via } = caller;
  const endpoint = endpointOf(call, key);
  return {
    awsPrincipalArn: principal.roleArn ?? principal.arn,
    ...(endpoint && { awsSourceVpc: endpoint.vpc, awsSourceVpce: endpoint.id }),
    ...(key && { kmsKeyArn: key.arn }),
    kmsOperation: operation,
    kmsRequestId: call.requestId,
    ...(via && { kmsViaService: serviceName(via.service) }),
  };
}

// The specification's example has the bare name: "ebs" for "ebs.us-east-1.amazonaws.com".
function serviceName(service: string): string {
  return service.replace(/\..*$/, '');
}

/** Of a health check, which is about no caller and no key. */
export function healthMetadata({ operation, requestId }: Call): Record<string, string> {
  return { kmsRequestId: requestId, kmsOperation: operation };
}
