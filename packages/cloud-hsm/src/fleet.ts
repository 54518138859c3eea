// The HSMs of a cluster and the keys in them: cloning, synchronization, failure, zeroization.
// https://docs.aws.amazon.com/cloudhsm/latest/userguide/manage-key-sync.html

import type { Hsm } from './hsm.ts';
import type { StoredKey } from './keys/stored-key.ts';

/** In this package only. */
export class Fleet {
  readonly hsms: Hsm[] = [];
  readonly #keys = new Map<string, StoredKey>();
  readonly #byHandle = new Map<number, StoredKey>();
  #active: readonly Hsm[] = [];
  readonly #onEmpty: () => void;

  /** `onEmpty`: what happens when the last active HSM is gone. */
  constructor(onEmpty: () => void) {
    this.#onEmpty = onEmpty;
  }

  /** The HSMs that serve clients, in the order in which they were made. */
  get active(): readonly Hsm[] {
    return this.#active;
  }

  /** To be called after the state of an HSM was set. */
  stateChanged(): void {
    const had = this.#active.length;
    this.#active = this.hsms.filter(({ state }) => state === 'ACTIVE');
    if (had > 0 && this.#active.length === 0) this.#onEmpty();
  }

  keys(): Iterable<StoredKey> {
    return this.#keys.values();
  }

  get size(): number {
    return this.#keys.size;
  }

  /** An active HSM that has the key. */
  holderOf(id: string): Hsm | undefined {
    for (const hsm of this.#active) if (hsm.keys.has(id)) return hsm;
    return undefined;
  }

  copiesOf(id: string): number {
    return this.#active.filter(({ keys }) => keys.has(id)).length;
  }

  /** The key, if an active HSM has it. */
  find(id: string): StoredKey | undefined {
    const key = this.#keys.get(id);
    return key !== undefined && this.holderOf(id) !== undefined ? key : undefined;
  }

  findByHandle(handle: number): StoredKey | undefined {
    const key = this.#byHandle.get(handle);
    return key && this.find(key.id);
  }

  /** Takes in a key on one HSM; a token key is cloned to the others at once. */
  add(key: StoredKey, on: Hsm): void {
    this.put(key);
    on.keys.add(key.id);
    if (key.attributes.CKA_TOKEN) this.clone(key.id, on);
  }

  /** Clones a key to every active HSM, unless one of the two is cut off. */
  clone(id: string, from: Hsm): void {
    if (from.isCutOff) return;
    for (const to of this.#active) if (!to.isCutOff) to.keys.add(id);
  }

  /** What the HSMs have of it stays as it is. */
  put(key: StoredKey): void {
    this.#keys.set(key.id, key);
    this.#byHandle.set(key.handle, key);
  }

  remove(id: string): void {
    const key = this.#keys.get(id);
    if (key === undefined) return;
    this.#keys.delete(id);
    this.#byHandle.delete(key.handle);
    for (const hsm of this.hsms) hsm.keys.delete(id);
    key.secret.erase();
  }

  /** Every active HSM gets the token keys of every other one; those that are cut off neither give nor take. */
  synchronize(): void {
    const connected = this.#active.filter(({ isCutOff }) => !isCutOff);
    for (const from of connected) {
      for (const id of from.keys) {
        if (this.#keys.get(id)?.attributes.CKA_TOKEN !== true) continue;
        for (const to of connected) to.keys.add(id);
      }
    }
  }

  /** The HSM has nothing any more. What no other HSM has is gone. */
  empty(hsm: Hsm): void {
    const ids = [...hsm.keys];
    hsm.keys.clear();
    for (const id of ids) this.#removeUnlessHeld(id);
  }

  /** Every key is overwritten, and no HSM is left. */
  erase(): void {
    for (const id of [...this.#keys.keys()]) this.remove(id);
    this.hsms.length = 0;
    this.stateChanged();
  }

  /** An HSM that is out of service loses its session keys, as it does when it loses power. */
  dropSessionKeys(hsm: Hsm): void {
    for (const id of hsm.keys) if (this.#keys.get(id)?.attributes.CKA_TOKEN !== true) this.remove(id);
  }

  #removeUnlessHeld(id: string): void {
    if (!this.hsms.some(({ keys }) => keys.has(id))) this.remove(id);
  }
}
