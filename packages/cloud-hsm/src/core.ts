// What is inside a cluster and what all its faces work on: HSMs, keys, users, logins. Nothing that is exported leads here.

import type { Backend } from '@kmsim/hsm-core';
import { portableRsa } from '@kmsim/hsm-core/certificates';
import { hex, idText } from './encoding.ts';
import type { HsmLoss, HsmOperation, SessionFault } from './faults.ts';
import { Fleet } from './fleet.ts';
import type { Hsm } from './hsm.ts';
import type { Attributes } from './keys/attributes.ts';
import { Secret } from './keys/secret.ts';
import type { StoredKey } from './keys/stored-key.ts';
import type { Lifecycle } from './lifecycle.ts';
import { type HsmType, limitsOf, maxSessionsOfClient } from './limits.ts';
import type { NetworkInfo } from './network.ts';
import { Quorum } from './users/quorum.ts';
import { type Login, Sessions } from './users/sessions.ts';
import { Users } from './users/users.ts';

export interface CoreOptions {
  readonly backend: Backend;
  /** 32 bytes from which ids and salts are made. */
  readonly secret: Uint8Array;
  readonly hsmType: HsmType;
  readonly network: NetworkInfo;
  /** The instant at first, in milliseconds. */
  readonly now: number;
  readonly lifecycle: Lifecycle;
  /** How many names and handles have been given already. */
  readonly given?: number;
  readonly nextHandle?: number;
}

const text = new TextEncoder();

export class ClusterCore {
  readonly backend: Backend;
  readonly hsmType: HsmType;
  readonly secret: Secret;
  readonly lifecycle: Lifecycle;
  readonly fleet: Fleet;
  readonly sessions: Sessions = new Sessions();
  users: Users;
  network: NetworkInfo;
  /** Losses that a test has planned, each for the next operation of its kind. */
  readonly losses: HsmLoss[] = [];
  sessionsOfClient: number = maxSessionsOfClient;
  quorum: Quorum = new Quorum();
  given: number;
  nextHandle: number;
  now: number;

  constructor({ backend, secret, hsmType, network, now, lifecycle, given = 0, nextHandle = 1 }: CoreOptions) {
    this.backend = backend;
    this.secret = new Secret(secret);
    this.hsmType = hsmType;
    this.network = network;
    this.given = given;
    this.nextHandle = nextHandle;
    this.now = now;
    this.lifecycle = lifecycle;
    this.users = new Users(backend);
    // A login is a state of HSMs: with the last of them it is gone.
    this.fleet = new Fleet(() => this.sessions.closeAll());
  }

  /** 32 bytes that nothing else in this cluster got, and that are the same in every run. */
  derive(purpose: string): Uint8Array {
    this.given += 1;
    return this.named(`${purpose} ${this.given}`);
  }

  /** 32 bytes that are always the same for a name. */
  named(name: string): Uint8Array {
    return this.backend.hmacSha256(this.secret.bytes())(text.encode(`kmsim CloudHSM ${name}`));
  }

  /** SHA-256. */
  digest(message: Uint8Array): Uint8Array {
    return portableRsa.hash('SHA-256', message);
  }

  newId(kind: 'hsm' | 'backup'): string {
    return `${kind}-${idText(this.derive(kind), 11)}`;
  }

  /** What keeps a login from being served. */
  faultOf(login: Login): SessionFault | undefined {
    if (!login.isOpen) return this.fleet.active.length === 0 ? 'NO_HSM' : 'SESSION_LOST';
    return this.network.isReachable ? undefined : 'UNREACHABLE';
  }

  /** The same for a client that opens a PKCS #11 session for each operation, as KMS does. */
  faultOfClient(login: Login): SessionFault | undefined {
    const isFull = this.sessions.countOf(login.client) >= this.sessionsOfClient;
    return this.faultOf(login) ?? (isFull ? 'TOO_MANY_SESSIONS' : undefined);
  }

  /** Whether the HSM is lost in the middle of this operation; then it is lost now. */
  isLostDuring(operation: HsmOperation, hsm: Hsm): boolean {
    const at = this.losses.findIndex(({ during }) => during === operation);
    const loss = this.losses[at];
    if (loss === undefined) return false;
    this.losses.splice(at, 1);
    this.loseHsm(hsm, loss.by);
    return true;
  }

  loseHsm(hsm: Hsm, by: HsmLoss['by']): void {
    if (by === 'zeroization') this.fleet.empty(hsm);
    else this.fleet.dropSessionKeys(hsm);
    hsm.state = 'DEGRADED';
    hsm.dueAt = undefined;
    this.fleet.stateChanged();
  }

  /** Secrets are overwritten, logins are over, and users are gone: what is left is a deleted cluster. */
  erase(): void {
    this.fleet.erase();
    this.sessions.closeAll();
    this.users = new Users(this.backend);
    this.quorum = new Quorum();
    this.losses.length = 0;
    this.secret.erase();
    this.lifecycle.show();
    this.lifecycle.reach('deleted');
  }

  hasRoomFor(keys: number): boolean {
    return this.fleet.size + keys <= limitsOf[this.hsmType].keys;
  }

  /** A new object on one HSM. `bytes` are copied. */
  store(owner: string, attributes: Attributes, bytes: Uint8Array, on: Hsm): StoredKey {
    const id = hex(this.derive('key').subarray(0, 16));
    const secret = new Secret(bytes);
    const key = { id, handle: this.nextHandle++, owner, sharedWith: new Set<string>(), attributes, secret };
    this.fleet.add(key, on);
    return key;
  }
}

/** Whether a crypto user sees a key: his own, and those that were shared with him. */
export function isVisibleTo(key: StoredKey, user: string): boolean {
  return key.owner === user || key.sharedWith.has(user);
}
