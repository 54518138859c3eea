// A plain model of the engine: no cryptography, no policies, no indexes. It says what every call must end in.

import type { Caller } from '../src/operation.ts';
import { administratorOf, caller, dayMs } from './engine.ts';

export const accounts = ['111122223333', '444455556666', '777788889999'] as const;
const regions = ['us-east-1', 'eu-west-1'] as const;
export const callers: readonly Caller[] = accounts.flatMap((account) =>
  regions.map((region) => caller(administratorOf(account), region)),
);

const minuteMs = 60_000;
const onDemandTakesMs = 1000;

export interface ModelKey {
  readonly arn: string;
  readonly id: string;
  readonly owner: Caller;
  enabled: boolean;
  deleted: boolean;
  deletion: number | undefined;
  rotation: { period: number; next: number } | undefined;
  rotatingUntil: number | undefined;
  onDemand: number;
  /** Kinds of the rotations so far. */
  readonly rotations: ('AUTOMATIC' | 'ON_DEMAND')[];
  readonly tags: Map<string, string>;
}

export interface Ticket {
  readonly blob: Uint8Array;
  readonly key: ModelKey;
  readonly context: Readonly<Record<string, string>>;
  readonly plaintext: string;
}

/** How a request names a key. */
export type Form = 'id' | 'arn' | 'alias';
export type Outcome = 'ok' | string;

const pending = 'KMSInvalidStateException';

export class Model {
  readonly keys: ModelKey[] = [];
  readonly tickets: Ticket[] = [];
  /** By ARN. */
  readonly aliases = new Map<string, ModelKey>();

  add(arn: string, id: string, owner: Caller): void {
    this.keys.push({
      arn,
      id,
      owner,
      enabled: true,
      deleted: false,
      deletion: undefined,
      rotation: undefined,
      rotatingUntil: undefined,
      onDemand: 0,
      rotations: [],
      tags: new Map(),
    });
  }

  /** What was due by `now` has happened: nothing that one key does is seen by another. */
  advance(now: number): void {
    for (const key of this.keys) {
      if (key.rotatingUntil !== undefined && key.rotatingUntil <= now) {
        key.rotations.push('ON_DEMAND');
        key.rotatingUntil = undefined;
      }
      while (key.rotation !== undefined && key.rotation.next <= now && stateOf(key) === 'Enabled')
        rotate(key, key.rotation.next);
      if (key.deletion !== undefined && key.deletion <= now) this.#delete(key);
    }
  }

  #delete(key: ModelKey): void {
    key.deleted = true;
    key.deletion = undefined;
    for (const [arn, target] of this.aliases) if (target === key) this.aliases.delete(arn);
  }

  /** Whether a caller finds a key by a name of it, and may touch it. */
  access(by: Caller, key: ModelKey, form: Form): Outcome {
    const [sameRegion, sameAccount] = [by.region === key.owner.region, isOwner(by, key)];
    if (form === 'id' || form === 'alias')
      return sameRegion && sameAccount && !key.deleted ? 'ok' : 'NotFoundException';
    if (!sameRegion) return 'NotFoundException';
    if (!sameAccount) return 'AccessDeniedException';
    return key.deleted ? 'NotFoundException' : 'ok';
  }

  /** Whether a caller opens a ciphertext that it names no key for. */
  opens(by: Caller, { key }: Ticket): Outcome {
    if (by.region !== key.owner.region || !isOwner(by, key) || key.deleted) return 'AccessDeniedException';
    return use(key);
  }

  live(by: Caller): readonly ModelKey[] {
    return this.keys.filter((key) => !key.deleted && isOwner(by, key) && key.owner.region === by.region);
  }
}

function isOwner(by: Caller, key: ModelKey): boolean {
  return by.principal.account === key.owner.principal.account;
}

export function stateOf(key: ModelKey): 'Enabled' | 'Disabled' | 'PendingDeletion' {
  if (key.deletion !== undefined) return 'PendingDeletion';
  return key.enabled ? 'Enabled' : 'Disabled';
}

function rotate(key: ModelKey, at: number): void {
  key.rotations.push('AUTOMATIC');
  if (key.rotation !== undefined) key.rotation.next = at + key.rotation.period * dayMs;
}

/** What the state of a key says to its use. */
export function use(key: ModelKey): Outcome {
  return { Enabled: 'ok', Disabled: 'DisabledException', PendingDeletion: pending }[stateOf(key)];
}

/** Operations that change one key: what they end in, and what they do when that is a success. */
export const changes: Readonly<
  Record<
    string,
    { readonly may: (key: ModelKey, now: number) => Outcome; readonly act: (key: ModelKey, now: number) => void }
  >
> = {
  EnableKey: {
    may: unlessPending,
    act: (key, now) => {
      key.enabled = true;
      if (key.rotation !== undefined && key.rotation.next <= now) rotate(key, now);
    },
  },
  DisableKey: {
    may: unlessPending,
    act: (key) => {
      key.enabled = false;
    },
  },
  ScheduleKeyDeletion: {
    may: unlessPending,
    act: (key, now) => {
      key.deletion = now + 7 * dayMs;
    },
  },
  CancelKeyDeletion: {
    may: (key) => (stateOf(key) === 'PendingDeletion' ? 'ok' : pending),
    act: (key) => {
      key.deletion = undefined;
      key.enabled = false;
    },
  },
  EnableKeyRotation: {
    may: use,
    act: (key, now) => {
      if (key.rotation?.period !== 90) key.rotation = { period: 90, next: now + 90 * dayMs };
    },
  },
  DisableKeyRotation: {
    may: use,
    act: (key) => {
      key.rotation = undefined;
    },
  },
  RotateKeyOnDemand: {
    may: (key, now) => {
      if (use(key) !== 'ok') return use(key);
      if (key.onDemand >= 25) return 'LimitExceededException';
      const soon = key.rotation !== undefined && key.rotation.next - now <= 20 * minuteMs;
      return key.rotatingUntil !== undefined || soon ? 'ConflictException' : 'ok';
    },
    act: (key, now) => {
      key.onDemand += 1;
      key.rotatingUntil = now + onDemandTakesMs;
    },
  },
};

export function unlessPending(key: ModelKey): Outcome {
  return stateOf(key) === 'PendingDeletion' ? pending : 'ok';
}
