// One account in one Region: what is listed there, and the indexes that keep look-ups flat. All of it can be rebuilt from the records.

import { arnPrefix } from './names.ts';
import type { AliasRecord, KeyRecord } from './records.ts';

export class Site {
  readonly account: string;
  readonly region: string;
  /** `arn:aws:kms:us-east-1:111122223333:` */
  readonly prefix: string;
  /** Key ARNs and their ordinals, both ascending by ordinal: the order of ListKeys. */
  #arns: (string | undefined)[] = [];
  #ordinals: number[] = [];
  #gaps = 0;
  #customerKeys = 0;
  readonly #labels = new Map<string, string>();
  readonly #aliasesOfKey = new Map<string, Set<string>>();
  readonly #aliasArns = new Set<string>();
  #sortedAliases: readonly string[] | undefined;

  constructor(account: string, region: string) {
    this.account = account;
    this.region = region;
    this.prefix = arnPrefix(account, region);
  }

  /** Label of this site's random stream for an operation. */
  label(operation: string): string {
    let label = this.#labels.get(operation);
    if (label === undefined) {
      label = `${this.account}/${this.region}/${operation}`;
      this.#labels.set(operation, label);
    }
    return label;
  }

  /** How many customer managed keys there are. */
  get customerKeys(): number {
    return this.#customerKeys;
  }

  addKey(key: KeyRecord): void {
    if (key.manager === 'CUSTOMER') this.#customerKeys += 1;
    this.#arns.push(key.arn);
    this.#ordinals.push(key.ordinal);
  }

  removeKey(key: KeyRecord): void {
    if (key.manager === 'CUSTOMER') this.#customerKeys -= 1;
    // A gap is left and closed with many others: taking one key out of a million must not move the rest.
    this.#arns[this.#after(key.ordinal - 1)] = undefined;
    this.#gaps += 1;
    if (this.#gaps > 1024 && this.#gaps * 2 > this.#arns.length) this.#closeGaps();
  }

  #closeGaps(): void {
    const ordinals = this.#ordinals.filter((_, at) => this.#arns[at] !== undefined);
    this.#arns = this.#arns.filter((arn) => arn !== undefined);
    this.#ordinals = ordinals;
    this.#gaps = 0;
  }

  /** Up to `limit` key ARNs behind an ordinal, oldest first. */
  keysAfter(ordinal: number, limit: number): readonly string[] {
    const found: string[] = [];
    for (let at = this.#after(ordinal); at < this.#arns.length && found.length < limit; at++) {
      const arn = this.#arns[at];
      if (arn !== undefined) found.push(arn);
    }
    return found;
  }

  // First position whose ordinal is above the given one.
  #after(ordinal: number): number {
    let low = 0;
    let high = this.#ordinals.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#ordinals[middle] ?? 0) > ordinal) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  setAlias(alias: AliasRecord, before: AliasRecord | undefined): void {
    if (before === undefined) {
      this.#aliasArns.add(alias.arn);
      this.#sortedAliases = undefined;
    } else {
      this.#aliasesOfKey.get(before.target)?.delete(alias.arn);
    }
    let ofKey = this.#aliasesOfKey.get(alias.target);
    if (ofKey === undefined) {
      ofKey = new Set();
      this.#aliasesOfKey.set(alias.target, ofKey);
    }
    ofKey.add(alias.arn);
  }

  removeAlias(alias: AliasRecord): void {
    this.#aliasArns.delete(alias.arn);
    this.#sortedAliases = undefined;
    const ofKey = this.#aliasesOfKey.get(alias.target);
    ofKey?.delete(alias.arn);
    if (ofKey?.size === 0) this.#aliasesOfKey.delete(alias.target);
  }

  /** Alias ARNs of the account, or of one key, by name. */
  aliases(keyArn?: string): readonly string[] {
    if (keyArn !== undefined) return [...(this.#aliasesOfKey.get(keyArn) ?? [])].sort();
    this.#sortedAliases ??= [...this.#aliasArns].sort();
    return this.#sortedAliases;
  }
}
