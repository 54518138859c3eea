// What the model remembers: keys, aliases, ciphertexts, and what time does to them. Ciphertexts are tickets; nothing is encrypted.

export const dayMs = 86_400_000;

/** A version of a key's material. Its id is known once somebody has seen it. */
export interface Material {
  id?: string;
  readonly by: 'first' | 'AUTOMATIC' | 'ON_DEMAND';
  /** The earliest and the latest instant of its rotation. */
  readonly from: number;
  to: number;
}

export interface Key {
  readonly account: string;
  readonly region: string;
  readonly id: string;
  readonly arn: string;
  readonly spec: string;
  readonly usage: string;
  readonly origin: 'AWS_KMS' | 'EXTERNAL';
  readonly multiRegion: boolean;
  readonly created: number;
  description: string;
  enabled: boolean;
  deletesAt?: number | undefined;
  policy: string;
  readonly tags: Map<string, { value: string }>;
  /** The last is the current one. */
  readonly materials: Material[];
  /** Ids that were seen and may be of several of its materials. */
  readonly looseIds: Set<string>;
  /** An on-demand rotation that nobody has seen done. */
  rotating?: Material | undefined;
  /** `next`: where sources leave a choice there are several, the likeliest first. */
  rotation?: { readonly days: number; next: readonly number[] } | undefined;
  onDemandRotations: number;
  lastUse?: { readonly operation: string; readonly at: number };
}

export interface Alias {
  readonly account: string;
  readonly region: string;
  readonly name: string;
  key: Key;
  readonly created: number;
  updated: readonly number[];
}

/** What a ciphertext is to the model. */
export interface Ticket {
  readonly key: Key;
  /** Which material it is under; several while a rotation is on its way. */
  materials: readonly Material[];
  readonly context: string;
  readonly secret: Secret;
}

/** A plaintext: one for all ciphertexts of it. */
export interface Secret {
  readonly length: number;
  /** Base64; unknown until somebody has seen it. */
  plaintext?: string;
}

/** A list that is read page by page. */
export interface Walk {
  readonly list: string;
  readonly seen: ReadonlySet<object>;
  /** There since the first page. */
  readonly stable: ReadonlySet<object>;
}

export type KeyState = 'Deleted' | 'Enabled' | 'Disabled' | 'PendingDeletion' | 'PendingImport';

// Nobody has seen a rotation take longer, and none can start within this time of an automatic one.
const longestRotationMs = 20 * 60_000;

export class State {
  /** Milliseconds since the start of the run. */
  now = 0;
  /** What the target calls the start, known from the first instant it tells. */
  origin: number | undefined;
  readonly keys: Set<Key> = new Set();
  /** Keys that were deleted: what they encrypted is still there. */
  readonly deleted: Set<Key> = new Set();
  readonly aliases: Set<Alias> = new Set();
  readonly tickets: Map<string, Ticket> = new Map();
  readonly walks: Map<string, Walk> = new Map();
  /** Every id and blob seen so far. */
  readonly minted: Set<string> = new Set();

  keyOf(account: string, region: string, id: string): Key | undefined {
    return [...this.keys].find((key) => key.id === id && key.account === account && key.region === region);
  }

  aliasOf(account: string, region: string, name: string): Alias | undefined {
    const here = (alias: Alias): boolean => alias.account === account && alias.region === region;
    return [...this.aliases].find((alias) => here(alias) && alias.name === name);
  }

  advance(milliseconds: number): void {
    this.now += milliseconds;
    for (const key of this.keys) {
      if (key.deletesAt !== undefined && key.deletesAt <= this.now) this.#remove(key);
      else if (stateOf(key) === 'Enabled') this.#rotate(key);
    }
  }

  // https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html: aliases go with their key.
  #remove(key: Key): void {
    this.keys.delete(key);
    this.deleted.add(key);
    for (const alias of this.aliases) if (alias.key === key) this.aliases.delete(alias);
  }

  #rotate(key: Key): void {
    const { rotating, rotation } = key;
    if (rotating !== undefined && rotating.from + longestRotationMs <= this.now) finishRotation(key);
    for (let due = rotation?.next[0]; rotation && due !== undefined && due <= this.now; due = rotation.next[0]) {
      key.materials.push({ by: 'AUTOMATIC', from: due, to: due });
      rotation.next = [due + rotation.days * dayMs];
    }
    if (rotation !== undefined) rotation.next = rotation.next.filter((at) => at > this.now);
  }

  /** A key that was disabled on its date rotates when it is enabled. docs/decisions/rotation.md: the next date is a period later. */
  catchUp(key: Key): void {
    const due = key.rotation?.next[0];
    if (key.rotation === undefined || due === undefined || due > this.now) return;
    const period = key.rotation.days * dayMs;
    key.materials.push({ by: 'AUTOMATIC', from: this.now, to: this.now });
    key.rotation.next = [this.now + period, due + Math.ceil((this.now - due + 1) / period) * period];
  }
}

/** The rotation on its way has been seen done, or must be by now. */
export function finishRotation(key: Key, by?: number): void {
  if (key.rotating === undefined) return;
  if (by !== undefined) key.rotating.to = Math.min(key.rotating.to, by);
  key.materials.push(key.rotating);
  key.rotating = undefined;
}

export function startRotation(key: Key, now: number): void {
  key.rotating = { by: 'ON_DEMAND', from: now, to: now + longestRotationMs };
  key.onDemandRotations += 1;
}

// Nothing is imported here, so a key of that origin has no material.
export function stateOf(key: Key): KeyState {
  if (key.deletesAt !== undefined) return 'PendingDeletion';
  if (key.origin === 'EXTERNAL') return 'PendingImport';
  return key.enabled ? 'Enabled' : 'Disabled';
}

/** The material that encrypts: two may, while a rotation is on its way. */
export function materialsNow({ materials, rotating }: Key): readonly Material[] {
  return [materials.at(-1), rotating].filter((one) => one !== undefined);
}
