// One call of the trail, as it is looked at when somebody reads it.

import type { OperationName } from '../api/shapes.ts';
import type { Caller } from '../identity/caller.ts';
import type { Instant, KeyRecord } from '../state/records.ts';
import type { NotedCall } from './noted-call.ts';
import type { TrailValue } from './record.ts';
import type { TrailRow } from './trail-row.ts';
import { trailRows } from './trail-table.ts';

/** What most calls have not got. */
export interface Rarely {
  readonly alias?: string | undefined;
  readonly grant?: string | undefined;
  /** Of the error. */
  readonly message?: string | undefined;
  /** What the room has added. */
  readonly audit?: Readonly<Record<string, TrailValue>> | undefined;
}

interface Noted {
  readonly operation: OperationName;
  readonly caller: Caller;
  readonly now: Instant;
  readonly request: number;
  readonly key: KeyRecord | undefined;
  readonly destinationKey: KeyRecord | undefined;
  readonly errorCode: string | undefined;
  readonly taken: unknown;
  readonly rarely: Rarely | undefined;
  /** In the order of the row's members; undefined: nobody could read the request. */
  readonly sent: readonly unknown[] | undefined;
  readonly isPermitted: boolean;
}

export class CallEntry implements NotedCall {
  readonly operation: OperationName;
  readonly row: TrailRow;
  readonly caller: Caller;
  readonly now: Instant;
  readonly request: number;
  readonly key: KeyRecord | undefined;
  readonly destinationKey: KeyRecord | undefined;
  readonly errorCode: string | undefined;
  readonly taken: unknown;
  readonly #rarely: Rarely;
  readonly #sent: readonly unknown[] | undefined;
  /** Who owns the key is told of calls that were allowed. */
  readonly isPermitted: boolean;

  constructor(noted: Noted) {
    this.operation = noted.operation;
    this.row = trailRows[noted.operation];
    this.caller = noted.caller;
    this.now = noted.now;
    this.request = noted.request;
    this.key = noted.key;
    this.destinationKey = noted.destinationKey;
    this.errorCode = noted.errorCode;
    this.taken = noted.taken;
    this.#rarely = noted.rarely ?? {};
    this.#sent = noted.sent;
    this.isPermitted = noted.isPermitted;
  }

  get alias(): string | undefined {
    return this.#rarely.alias;
  }

  get grant(): string | undefined {
    return this.#rarely.grant;
  }

  get errorMessage(): string | undefined {
    return this.#rarely.message;
  }

  get audit(): Rarely['audit'] {
    return this.#rarely.audit;
  }

  get isDenied(): boolean {
    return this.errorCode === 'AccessDeniedException';
  }

  get isRead(): boolean {
    return this.#sent !== undefined;
  }

  sent(member: string): unknown {
    return this.#sent?.[this.row.members.indexOf(member)];
  }
}
