// A plain model of keys with imported material: numbers for the material, no cryptography. It says what every call must end in.

export const rotationTakesMs = 1000;
export const minuteMs = 60_000;

export interface ModelMaterial {
  readonly number: number;
  here: boolean;
  expiresAt: number | undefined;
}

export type Outcome = 'ok' | string;
export type ImportType = 'NEW_KEY_MATERIAL' | 'EXISTING_KEY_MATERIAL' | null;

const invalid = 'KMSInvalidStateException';
const incorrect = 'IncorrectKeyMaterialException';

export class ModelKey {
  /** What the key has ever been used with; the last is the current one. */
  readonly materials: ModelMaterial[] = [];
  pending: ModelMaterial | undefined;
  rotatingUntil: number | undefined;
  enabled = true;
  isDying = false;
  /** The numbers of the material of its ciphertexts. */
  readonly tickets: number[] = [];

  get lacks(): boolean {
    return this.materials.length === 0 || this.materials.some(({ here }) => !here);
  }

  /** The oldest material that is not here. */
  get missing(): number {
    return this.materials.find(({ here }) => !here)?.number ?? 0;
  }

  /** A number that the key has not. */
  get fresh(): number {
    const known = [...this.materials, ...(this.pending ? [this.pending] : [])];
    return [0, 1, 2, 3, 4, 5].find((one) => known.every(({ number }) => number !== one)) ?? 0;
  }

  get state(): 'Enabled' | 'Disabled' | 'PendingDeletion' | 'PendingImport' {
    if (this.isDying) return 'PendingDeletion';
    if (this.lacks) return 'PendingImport';
    return this.enabled ? 'Enabled' : 'Disabled';
  }

  /** A rotation ends before what expires at the same instant. */
  advance(now: number): void {
    for (;;) {
      const ends = this.materials.filter(({ here }) => here).map(({ expiresAt }) => expiresAt);
      const due = Math.min(...[...ends, this.pending?.expiresAt, this.rotatingUntil].map((at) => at ?? now + 1));
      if (due > now) return;
      if (this.rotatingUntil === due) this.#finishRotation();
      for (const one of this.materials) if (one.here && one.expiresAt === due) one.here = false;
      if (this.pending?.expiresAt === due) this.#forgetPending();
    }
  }

  #finishRotation(): void {
    if (this.pending !== undefined) this.materials.push(this.pending);
    this.#forgetPending();
  }

  #forgetPending(): void {
    this.pending = undefined;
    this.rotatingUntil = undefined;
  }

  import(number: number, type: ImportType, named: number | null, expiresAt: number | undefined): Outcome {
    if (this.isDying) return invalid;
    if (named !== null && type === 'NEW_KEY_MATERIAL') return 'ValidationException';
    if (named !== null && named !== number) return incorrect;
    const lacked = this.lacks;
    const known = [...this.materials, ...(this.pending ? [this.pending] : [])].find((one) => one.number === number);
    const isFirst = this.materials.length === 0;
    if (type === 'EXISTING_KEY_MATERIAL' || (type === null && (!isFirst || named !== null))) {
      if (known === undefined) return incorrect;
    } else if (known !== undefined && known !== this.pending) {
      return incorrect;
    } else if (known === undefined && !isFirst && this.pending !== undefined) {
      return invalid;
    }
    if (known !== undefined) Object.assign(known, { here: true, expiresAt });
    else if (isFirst) this.materials.push({ number, here: true, expiresAt });
    else this.pending = { number, here: true, expiresAt };
    if (lacked && !this.lacks) this.enabled = true;
    return 'ok';
  }

  delete(number: number | null): Outcome {
    const wanted = number ?? this.materials.at(-1)?.number;
    if (this.pending !== undefined && this.pending.number === wanted) {
      this.#forgetPending();
      return 'ok';
    }
    const found = this.materials.find((one) => one.number === wanted);
    if (found !== undefined) found.here = false;
    return found === undefined && number !== null ? 'NotFoundException' : 'ok';
  }

  rotate(now: number): Outcome {
    if (this.use !== 'ok') return this.use;
    if (this.pending === undefined) return invalid;
    if (this.rotatingUntil !== undefined) return 'ConflictException';
    this.rotatingUntil = now + rotationTakesMs;
    return 'ok';
  }

  /** What the state says to the use of the key. */
  get use(): Outcome {
    return { Enabled: 'ok', Disabled: 'DisabledException', PendingDeletion: invalid, PendingImport: invalid }[
      this.state
    ];
  }

  switch(enabled: boolean): Outcome {
    if (this.isDying || this.lacks) return invalid;
    this.enabled = enabled;
    return 'ok';
  }

  /** Schedules its deletion, or cancels it. */
  doom(isDying: boolean): Outcome {
    if (this.isDying === isDying) return invalid;
    this.isDying = isDying;
    if (!isDying) this.enabled = false;
    return 'ok';
  }
}
