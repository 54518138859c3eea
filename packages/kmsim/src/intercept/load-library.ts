// @mswjs/interceptors, an optional peer dependency: loaded when the first simulation intercepts.

import { KmsimError } from '../kmsim-error.ts';

const name = '@mswjs/interceptors';

export interface InterceptorLibrary {
  readonly BatchInterceptor: typeof import('@mswjs/interceptors').BatchInterceptor;
  readonly ClientRequestInterceptor: typeof import('@mswjs/interceptors/ClientRequest').ClientRequestInterceptor;
  readonly FetchInterceptor: typeof import('@mswjs/interceptors/fetch').FetchInterceptor;
}

export async function loadInterceptors(): Promise<InterceptorLibrary> {
  try {
    const [{ BatchInterceptor }, { ClientRequestInterceptor }, { FetchInterceptor }] = await Promise.all([
      import('@mswjs/interceptors'),
      import('@mswjs/interceptors/ClientRequest'),
      import('@mswjs/interceptors/fetch'),
    ]);
    return { BatchInterceptor, ClientRequestInterceptor, FetchInterceptor };
  } catch (cause) {
    throw new KmsimError('NoInterceptors', `sim.intercept needs ${name}, which cannot be loaded.`, { cause });
  }
}
