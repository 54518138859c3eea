// A request to the service itself that somebody caught on its way, in the process that sent it. No server listens, so there is no other host
// to be taken for; of the guard the rest remains: routes, headers, content type and size.

import { type Answer, refuse, type Service } from './aws-json.ts';
import { type CallOptions, replyToCall } from './http-call.ts';
import { admit, type RequestHead } from './http-guard.ts';
import { maxBodyBytes } from './json-body.ts';
import { KnownCallers } from './known-callers.ts';
import { refusals } from './refusal.ts';

export interface CaughtRequest extends RequestHead {
  /** The host that it was sent to, with which `rawHeaders` must agree. */
  readonly host: string;
  readonly body: Uint8Array;
}

const here = '127.0.0.1';

/** Answers requests as the HTTP door does. */
export function answerCaught(
  kms: Service,
  options: Omit<CallOptions, 'defaultRegion' | 'sts'>,
): (request: CaughtRequest, defaultRegion: string) => Promise<Answer> {
  const callers = new KnownCallers();
  return async ({ body, host, method, path, rawHeaders }, defaultRegion) => {
    const admission = admit({ method, path, rawHeaders }, { boundHost: host, allowedHosts: [] });
    if (admission.kind === 'refused') return refuse(admission.refusal);
    // The service has no such page.
    if (admission.kind === 'health') return refuse(refusals.unknownOperation);
    if (body.length > maxBodyBytes) return refuse(refusals.tooLarge);
    const { headers, protocol } = admission;
    return replyToCall(kms, { method, path, headers, protocol, body }, { ...options, defaultRegion }, callers, here);
  };
}
