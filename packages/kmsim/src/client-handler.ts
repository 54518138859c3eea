// The request handler of an SDK client in a test: what is no answer of KMS (a closed simulation, a defect of kmsim) is raised
// where the client was called, instead of looking like a service that is down.

import type { Caller } from '@kmsim/kms';
import { type SdkRequestHandler, type Service, sdkRequestHandler } from '@kmsim/wire';

export function clientHandler(service: Service, caller: Caller): SdkRequestHandler {
  return sdkRequestHandler(service, () => caller, { raisesDefects: true });
}
