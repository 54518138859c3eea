// What a replay found: equal differences are one, with a count.

import { explainDecision } from '@kmsim/authz';
import type { Difference } from './compare.ts';
import type { KmsEvent } from './event.ts';

/** Events whose outcome would differ in one way, for one reason. */
export interface OutcomeDifference {
  readonly count: number;
  /** A session as its role. */
  readonly principal: string;
  readonly operation: string;
  readonly keys: readonly string[];
  /** `allowed`, `AccessDenied`, or the code of another error. */
  readonly recorded: string;
  readonly replayed: string;
  readonly first: { readonly eventID: string; readonly eventTime: string };
  readonly last: { readonly eventID: string; readonly eventTime: string };
  /** Why now, of the first of them. */
  readonly why: string;
  /** What is not given and could make it as it was. */
  readonly restsOn: readonly string[];
  /** A change of the key stands in the same second: which came first the log does not tell. */
  readonly sameSecond: boolean;
}

export interface Counted {
  readonly name: string;
  readonly count: number;
}

export interface CloudTrailReport {
  /** All that was read. */
  readonly records: number;
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly events: {
    readonly kms: number;
    readonly ofOtherServices: number;
    readonly unreadable: number;
    /** With the eventID of one before them: counted among `records`, and nowhere else. */
    readonly repeated: number;
    /** What KMS did by itself: followed, and nobody's call. */
    readonly ofTheService: number;
    /** Second records of calls from account to account: judged where the caller has a name. */
    readonly copies: number;
    readonly same: number;
    readonly different: number;
    /** Would differ, unless what is not given says otherwise. */
    readonly uncertain: number;
    readonly notJudged: number;
  };
  /** The most frequent first. */
  readonly differences: readonly OutcomeDifference[];
  readonly uncertain: readonly OutcomeDifference[];
  /** Why events were not judged. */
  readonly notJudged: readonly Counted[];
  /** Where a key was found in a state that no event of the log led to: the log was believed. */
  readonly gaps: readonly Counted[];
  readonly assumed: {
    /** Keys with the default key policy, because no policy is given and none stands in the log. */
    readonly keyPolicies: readonly Counted[];
    /** Users and roles without identity policies, who may do what key policies leave to their account. */
    readonly identities: readonly Counted[];
    /** VPC endpoints without a policy, in a VPC that is not known. */
    readonly endpoints: readonly string[];
  };
  /** Keys whose given policy stood, although the log puts another one. */
  readonly policiesKept: readonly Counted[];
  /** Names of given keys that the log does not have. */
  readonly unused: readonly string[];
  /** What such a name may have been meant to be. */
  readonly meant: Readonly<Record<string, string>>;
  /** Events that came when a later one had been replayed: the log is too far out of order. */
  readonly outOfOrder: number;
  /** What `kmsim replay` prints. */
  toString(): string;
}

interface Group {
  count: number;
  readonly event: KmsEvent;
  last: KmsEvent;
  readonly shown: Omit<OutcomeDifference, 'count' | 'first' | 'last'>;
}

/** More kinds of differences than anybody reads: the rest is one. */
const mostGroups = 10_000;

export class Groups {
  readonly #groups = new Map<string, Group>();
  events = 0;

  add(event: KmsEvent, principal: string, difference: Difference, sameSecond: boolean): void {
    const { decision, message, recorded, replayed, restsOn } = difference;
    this.events += 1;
    const { decidedBy, reason } = decision ?? {};
    const by = decidedBy && [decidedBy.policyType, decidedBy.policy, decidedBy.statement];
    const place = JSON.stringify([
      principal,
      event.operation,
      event.keys,
      recorded,
      replayed,
      reason,
      by,
      restsOn,
      sameSecond,
    ]);
    const isRest = !this.#groups.has(place) && this.#groups.size >= mostGroups;
    const known = this.#groups.get(isRest ? '' : place);
    if (known !== undefined) {
      known.count += 1;
      known.last = event;
      return;
    }
    const shown = isRest
      ? {
          principal: 'many',
          operation: 'many',
          keys: [],
          recorded: 'many',
          replayed: 'many',
          why: '',
          restsOn,
          sameSecond,
        }
      : {
          principal,
          operation: event.operation,
          keys: event.keys,
          recorded,
          replayed,
          why: decision === undefined ? (message ?? '') : explainDecision(decision),
          restsOn,
          sameSecond,
        };
    this.#groups.set(isRest ? '' : place, { count: 1, event, last: event, shown });
  }

  list(): readonly OutcomeDifference[] {
    return [...this.#groups.values()]
      .map(({ count, event, last, shown }) => ({ count, ...shown, first: pointTo(event), last: pointTo(last) }))
      .sort((a, b) => b.count - a.count || (a.first.eventTime < b.first.eventTime ? -1 : 1));
  }
}

function pointTo({ at, id }: KmsEvent): OutcomeDifference['first'] {
  return { eventID: id, eventTime: instant(at) };
}

/** As CloudTrail writes it. */
export function instant(at: number): string {
  return new Date(at).toISOString().replace('.000Z', 'Z');
}

/** How often, by name. */
export class Tally {
  readonly #counts = new Map<string, number>();
  total = 0;

  add(name: string): void {
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
    this.total += 1;
  }

  list(): readonly Counted[] {
    return [...this.#counts]
      .map(([name, count]) => ({ name, count }))
      .sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
  }
}
