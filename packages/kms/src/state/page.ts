// The page a call writes on. It is bound into the state only when the call succeeds, so a failed call changes nothing.

import type { Vault } from '@kmsim/hsm-core';
import type { TableName, Tables } from './records.ts';
import type { State } from './state.ts';

interface Write<Name extends TableName = TableName> {
  readonly table: Name;
  readonly key: string;
  readonly record: Tables[Name] | undefined;
}

export class Page {
  readonly #state: State;
  readonly #vault: Vault;
  #writes: Write[] | undefined;
  #materials: { readonly id: string; readonly before: 'nothing' | 'withdrawn' }[] | undefined;
  #parting: { readonly id: string; readonly how: 'withdraw' | 'destroy' }[] | undefined;
  #newKeys = 0;
  #undo: (() => void)[] | undefined;

  constructor(state: State, vault: Vault) {
    this.#state = state;
    this.#vault = vault;
  }

  /** What the page says, else what the state says. */
  get<Name extends TableName>(table: Name, key: string): Tables[Name] | undefined {
    if (this.#writes !== undefined) {
      const written = this.#writes.findLast((write) => write.table === table && write.key === key);
      if (written !== undefined) return written.record as Tables[Name] | undefined;
    }
    return this.#state.get(table, key);
  }

  /** `undefined` removes. */
  set<Name extends TableName>(table: Name, key: string, record: Tables[Name] | undefined): void {
    const write = { table, key, record };
    // Mostly it stays the only one, and an array that grows makes room for many.
    if (this.#writes === undefined) this.#writes = [write];
    else this.#writes.push(write);
  }

  /** An ordinal for a key that is written on this page. */
  takeOrdinal(): number {
    return this.#state.nextOrdinal + this.#newKeys++;
  }

  /** Material for a key; when the page is torn up it is as it was. Erases `secret`. */
  createMaterial(keyId: string, secret: Uint8Array): string {
    const { before, id } = this.#vault.takeIn(keyId, secret);
    secret.fill(0);
    if (before !== 'here') {
      this.#materials ??= [];
      this.#materials.push({ id, before });
    }
    return id;
  }

  /** Imported material that is gone when the page is bound: withdrawn until it comes again, or destroyed. */
  removeMaterial(id: string, how: 'withdraw' | 'destroy'): void {
    this.#parting ??= [];
    this.#parting.push({ id, how });
  }

  /** What was done where no record is, to be taken back when the page is torn up. */
  whenTorn(undo: () => void): void {
    this.#undo ??= [];
    this.#undo.push(undo);
  }

  bind(): void {
    if (this.#writes === undefined) return;
    for (const { table, key, record } of this.#writes) this.#state.set(table, key, record);
    this.#writes = undefined;
    if (this.#parting !== undefined) for (const { how, id } of this.#parting) this.#vault[how](id);
  }

  /** The call failed: nothing of it stays. */
  tear(): void {
    for (const undo of this.#undo ?? []) undo();
    for (const { before, id } of this.#materials ?? []) {
      if (before === 'withdrawn') this.#vault.withdraw(id);
      else this.#vault.destroy(id);
    }
  }
}
