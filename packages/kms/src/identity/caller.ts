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
  /** What a door knows of the program that calls. No decision asks for it; the trail writes it down. */
  readonly client?: Client | undefined;
}

export interface Client {
  readonly accessKeyId?: string | undefined;
  readonly userAgent?: string | undefined;
  /** IP address. */
  readonly address?: string | undefined;
  /** The Host header. */
  readonly host?: string | undefined;
}
