// A cluster as a few sets: which HSMs there are, which of them serve, and which keys each has.

interface ModelHsm {
  isActive: boolean;
  isCutOff: boolean;
  readonly keys: Set<string>;
}

export class ClusterModel {
  readonly hsms = new Map<string, ModelHsm>();
  #backup: ReadonlySet<string> | undefined;
  isLoggedIn = false;

  get active(): ModelHsm[] {
    return [...this.hsms.values()].filter(({ isActive }) => isActive);
  }

  has(key: string): boolean {
    return this.active.some(({ keys }) => keys.has(key));
  }

  add(id: string): void {
    this.hsms.set(id, { isActive: false, isCutOff: false, keys: new Set() });
    this.recover(id);
  }

  recover(id: string): void {
    const hsm = this.#hsm(id);
    if (this.active.length === 0 && hsm.keys.size === 0) for (const key of this.#backup ?? []) hsm.keys.add(key);
    hsm.isActive = true;
    this.#synchronize();
  }

  lose(id: string, isErased: boolean): void {
    const hsm = this.#hsm(id);
    hsm.isActive = false;
    if (isErased) hsm.keys.clear();
    this.#loginEnds();
  }

  remove(id: string): void {
    if (this.#hsm(id).isActive) this.backUp();
    this.hsms.delete(id);
    this.#loginEnds();
  }

  cutOff(id: string, isCutOff: boolean): void {
    this.#hsm(id).isCutOff = isCutOff;
    this.#synchronize();
  }

  makeKey(key: string): void {
    this.active[0]?.keys.add(key);
    this.#synchronize();
  }

  destroyKey(key: string): void {
    for (const { keys } of this.hsms.values()) keys.delete(key);
  }

  backUp(): void {
    if (this.active.length > 0) this.#backup = new Set(this.active.flatMap(({ keys }) => [...keys]));
  }

  #synchronize(): void {
    const connected = this.active.filter(({ isCutOff }) => !isCutOff);
    const all = connected.flatMap(({ keys }) => [...keys]);
    for (const { keys } of connected) for (const key of all) keys.add(key);
  }

  #loginEnds(): void {
    if (this.active.length === 0) this.isLoggedIn = false;
  }

  #hsm(id: string): ModelHsm {
    const hsm = this.hsms.get(id);
    if (hsm === undefined) throw new Error(`The model has no ${id}.`);
    return hsm;
  }
}
