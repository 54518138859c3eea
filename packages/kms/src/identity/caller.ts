// Who calls, and how the call comes.

import type { Principal } from '@kmsim/authz';
import type { Session, Source, Via } from './session.ts';

/** Who calls, where, and how the call comes. */
export interface Caller {
  readonly principal: Principal;
  readonly region: string;
  /** What was said when the principal's session began. */
  readonly session?: Session | undefined;
  /** The service that makes the call on the principal's behalf. */
  readonly via?: Via | undefined;
  /** For what a service principal calls. */
  readonly source?: Source | undefined;
  /** The id of the VPC endpoint that the request comes through. */
  readonly endpoint?: string | undefined;
  readonly sourceIp?: string | undefined;
}
