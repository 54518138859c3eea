// sim.intercept(): calls of this process to the addresses of AWS KMS are answered by a simulation, and reach no network.

import type { Answer } from '@kmsim/wire';
import type { CaughtRequest } from '@kmsim/wire/http';
import { signatureForm } from '../checked-signatures.ts';
import { identification, type Served, untilClosed } from '../http-identification.ts';
import { KmsimError } from '../kmsim-error.ts';
import { checkOptions, type Forms } from '../option-forms.ts';
import { endpointRegion } from './endpoint.ts';
import type { Interception, InterceptOptions } from './intercept-options.ts';
import { loadInterceptors } from './load-library.ts';

const forms: Forms<InterceptOptions> = { credentials: signatureForm };

// The modules that send are the whole process's, so only one simulation can stand before them.
const active = new Set<Interception>();

export async function intercept(sim: Served, options: InterceptOptions = {}): Promise<Interception> {
  checkOptions('sim.intercept', options, forms, 'docs/intercept.md');
  const [library, { answerCaught }, { syncBuiltinESMExports }] = await Promise.all([
    loadInterceptors(),
    import('@kmsim/wire/http'),
    import('node:module'),
  ]);
  if (sim.closed) throw new KmsimError('Closed', 'The simulation is closed.');
  if (active.size > 0)
    throw new KmsimError(
      'AlreadyIntercepted',
      'A simulation answers the addresses of AWS KMS in this process already.',
    );
  const { BatchInterceptor, ClientRequestInterceptor, FetchInterceptor } = library;
  const answer = answerCaught(untilClosed(sim), {
    ...identification(sim, options.credentials ?? 'strict'),
    raisesDefects: true,
  });
  const interceptor = new BatchInterceptor({
    name: 'kmsim',
    interceptors: [new ClientRequestInterceptor(), new FetchInterceptor()],
  });
  interceptor.on('request', async ({ controller, request }) => {
    const url = new URL(request.url);
    const region = endpointRegion(url);
    // Whatever else is called goes its way.
    if (region === undefined) return;
    try {
      const answered = await answer(await caught(request, url), region);
      if (answered.lost === 'reset') controller.errorWith(connectionReset());
      else controller.respondWith(responseOf(answered));
    } catch (error) {
      // A defect of kmsim: whoever called shall see it.
      controller.errorWith(error);
    }
  });
  interceptor.apply();
  // For `import { request } from 'node:https'`: https://nodejs.org/api/module.html#modulesyncbuiltinesmexports
  syncBuiltinESMExports();
  const close = (): void => {
    if (!active.delete(interception)) return;
    interceptor.dispose();
    syncBuiltinESMExports();
  };
  const interception: Interception = { close, [Symbol.dispose]: close };
  active.add(interception);
  return interception;
}

async function caught(request: Request, { host, pathname, search }: URL): Promise<CaughtRequest> {
  const headers = [...request.headers];
  // fetch adds it when it sends.
  if (!request.headers.has('host')) headers.push(['host', host]);
  const body = new Uint8Array(await request.arrayBuffer());
  return { host, method: request.method, path: `${pathname}${search}`, rawHeaders: headers.flat(), body };
}

function responseOf({ body, headers, lost, status }: Answer): Response {
  const bytes = new TextEncoder().encode(body);
  if (lost === undefined)
    return new Response(bytes, { status, headers: { ...headers, 'content-length': `${bytes.length}` } });
  return new Response(halfOf(bytes), { status, headers });
}

/** The first half, and then the connection ends. */
function halfOf(bytes: Uint8Array): ReadableStream {
  let isSent = false;
  return new ReadableStream({
    pull(controller) {
      if (isSent) controller.error(connectionReset());
      else controller.enqueue(bytes.subarray(0, bytes.length >>> 1));
      isSent = true;
    },
  });
}

// What node:http says where a server ends the connection: https://nodejs.org/api/http.html#httprequesturl-options-callback
function connectionReset(): Error {
  return Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
}
