// sim.intercept(): calls of this process to the addresses of AWS KMS are answered by a simulation, and reach no network.

import { signatureForm } from '../checked-signatures.ts';
import type { Served } from '../http-identification.ts';
import { KmsimError } from '../kmsim-error.ts';
import { checkOptions, type Forms } from '../option-forms.ts';
import { answering, connectionReset } from './caught-request.ts';
import type { Interception, InterceptOptions } from './intercept-options.ts';
import { loadInterceptors } from './load-library.ts';

const forms: Forms<InterceptOptions> = { credentials: signatureForm };

// The modules that send are the whole process's, so only one simulation can stand before them.
const active = new Set<Interception>();

export async function intercept(sim: Served, options: InterceptOptions = {}): Promise<Interception> {
  checkOptions('sim.intercept', options, forms, 'docs/intercept.md');
  const [library, answer, { syncBuiltinESMExports }] = await Promise.all([
    loadInterceptors(),
    answering(sim, options.credentials ?? 'strict'),
    import('node:module'),
  ]);
  if (sim.closed) throw new KmsimError('Closed', 'The simulation is closed.');
  if (active.size > 0)
    throw new KmsimError(
      'AlreadyIntercepted',
      'A simulation answers the addresses of AWS KMS in this process already.',
    );
  const { BatchInterceptor, ClientRequestInterceptor, FetchInterceptor } = library;
  const interceptor = new BatchInterceptor({
    name: 'kmsim',
    interceptors: [new ClientRequestInterceptor(), new FetchInterceptor()],
  });
  interceptor.on('request', async ({ controller, request }) => {
    try {
      const answered = await answer(request);
      if (answered === 'reset') controller.errorWith(connectionReset());
      else if (answered !== undefined) controller.respondWith(answered);
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
