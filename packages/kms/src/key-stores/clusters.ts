// CloudHSM clusters, and the logins of KMS in them. They are no records: clients of HSMs work on them as well. A snapshot has them sealed.

import { CloudHsmCluster, type ClusterRecord, type HsmSession } from '@kmsim/cloud-hsm';
import type { World } from '@kmsim/world';

export type KeptCluster = ClusterRecord;

const sealPurpose = 'CloudHSM clusters';

export class Clusters {
  readonly #clusters = new Map<string, CloudHsmCluster>();
  /** By the id of the custom key store. */
  readonly #sessions = new Map<string, { readonly session: HsmSession; readonly cluster: CloudHsmCluster }>();
  readonly #settled = new Map<string, string>();

  get size(): number {
    return this.#clusters.size;
  }

  get(id: string): CloudHsmCluster | undefined {
    return this.#clusters.get(id);
  }

  put(cluster: CloudHsmCluster): void {
    this.#clusters.set(cluster.id, cluster);
  }

  [Symbol.iterator](): Iterator<CloudHsmCluster> {
    return this.#clusters.values();
  }

  /** The login of a store, as long as it is good. */
  sessionOf(store: string): HsmSession | undefined {
    const { cluster, session } = this.#sessions.get(store) ?? {};
    // One in a cluster that was put back from a record is none any more.
    const isGood = session?.isOpen === true && cluster !== undefined && this.get(cluster.id) === cluster;
    return isGood ? session : undefined;
  }

  keepSession(store: string, cluster: CloudHsmCluster, session: HsmSession): void {
    this.#sessions.set(store, { cluster, session });
  }

  logout(store: string): void {
    this.#sessions.get(store)?.session.logout();
    this.#sessions.delete(store);
  }

  /** Overwrites every secret in them. Nothing happens here any more. */
  erase(): void {
    for (const cluster of this.#clusters.values()) cluster.erase();
    this.#sessions.clear();
    this.#settled.clear();
  }

  /** What is due in the clusters has happened. */
  advance(now: number): void {
    for (const cluster of this.#clusters.values()) cluster.advance(now);
  }

  /** The clusters that are not as they were when `settle` was called. */
  changed(world: Pick<World, 'key'>): KeptCluster[] {
    return this.records(world).filter((record) => this.#settled.get(record.id) !== JSON.stringify(record));
  }

  /** As they are now is as KMS knows them. */
  settle(world: Pick<World, 'key'>): void {
    for (const record of this.records(world)) this.#settled.set(record.id, JSON.stringify(record));
  }

  records({ key }: Pick<World, 'key'>): KeptCluster[] {
    return [...this.#clusters.values()].map((cluster) => cluster.record(key(sealPurpose)));
  }

  /** False when one of them was sealed for another world; then nothing is taken in. */
  restore({ key }: Pick<World, 'key'>, kept: readonly KeptCluster[]): boolean {
    const restored = kept.map((record) => CloudHsmCluster.restore(record, key(sealPurpose)));
    for (const cluster of restored) if (cluster === undefined) return false;
    for (const cluster of restored) if (cluster !== undefined) this.put(cluster);
    return true;
  }
}
