// Which Regions an account has enabled: sim.regions.disable('eu-south-1').

import { disabledRegionsOf, type Kms, optInRegions, regionNames, setDisabled } from '@kmsim/kms';
import { nearest } from './did-you-mean.ts';
import { KmsimError } from './kmsim-error.ts';
import { anAccount, checkOptions, type Forms, shown } from './option-forms.ts';

export interface OfAccount {
  /** The simulation's own account when absent. */
  readonly account?: string;
}

const forms: Forms<OfAccount> = { account: anAccount };

export class Regions {
  readonly #kms: () => Kms;
  readonly #account: string;

  constructor(kms: () => Kms, account: string) {
    this.#kms = kms;
    this.#account = account;
  }

  /** Calls of the account's principals in this Region are refused from now on, and keys are not replicated into it. Its keys stay. */
  disable(region: string, options: OfAccount = {}): void {
    this.#set(region, options, true);
  }

  enable(region: string, options: OfAccount = {}): void {
    this.#set(region, options, false);
  }

  /** The Regions that an account cannot use. */
  disabled(options: OfAccount = {}): readonly string[] {
    return disabledRegionsOf(this.#kms().state, this.#accountOf(options));
  }

  #set(region: string, options: OfAccount, disabled: boolean): void {
    const account = this.#accountOf(options);
    if (!optInRegions.includes(region))
      throw new KmsimError(
        'InvalidOption',
        `Only opt-in Regions can be disabled, and ${shown(region)} is none. ${instead(region)}`,
      );
    setDisabled(this.#kms().state, account, region, disabled);
  }

  #accountOf(options: OfAccount): string {
    checkOptions('A Region', options, forms);
    return options.account ?? this.#account;
  }
}

function instead(region: unknown): string {
  if (regionNames.includes(region as string)) return 'Every account has it.';
  const meant = typeof region === 'string' ? nearest(region, optInRegions) : undefined;
  return meant === undefined ? `They are ${optInRegions.join(', ')}.` : `Did you mean ${meant}?`;
}
