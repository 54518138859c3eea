// A part of Node, in a browser: it says that it is not there.

import { KmsimError } from './kmsim-error.ts';

export function notInBrowser(what: string): () => Promise<never> {
  return async () => refuse(what);
}

/** The same where nobody waits. */
export function refuse(what: string): never {
  throw new KmsimError('NotInBrowser', `${what} cannot be had in a browser.`);
}
