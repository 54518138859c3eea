// What sim.intercept() takes and gives.

import type { CheckedSignatures } from '../checked-signatures.ts';

export interface InterceptOptions {
  /**
   * `strict` (default): every request is signed with one of the simulation's access keys.
   * `permissive`: nothing is checked; an access key id of 12 digits is the root user of that account, any other the administrator.
   */
  readonly credentials?: CheckedSignatures;
}

export interface Interception {
  /** Calls go to the network again. */
  close(): void;
  [Symbol.dispose](): void;
}
