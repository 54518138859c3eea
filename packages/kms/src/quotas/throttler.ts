// The throttler: a meter for each request quota, account and Region that somebody has used, and for some keys and custom key stores.

import { type Meter, newMeter, usedAt, usualBurst } from '@kmsim/quota';
import type { Instant } from '../state/records.ts';
import type { Site } from '../state/site.ts';
import { type RequestQuotaRow, requestQuotas } from '../tables/request-quotas.ts';
import { limitIn, noQuotas, type QuotaMode, type QuotaSettings } from './settings.ts';

/** How much there was of a thing that a resource quota limits. */
export interface ThingUse {
  /** As the table of resource quotas has it. */
  readonly quota: string;
  readonly account: string;
  readonly region: string;
  readonly limit: number;
  /** Requests for one more, and how many of them were too many. */
  readonly calls: number;
  readonly throttled: number;
  /** The most there would have been, and the key where that was. */
  readonly peak: number;
  readonly of?: string;
}

/** A meter, with what it is about. */
export interface MeterRecord {
  readonly quota: string;
  readonly account: string;
  readonly region: string;
  /** The key or the custom key store, where it is about one. */
  readonly of?: string;
  readonly meter: Meter;
}

/** All of it, as a snapshot has it. */
export interface QuotaRecord extends QuotaSettings {
  readonly meters: readonly MeterRecord[];
  readonly things: readonly ThingUse[];
}

interface OfOne {
  readonly place: number;
  readonly of: string;
  readonly account: string;
  readonly region: string;
  readonly meter: Meter;
}

export class Throttler {
  #settings: QuotaSettings = noQuotas;
  /** Whether anybody counts. */
  isOn = false;
  /** Site -> place in the table of request quotas -> meter. */
  readonly #meters = new Map<Site, (Meter | undefined)[]>();
  readonly #ofOne = new Map<string, OfOne>();
  readonly #things = new Map<string, ThingUse>();

  get mode(): QuotaMode {
    return this.#settings.mode;
  }

  get settings(): QuotaSettings {
    return this.#settings;
  }

  /** From `now` on these hold; what was used up before was at the rates of then. */
  set(settings: QuotaSettings, now: Instant): void {
    for (const { account, meter, quota, region } of this.meters()) {
      meter.used = usedAt(meter, now);
      meter.at = Math.max(meter.at, now);
      const row = requestQuotas.find(({ name }) => name === quota);
      if (row !== undefined) Object.assign(meter, rateOf(settings, row, account, region));
    }
    this.#settings = settings;
    this.isOn = settings.mode !== 'off';
  }

  /** The meter of an account in a Region for the quota at a place of the table. */
  meter(place: number, site: Site, now: Instant): Meter {
    let meters = this.#meters.get(site);
    if (meters === undefined) {
      meters = [];
      this.#meters.set(site, meters);
    }
    return meters[place] ?? this.#add(meters, place, site, now);
  }

  #add(meters: (Meter | undefined)[], place: number, { account, region }: Site, now: Instant): Meter {
    // Without holes: an array with them is slower.
    while (meters.length <= place) meters.push(undefined);
    const meter = this.#made(place, account, region, now);
    meters[place] = meter;
    return meter;
  }

  /** The meter of one key or custom key store. */
  meterOf(place: number, of: string, { account, region }: Pick<Site, 'account' | 'region'>, now: Instant): Meter {
    const id = `${place} ${of}`;
    let one = this.#ofOne.get(id);
    if (one === undefined) {
      one = { place, of, account, region, meter: this.#made(place, account, region, now) };
      this.#ofOne.set(id, one);
    }
    return one.meter;
  }

  #made(place: number, account: string, region: string, now: Instant): Meter {
    const row = requestQuotas[place] as RequestQuotaRow;
    const { burst, perSecond } = rateOf(this.#settings, row, account, region);
    return newMeter(perSecond, now, burst);
  }

  /** How many of a thing there may be. */
  limitOf(
    quota: { readonly name: string; readonly limit: number },
    { account, region }: Pick<Site, 'account' | 'region'>,
  ): number {
    return limitIn(this.#settings.limits, quota.name, account, region) ?? quota.limit;
  }

  /** Notes that somebody asked for one more of a thing, so that there would be `count`. */
  noteThing({
    account,
    count,
    limit,
    of,
    quota,
    region,
  }: Omit<ThingUse, 'calls' | 'throttled' | 'peak'> & { readonly count: number }): void {
    const id = `${quota} ${account} ${region}`;
    const before = this.#things.get(id) ?? { calls: 0, throttled: 0, peak: 0 };
    const peak = count > before.peak ? { peak: count, ...(of !== undefined && { of }) } : {};
    const calls = before.calls + 1;
    const throttled = before.throttled + (count > limit ? 1 : 0);
    this.#things.set(id, { ...before, ...peak, quota, account, region, limit, calls, throttled } as ThingUse);
  }

  /** The meters, in the order in which they came into use. */
  *meters(): Generator<MeterRecord> {
    for (const [{ account, region }, meters] of this.#meters)
      for (const [place, meter] of meters.entries())
        if (meter !== undefined) yield { quota: nameAt(place), account, region, meter };
    for (const { account, meter, of, place, region } of this.#ofOne.values())
      yield { quota: nameAt(place), account, region, of, meter };
  }

  things(): Iterable<ThingUse> {
    return this.#things.values();
  }

  record(): QuotaRecord {
    return { ...this.#settings, meters: [...this.meters()], things: [...this.#things.values()] };
  }

  /** Fills an empty throttler. */
  restore({ limits, meters, mode, things }: QuotaRecord, siteOf: (account: string, region: string) => Site): void {
    this.#settings = { mode, limits };
    this.isOn = mode !== 'off';
    for (const { account, meter, of, quota, region } of meters) {
      const place = requestQuotas.findIndex(({ name }) => name === quota);
      // A quota that this version does not have any more.
      if (place === -1) continue;
      const made =
        of === undefined
          ? this.meter(place, siteOf(account, region), 0)
          : this.meterOf(place, of, { account, region }, 0);
      Object.assign(made, meter);
    }
    for (const thing of things) this.#things.set(`${thing.quota} ${thing.account} ${thing.region}`, thing);
  }
}

function nameAt(place: number): string {
  return requestQuotas[place]?.name ?? '';
}

function rateOf(
  { limits }: QuotaSettings,
  { burst, name, perRegion, perSecond }: RequestQuotaRow,
  account: string,
  region: string,
): { perSecond: number; burst: number } {
  const set = limitIn(limits, name, account, region);
  if (set !== undefined) return { perSecond: set, burst: usualBurst(set) };
  const rate = perRegion?.[region] ?? perSecond;
  return { perSecond: rate, burst: burst ?? usualBurst(rate) };
}
