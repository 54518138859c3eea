// Why a server does not listen, in the words of this package.

import { KmsimError } from './kmsim-error.ts';

export function whyNotServed(error: unknown): unknown {
  const { code, message } = error as { code?: string; message: string };
  if (code === 'KMSIM_HOST_NOT_LOOPBACK') return new KmsimError('NotLoopback', message, { cause: error });
  if (code === 'KMSIM_ALLOWED_HOST_INVALID') return new KmsimError('InvalidOption', message, { cause: error });
  // What node:net says names the address: "listen EADDRINUSE: address already in use 127.0.0.1:4599".
  if (code !== undefined)
    return new KmsimError('CannotListen', `${message.replace(/^listen /, '')}.`, { cause: error });
  return error;
}
