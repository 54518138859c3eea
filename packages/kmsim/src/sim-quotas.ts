// The quotas of a simulation: what is done about them, what they are, and how much of them was used.

import {
  findQuota,
  isOperationName,
  type Kms,
  limitFault,
  type QuotaLimit,
  type QuotaMode,
  type QuotaSettings,
  type QuotaUsage,
  quotaNames,
  quotasOf,
  quotaUsage,
} from '@kmsim/kms';
import { nearest } from './did-you-mean.ts';
import { KmsimError } from './kmsim-error.ts';
import { anAccount, aRegion, checkOptions, type Forms, isRecord, oneOf, shown } from './option-forms.ts';
import { QuotaReport } from './quota-report.ts';

const page = 'docs/quotas.md';

export interface QuotaOptions {
  /**
   * `'meter'` (default): nothing is refused, and `sim.quotas.report()` says what would have been in production. `'enforce'`: ThrottlingException
   * and LimitExceededException, as in the real service. `'off'`: nobody counts.
   */
  readonly mode?: QuotaMode;
  /** Other quotas than the published ones: `{ 'DescribeKey request rate': 10 }`, for every account and Region. */
  readonly set?: Readonly<Record<string, number>>;
}

/** Where a quota is another one: in one account, in one Region, or in one account in one Region. */
export interface QuotaPlace {
  readonly account?: string;
  readonly region?: string;
}

const aMode = oneOf('enforce', 'meter', 'off');
const optionForms: Forms<QuotaOptions> = { mode: aMode, set: { is: isRecord, text: 'an object of quotas by name' } };
const placeForms: Forms<QuotaPlace> = { account: anAccount, region: aRegion };

export class SimQuotas {
  readonly #kms: () => Kms;
  readonly #open: () => Kms;

  /** `open`: the same, refused once the simulation is closed. */
  constructor(kms: () => Kms, open: () => Kms) {
    this.#kms = kms;
    this.#open = open;
  }

  /** Takes what createKmsim was given beside a snapshot that has brought its own. */
  adopt(given: QuotaMode | QuotaOptions): void {
    this.#change(quotaSettings(given, this.#kms().throttler.settings));
  }

  /** What is done about quotas. May be set at any time. */
  get mode(): QuotaMode {
    return this.#kms().throttler.mode;
  }

  set mode(mode: QuotaMode) {
    checkMode(mode, "Write it as sim.quotas.mode = 'enforce'.");
    this.#change({ ...this.#kms().throttler.settings, mode });
  }

  /** The names of all quotas that can be set. */
  get names(): readonly string[] {
    return quotaNames;
  }

  /**
   * From now on a quota is another one: requests a second (`set('DescribeKey request rate', 10)`), or how many of a thing there may be
   * (`set('AWS KMS keys', 3)`). For every account and Region, unless it says which.
   */
  set(name: string, limit: number, where: QuotaPlace = {}): void {
    checkOptions('quotas.set', where, placeForms, page);
    const { settings } = this.#kms().throttler;
    this.#change({ ...settings, limits: withLimit(settings.limits, limitOf(name, limit, where)) });
  }

  /** What has been used of each quota that somebody has used, as data. */
  get usage(): readonly QuotaUsage[] {
    return quotaUsage(this.#kms().throttler);
  }

  /** Which requests were too many, or would have been in production, and what helps. Prints as text. */
  report(): QuotaReport {
    return new QuotaReport(this.mode, this.usage);
  }

  #change(settings: QuotaSettings): void {
    this.#open().setQuotas(settings);
  }
}

const metering: QuotaSettings = { mode: 'meter', limits: [] };

/** What createKmsim was given, on top of what there is. */
export function quotaSettings(given: QuotaMode | QuotaOptions = {}, before: QuotaSettings = metering): QuotaSettings {
  if (typeof given !== 'object') {
    checkMode(given);
    return { ...before, mode: given };
  }
  checkOptions('quotas', given, optionForms, page);
  const { mode = before.mode, set = {} } = given;
  return {
    mode,
    limits: Object.entries(set)
      .map(([name, limit]) => limitOf(name, limit, {}))
      .reduce(withLimit, before.limits),
  };
}

function checkMode(mode: unknown, hint?: string): void {
  if (aMode.is(mode)) return;
  const problem = `The mode is ${aMode.text}, not ${shown(mode)}.`;
  throw new KmsimError('InvalidQuota', problem, hint === undefined ? undefined : { hint });
}

function limitOf(name: string, limit: number, { account, region }: QuotaPlace): QuotaLimit {
  const quota = typeof name === 'string' ? findQuota(name) : undefined;
  if (quota === undefined) throw new KmsimError('UnknownQuota', `There is no quota ${shown(name)}.${instead(name)}`);
  const fault = limitFault(quota.kind, limit);
  if (fault !== undefined) {
    const wanted = quota.kind === 'requests' ? 'a number of requests a second above zero' : 'a whole number above zero';
    throw new KmsimError('InvalidQuota', `${quota.name}: ${shown(limit)} is ${fault}; it takes ${wanted}.`);
  }
  return {
    quota: quota.name,
    limit,
    ...(account !== undefined && { account }),
    ...(region !== undefined && { region }),
  };
}

// The error's hint says where all names are.
function instead(name: unknown): string {
  if (typeof name !== 'string') return '';
  const meant = nearest(name, quotaNames);
  if (meant !== undefined) return ` Did you mean ${shown(meant)}?`;
  const operation = /^\w+/.exec(name)?.[0] ?? '';
  if (!isOperationName(operation)) return '';
  return ` ${operation} counts on ${quotasOf(operation).map(shown).join(' or ')}.`;
}

// The later one in the place of one about the same.
function withLimit(limits: readonly QuotaLimit[], one: QuotaLimit): readonly QuotaLimit[] {
  const others = limits.filter(
    ({ account, quota, region }) => quota !== one.quota || account !== one.account || region !== one.region,
  );
  return [...others, one];
}
