// Whether a custom key store may work with a proxy as it is set: asked when a store is made and when it is changed.

import { fail } from '../api/errors.ts';
import type { Call } from '../operation.ts';
import type { CustomKeyStoreRecord } from '../state/key-store-records.ts';
import { serviceFault } from './endpoint-services.ts';
import { healthFailure } from './proxy-checks.ts';

type Asking = Pick<CustomKeyStoreRecord, 'account' | 'id' | 'proxy' | 'region'>;

export function requireService(call: Call, store: Asking): void {
  const fault = serviceFault(call.kms, store);
  if (fault === undefined) return;
  fail(
    fault.kind === 'not found'
      ? 'XksProxyVpcEndpointServiceNotFoundException'
      : 'XksProxyVpcEndpointServiceInvalidConfigurationException',
    fault.message,
  );
}

/** Raises what the proxy's health check makes of it. */
export function requireHealth(call: Call, store: Asking): void {
  const failure = healthFailure(call, store);
  if (failure !== undefined) fail(failure.management, failure.message);
}
