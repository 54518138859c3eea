// `kmsim/msw`: a simulation as a request handler of Mock Service Worker, beside the handlers of other services.
// https://mswjs.io/docs/api/http

import { signatureForm } from '../checked-signatures.ts';
import type { Kmsim } from '../create-kmsim.ts';
import { KmsimError } from '../kmsim-error.ts';
import { checkOptions, isRecord } from '../option-forms.ts';
import { answering } from './caught-request.ts';
import type { InterceptOptions } from './intercept-options.ts';

export type { InterceptOptions } from './intercept-options.ts';

/** What of msw's `http` is used. It is handed in, so that a handler is one of the msw that you have, whatever its version. */
export interface MswHttp<Handler> {
  all(path: RegExp, resolver: (info: { readonly request: Request }) => Promise<Response | undefined>): Handler;
}

// Which of them are addresses of KMS is judged with the request: other partitions have none that are known.
const kmsAddress = /^https:\/\/kms(?:-fips)?\./;

const page = 'docs/intercept.md';

/** Answers calls to the addresses of AWS KMS: `setupServer(kmsHandler(http, sim))`, with `http` from msw. */
export function kmsHandler<Handler>(http: MswHttp<Handler>, sim: Kmsim, options: InterceptOptions = {}): Handler {
  const given: unknown = http;
  if (!(isRecord(given) && typeof given['all'] === 'function'))
    throw new KmsimError('InvalidOption', "kmsHandler takes first `http`, as in import { http } from 'msw'.", { page });
  checkOptions('kmsHandler', options, { credentials: signatureForm }, page);
  if (sim.closed) throw new KmsimError('Closed', 'The simulation is closed.');
  let answer: ReturnType<typeof answering> | undefined;
  return http.all(kmsAddress, async ({ request }) => {
    answer ??= answering(sim, options.credentials ?? 'strict');
    const answered = await (await answer)(request);
    // https://mswjs.io/docs/http/mocking-responses/error-responses: a network error.
    return answered === 'reset' ? Response.error() : answered;
  });
}
