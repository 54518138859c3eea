// What the proxy remembers of the requests it has answered, for tests and for correlation with a trail: nothing of what was encrypted.

import type { XksErrorName } from './errors.ts';
import type { RequestMetadata } from './request-metadata.ts';
import type { Route, XksOperationName } from './routes.ts';

export interface SeenRequest {
  readonly operation: XksOperationName;
  readonly keyId?: string;
  /** Absent where the request could not be read so far. */
  readonly requestMetadata?: RequestMetadata;
  /** Status of the honest answer, and why if it is an error. */
  readonly status: number;
  readonly errorName?: XksErrorName;
}

const remembered = 1000;

/** The last thousand. */
export class SeenRequests {
  #seen: SeenRequest[] = [];

  add(route: Route, request: Omit<SeenRequest, keyof Route>): void {
    this.#seen.push({ ...route, ...request });
    if (this.#seen.length >= 2 * remembered) this.#seen = this.#seen.slice(-remembered);
  }

  list(): readonly SeenRequest[] {
    return this.#seen.slice(-remembered);
  }

  clear(): void {
    this.#seen = [];
  }
}
