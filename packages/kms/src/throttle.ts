// The request quotas in the corridor: which meters a request counts on, and whether it passes. docs/decisions/quotas.md
// https://docs.aws.amazon.com/kms/latest/developerguide/requests-per-second.html

import { type Charge, count, granted, type Meter, pass, passAll, take } from '@kmsim/quota';
import { fail, KmsError } from './api/errors.ts';
import type { OperationName } from './api/shapes.ts';
import { throttlingMessage } from './faults/service-fault-table.ts';
import type { Call, Visit } from './operation.ts';
import type { KeyRecord } from './state/records.ts';
import type { Site } from './state/site.ts';
import { isRegion } from './tables/regions.ts';
import { hotKeyQuota, keyStoreQuota, placeOfQuota } from './tables/request-quotas.ts';
import { quotaOfKeyPairSpec, quotaOfKeySpec, type RequestRule, requestRules } from './tables/request-rules.ts';

/** ThrottlingException where quotas are enforced and one has no room; otherwise the request is counted and passes. */
export function throttle(call: Call, visit: Visit): void {
  // One that comes again because a library was missing has been counted.
  if (visit.isCharged) return;
  visit.isCharged = true;
  if (charge(call) !== granted && call.kms.throttler.mode === 'enforce') fail('ThrottlingException', throttlingMessage);
}

/** A request that was refused before it came to `throttle`: it has been answered, and counts. Which key it was about is not known. */
export function countRefused(call: Call, visit: Visit, error: unknown): void {
  const isStruck = visit.fate !== undefined && visit.fate !== 'none';
  if (visit.isCharged || isStruck || !(error instanceof KmsError)) return;
  const { place } = resolved[call.operation];
  const site = payingSite(call);
  if (place === undefined || site === undefined) return;
  visit.isCharged = true;
  const meter = call.kms.throttler.meter(place, site, call.at);
  count(meter, call.at);
  take(meter, call.at);
}

function charge(call: Call): number {
  const site = payingSite(call);
  if (site === undefined) return granted;
  const { place: own, rule } = resolved[call.operation];
  const { destinationKey, key } = call.subjects;
  const place = own ?? placeFor(call, rule, key?.key);
  if (place === undefined) return granted;
  const { at: now } = call;
  const meter = call.kms.throttler.meter(place, site, now);
  const more =
    destinationKey !== undefined ||
    rule.elsewhere !== undefined ||
    rule.changesKeyState === true ||
    (rule.keyStore !== undefined && storeOf(call, rule, key?.key) !== undefined);
  return more ? passAll([{ meter, cost: 1 }, ...others(call, rule, site, meter)], now) : pass(meter, now);
}

/** What a request counts on beside the first quota. */
function others(call: Call, rule: RequestRule, site: Site, first: Meter): readonly Charge[] {
  const { at: now, kms, subjects } = call;
  const { throttler } = kms;
  const charges: Charge[] = [];
  if (rule.elsewhere !== undefined) {
    const { cost, quota, region: member } = rule.elsewhere;
    const region = String((call.input as Readonly<Record<string, unknown>>)[member]);
    const meter = isRegion(region) && throttler.meter(placeNamed(quota), kms.state.site(site.account, region), now);
    if (meter) charges.push({ meter, cost });
  }
  for (const key of [subjects.key?.key, subjects.destinationKey?.key]) {
    if (key === undefined) continue;
    // From one kind of key to another: both do work.
    const place = placeFor(call, rule, key);
    const meter = place === undefined ? first : throttler.meter(place, site, now);
    if (meter !== first) charges.push({ meter, cost: 1 });
    if (rule.changesKeyState === true && kms.state.get('keys', key.arn) !== undefined)
      charges.push({ meter: throttler.meterOf(hotKeyPlace, key.arn, key, now), cost: 1 });
  }
  for (const store of storesOf(call, rule))
    charges.push({ meter: throttler.meterOf(keyStorePlace, store.id, store.owner, now), cost: 1 });
  return charges;
}

/** The site that pays: the caller's, whoever owns the key, and also when a service calls on the caller's behalf. */
function payingSite(call: Call): Site | undefined {
  const { principal, region, source } = call.caller;
  if (principal.account !== '') return call.site;
  // A service that calls by itself works for an account, or uses what is the account's. With what is its own nobody pays.
  const account = source?.account ?? call.subjects.key?.key?.account;
  return account === undefined ? undefined : call.kms.state.site(account, region);
}

function placeFor(call: Call, rule: RequestRule, key: KeyRecord | undefined): number | undefined {
  if ('quota' in rule) return undefined;
  if (rule.by === 'key spec') return key && placesOfSpecs[key.spec];
  return placeOfQuota(quotaOfKeyPairSpec(String((call.input as { readonly KeyPairSpec?: unknown }).KeyPairSpec)));
}

function storeOf(call: Call, { keyStore }: RequestRule, key: KeyRecord | undefined): string | undefined {
  if (keyStore === 'CustomKeyStoreId') return (call.input as { readonly CustomKeyStoreId?: string }).CustomKeyStoreId;
  return key?.customKeyStore?.id;
}

/** The custom key stores that a request uses, each once. Their quotas are for all callers together. */
function storesOf(
  call: Call,
  rule: RequestRule,
): Iterable<{ readonly id: string; readonly owner: Pick<Site, 'account' | 'region'> }> {
  const stores = new Map<string, { readonly id: string; readonly owner: Pick<Site, 'account' | 'region'> }>();
  if (rule.keyStore === undefined) return [];
  const keys = rule.keyStore === 'key' ? [call.subjects.key?.key, call.subjects.destinationKey?.key] : [undefined];
  for (const key of keys) {
    const id = storeOf(call, rule, key);
    if (id !== undefined) stores.set(id, { id, owner: key ?? call.site });
  }
  return stores.values();
}

interface Resolved {
  readonly rule: RequestRule;
  readonly place: number | undefined;
}

function placeNamed(quota: string): number {
  const place = placeOfQuota(quota);
  if (place === undefined) throw new Error(`${quota} is no quota`);
  return place;
}

const hotKeyPlace = placeNamed(hotKeyQuota);
const keyStorePlace = placeNamed(keyStoreQuota);
const placesOfSpecs = Object.fromEntries(
  Object.entries(quotaOfKeySpec).map(([spec, quota]) => [spec, placeNamed(quota)]),
) as Readonly<Record<KeyRecord['spec'], number>>;

const resolved = Object.fromEntries(
  Object.entries(requestRules).map(([operation, rule]): [string, Resolved] => [
    operation,
    { rule, place: 'quota' in rule ? placeNamed(rule.quota) : undefined },
  ]),
) as Readonly<Record<OperationName, Resolved>>;
