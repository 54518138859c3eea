// The external key managers behind the proxy, as GetHealthStatus tells of them.

import { invalidOption } from './xks-proxy-error.ts';

export type HealthStatus = 'ACTIVE' | 'DEGRADED' | 'UNAVAILABLE';

export interface KeyManager {
  readonly id: string;
  readonly model: string;
  readonly healthStatus: HealthStatus;
}

const defaultManagers: readonly KeyManager[] = [
  { id: 'ekm-1', model: 'kmsim key manager', healthStatus: 'ACTIVE' },
  { id: 'ekm-2', model: 'kmsim key manager', healthStatus: 'ACTIVE' },
];

export class KeyManagers {
  readonly #managers: Map<string, KeyManager>;

  constructor(managers: readonly KeyManager[] = defaultManagers) {
    this.#managers = new Map(managers.map((manager) => [manager.id, manager]));
    // "The response MUST have at least one and no more than ten entries in ekmFleetDetails."
    if (this.#managers.size === 0 || this.#managers.size > 10)
      throw invalidOption('There are one to ten key managers, each with an id of its own.');
  }

  list(): readonly KeyManager[] {
    return [...this.#managers.values()];
  }

  /** Of one manager, or of all. */
  setHealth(healthStatus: HealthStatus, id?: string): void {
    if (id !== undefined && !this.#managers.has(id)) throw invalidOption(`There is no key manager ${id}.`);
    for (const manager of this.list())
      if (id === undefined || id === manager.id) this.#managers.set(manager.id, { ...manager, healthStatus });
  }

  /** Whether one of them can still work with keys. */
  get anyAvailable(): boolean {
    return this.list().some(({ healthStatus }) => healthStatus !== 'UNAVAILABLE');
  }
}
