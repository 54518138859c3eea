// The request handler of an SDK client in a test: what is no answer of KMS (a closed simulation, a defect of kmsim) is raised
// where the client was called, instead of looking like a service that is down.

import type { Caller } from '@kmsim/kms';
import { type SdkRequestHandler, type Service, sdkRequestHandler, signedRegion } from '@kmsim/wire';

// What people write for a service on their own machine, which takes no notice of it. Any other word that is no Region is a mistake.
const noRegion = 'local';

/** `callerIn`: who calls from another Region than `caller`, for a client that was given one of its own: `{ ...sim.clientConfig(), region }`. */
export function clientHandler(
  service: Service,
  caller: Caller,
  callerIn: (region: string) => Caller = () => caller,
): SdkRequestHandler {
  const callers = new Map([[caller.region, caller]]);
  const callerFrom = (region: string): Caller => {
    const known = callers.get(region) ?? callerIn(region);
    callers.set(region, known);
    return known;
  };
  const regionOf = (signed: string | undefined): string =>
    signed === undefined || signed === noRegion ? caller.region : signed;
  return sdkRequestHandler(service, (request) => callerFrom(regionOf(signedRegion(request))), { raisesDefects: true });
}
