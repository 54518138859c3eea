// What KMS asks a proxy before it works with it: whether it is well, and what an external key is.

import { fail } from '../api/errors.ts';
import type { Call } from '../operation.ts';
import type { CustomKeyStoreRecord } from '../state/key-store-records.ts';
import { type XksFailure, xksFailures } from '../tables/xks-failures.ts';
import { askProxy, healthMetadata, isFailure, requestMetadata, type XksMembers } from './xks-client.ts';

/** Undefined: the proxy is well, and at least one of its external key managers is there. */
export function healthFailure(
  call: Call,
  store: Pick<CustomKeyStoreRecord, 'account' | 'id' | 'proxy'>,
): XksFailure | undefined {
  const body = JSON.stringify({ requestMetadata: healthMetadata(call) });
  const answer = askProxy(call, store, { name: 'health' }, body);
  if (isFailure(answer)) return answer;
  const managers = managersIn(answer);
  if (managers === undefined) return xksFailures.uninterpretable;
  return managers.every((status) => status === 'UNAVAILABLE') ? xksFailures.unhealthy : undefined;
}

const statuses: readonly unknown[] = ['ACTIVE', 'DEGRADED', 'UNAVAILABLE'];

// The states of the external key managers; undefined when the answer is none that the specification allows.
function managersIn(answer: XksMembers): unknown[] | undefined {
  const { ekmFleetDetails, ekmVendor, xksProxyFleetSize, xksProxyModel, xksProxyVendor } = answer as {
    readonly [member: string]: unknown;
  };
  const isWhole =
    Number.isInteger(xksProxyFleetSize) &&
    Number(xksProxyFleetSize) >= 1 &&
    [ekmVendor, xksProxyModel, xksProxyVendor].every((text) => typeof text === 'string');
  if (!isWhole || !Array.isArray(ekmFleetDetails) || ekmFleetDetails.length < 1 || ekmFleetDetails.length > 10)
    return undefined;
  const found = ekmFleetDetails.map((manager: unknown) => (manager as { healthStatus?: unknown } | null)?.healthStatus);
  return found.every((status) => statuses.includes(status)) ? found : undefined;
}

/** Raises what CreateKey answers where the external key is not one that KMS can use. */
export function requireExternalKey(call: Call, store: CustomKeyStoreRecord, xksKeyId: string): void {
  const body = JSON.stringify({ requestMetadata: requestMetadata(call) });
  const answer = askProxy(call, store, { name: 'metadata', xksKeyId }, body);
  if (isFailure(answer)) fail(answer.createKey, answer.message);
  const { keySpec, keyStatus, keyUsage } = answer as { readonly [member: string]: unknown };
  const isWhole =
    typeof keySpec === 'string' && typeof keyStatus === 'string' && Array.isArray(keyUsage) && keyUsage.length <= 10;
  if (!isWhole || !keyUsage.every((usage) => typeof usage === 'string')) {
    const { createKey, message } = xksFailures.uninterpretable;
    fail(createKey, message);
  }
  // https://docs.aws.amazon.com/kms/latest/developerguide/xks-troubleshooting.html#fix-external-key-create
  if (keySpec !== 'AES_256')
    unusable(`The key spec of the external key must be AES_256. The key spec of specified external key is ${keySpec}.`);
  if (keyStatus !== 'ENABLED')
    unusable(`The status of the external key must be ENABLED. The status of specified external key is ${keyStatus}.`);
  if (!keyUsage.includes('ENCRYPT') || !keyUsage.includes('DECRYPT'))
    unusable(
      `The key usage of the external key must include ENCRYPT and DECRYPT. The key use of specified external key is ${keyUsage.join(', ')}.`,
    );
}

function unusable(message: string): never {
  return fail('XksKeyInvalidConfigurationException', message);
}
