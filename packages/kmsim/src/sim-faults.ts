// What goes wrong in a simulation: the plan, given or drawn from the seed, and what has happened of it.

import { faultVocabulary, type HappenedFault, type Kms, partitionOf, regionNames } from '@kmsim/kms';
import { checkFaultPlan, drawFaultPlan, type FaultPlan } from '@kmsim/world';
import { KmsimError } from './kmsim-error.ts';
import { checkOptions, type Forms, isRecord, listOf } from './option-forms.ts';

const page = 'docs/faults.md';

/** Bounds of a plan that is drawn from the seed. */
export interface DrawnFaults {
  readonly draw: {
    /** Two or more; the simulation's Region and two others when absent. */
    readonly regions?: readonly string[];
    /** How long something may go wrong, in milliseconds; a day when absent. */
    readonly durationMs?: number;
  };
}

const drawForms: Forms<DrawnFaults> = { draw: { is: isRecord, text: 'an object: { regions, durationMs }' } };
const boundForms: Forms<DrawnFaults['draw']> = {
  regions: listOf((item) => typeof item === 'string', 'Regions'),
  durationMs: {
    is: (value) => typeof value === 'number' && Number.isSafeInteger(value) && value > 0 && value <= 3_155_760_000_000,
    text: 'a whole number of milliseconds, at most a hundred years',
  },
};

function isDrawn(faults: FaultPlan | DrawnFaults): faults is DrawnFaults {
  return isRecord(faults) && 'draw' in faults;
}

export class SimFaults {
  readonly #kms: () => Kms;
  readonly #open: () => Kms;
  readonly #region: string;

  /** `open`: the same, refused once the simulation is closed. */
  constructor(kms: () => Kms, open: () => Kms, region: string) {
    this.#kms = kms;
    this.#open = open;
    this.#region = region;
  }

  /** The plan that is at work; `{}` where nothing goes wrong. A plan that was drawn stands here, to be given again. */
  get plan(): FaultPlan {
    // A copy: the plan at work changes through `set` alone.
    return structuredClone(this.#kms().world.faults?.plan ?? {});
  }

  /** From now on this goes wrong, and nothing else; `{}`: nothing. The milliseconds of the plan count from this instant. */
  set(faults: FaultPlan | DrawnFaults): void {
    // Looked at before anything is changed.
    const kms = this.#open();
    if (isDrawn(faults)) {
      checkOptions('faults', faults, drawForms, page);
      kms.setFaults(this.#drawn(faults.draw));
      return;
    }
    this.#check(faults);
    kms.setFaults(faults);
  }

  /** The last thousand faults of the service that struck a request, in order. */
  get happened(): readonly HappenedFault[] {
    return this.#kms().faultLog.happened();
  }

  /** How often each kind of them has happened: `{ ThrottlingException: 3 }`. */
  get counts(): Readonly<Record<string, number>> {
    return this.#kms().faultLog.counts();
  }

  #drawn(bounds: DrawnFaults['draw']): FaultPlan {
    checkOptions('faults: draw', bounds, boundForms, page);
    const regions = bounds.regions ?? this.#neighbours();
    this.#check({ services: [{ raise: 'SlowAnswer', delayMs: 1, regions }] });
    if (new Set(regions).size < regions.length)
      throw new KmsimError('InvalidFaultPlan', 'draw: a Region is there twice.');
    const { faults = {}, slow = [] } = faultVocabulary();
    const stream = this.#kms().world.cursor('fault plan').take();
    return drawFaultPlan(stream, { ...bounds, regions, faults: Object.keys(faults), slow });
  }

  // The first ones of the table, so that the same seed has the same plan.
  #neighbours(): string[] {
    const partition = partitionOf(this.#region);
    const others = regionNames.filter((one) => one !== this.#region && partitionOf(one) === partition);
    return [this.#region, ...others.slice(0, 2)];
  }

  #check(plan: unknown): void {
    const problems = checkFaultPlan(plan, faultVocabulary([...new Set([this.#region, ...regionNames])]));
    if (problems.length === 0) return;
    const [first, ...more] = problems.map(({ change, path }) => `${path}: ${change}`);
    const others = more.length === 0 ? '' : ` (and ${more.length} more: ${more.slice(0, 3).join(' ')})`;
    throw new KmsimError('InvalidFaultPlan', `${first}${others}`);
  }
}
