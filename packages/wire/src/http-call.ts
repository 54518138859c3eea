// A request that the guard has let in: who calls, and what they are answered.

import { type Answer, type AnswerHooks, answer, refuse, type Service } from './aws-json.ts';
import { claimedAccessKey, clientOf } from './client.ts';
import { type Identification, identify } from './http-caller.ts';
import type { Protocol } from './http-guard.ts';
import type { KnownCallers } from './known-callers.ts';
import type { SignedRequest } from './sigv4.ts';
import { answerQuery, refuseQuery, type SecurityTokens } from './sts-query.ts';

export interface CallOptions extends Identification, AnswerHooks {
  /** Answers beside KMS, on the same port. */
  readonly sts?: SecurityTokens | undefined;
}

export interface HttpCall extends SignedRequest {
  readonly protocol: Protocol;
  /** Whether its connection has ended. */
  readonly isGone?: () => boolean;
}

/** `address`: from where it came. */
export function replyToCall(
  kms: Service,
  call: HttpCall,
  options: CallOptions,
  callers: KnownCallers,
  address: string | undefined,
): Answer | Promise<Answer> {
  const { body, headers, isGone, protocol } = call;
  if (protocol === 'query' && options.sts !== undefined) return replyToQuery(call, options.sts, kms.refuse(), options);
  const caller = identify(call, options);
  if ('refusal' in caller) return refuse(caller.refusal, kms.refuse());
  const client = {
    ...clientOf((name) => headers.get(name), address),
    ...claimedAccessKey(headers.get('authorization')),
  };
  return answer(
    kms,
    { target: headers.get('x-amz-target'), body, caller: callers.with(caller, client), isGone },
    options,
  );
}

function replyToQuery(
  signed: SignedRequest,
  sts: SecurityTokens,
  requestId: string,
  options: CallOptions,
): Answer | Promise<Answer> {
  const caller = identify(signed, options, 'sts');
  if ('refusal' in caller) return refuseQuery(caller.refusal, requestId);
  return answerQuery(sts, { body: signed.body, caller, requestId }, options);
}
