// Why an HTTP door does not open.

import { shown } from './refusal.ts';

export type HttpDoorFault = 'KMSIM_HOST_NOT_LOOPBACK' | 'KMSIM_ALLOWED_HOST_INVALID';

const words: Readonly<Record<HttpDoorFault, { readonly message: string; readonly hint: string }>> = {
  KMSIM_HOST_NOT_LOOPBACK: {
    message: 'is reachable from beyond this machine',
    hint: 'Listen on 127.0.0.1, or set exposed: true if everybody who reaches the port may use the keys.',
  },
  KMSIM_ALLOWED_HOST_INVALID: {
    message: 'is not the name of a host',
    hint: 'An allowed host is one name or address, without scheme, path or wildcard: kms.internal.',
  },
};

export class HttpDoorError extends Error {
  override readonly name = 'HttpDoorError';
  readonly code: HttpDoorFault;
  /** What to do about it. */
  readonly hint: string;

  constructor(code: HttpDoorFault, host: string) {
    super(`The host '${shown(host)}' ${words[code].message}.`);
    this.code = code;
    this.hint = words[code].hint;
  }
}
