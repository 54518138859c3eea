// SecondsUntilKeyMaterialExpiration: how long imported key material still lasts.
// https://docs.aws.amazon.com/kms/latest/developerguide/monitoring-cloudwatch.html

import { type CloudTrailRecord, type KeyRecord, parseArn } from '@kmsim/kms';
import type { Inventory } from '../analysis/inventory.ts';
import type { Window } from '../analysis/months.ts';
import { instantOfEvent, keysOf, parameterOf, succeeded } from '../analysis/trail-event.ts';
import { beginOf, dimensions, type MetricSeries } from './metric-data.ts';

/** Material that lasts from one instant to another. */
interface Lasting {
  readonly key: string;
  readonly material: string;
  readonly from: number;
  readonly expiresAt: number;
  until: number;
}

export class MaterialExpiries {
  readonly #all: Lasting[] = [];

  /** Events come in order. */
  note(event: CloudTrailRecord): void {
    const [key] = keysOf(event);
    if (key === undefined || !succeeded(event)) return;
    const at = instantOfEvent(event);
    if (event.eventName === 'ImportKeyMaterial') {
      const material = textIn(event.responseElements?.['keyMaterialId']);
      this.#end(key, material, at);
      const expiresAt = instantOfDateText(parameterOf(event, 'validTo'));
      if (expiresAt !== undefined && parameterOf(event, 'expirationModel') !== 'KEY_MATERIAL_DOES_NOT_EXPIRE')
        this.#all.push({ key, material, from: at, expiresAt, until: expiresAt });
    } else if (event.eventName === 'DeleteImportedKeyMaterial') {
      this.#end(key, textIn(event.responseElements?.['keyMaterialId']), at);
    } else if (event.eventName === 'DeleteKey') {
      for (const one of this.#all) if (one.key === key) one.until = Math.min(one.until, at);
    }
  }

  /** A point at the beginning of each period, and one where it begins. Material that no event told of has one point: now. */
  measure(series: MetricSeries, { keys, now }: Inventory, window: Window, period: number): void {
    const noted = new Set(this.#all.map(({ key }) => key));
    for (const key of keys) {
      const ends = noted.has(key.arn) ? [] : expiriesOf(key);
      if (ends.length > 0) add(series, key.arn, now, Math.min(...ends));
    }
    for (const { expiresAt, from, key, until } of this.#all) {
      const [first, last] = [Math.max(from, window.from), Math.min(until, window.until)];
      for (let at = first; at <= last; at = beginOf(at, period) + period * 1000) add(series, key, at, expiresAt);
    }
  }

  #end(key: string, material: string, at: number): void {
    for (const one of this.#all)
      if (one.key === key && (material === '' || one.material === material)) one.until = Math.min(one.until, at);
  }
}

function add(series: MetricSeries, key: string, at: number, expiresAt: number): void {
  const { account = '', name = '', region = '' } = parseArn(key) ?? {};
  series.add(
    {
      Namespace: 'AWS/KMS',
      MetricName: 'SecondsUntilKeyMaterialExpiration',
      Dimensions: dimensions({ KeyId: name }),
      Stat: 'Minimum',
      Unit: 'Seconds',
      AccountId: account,
      Region: region,
    },
    at,
    Math.max(0, (expiresAt - at) / 1000),
  );
}

export function expiriesOf({ materials, pendingMaterial }: KeyRecord): readonly number[] {
  const all = pendingMaterial === undefined ? materials : [...materials, pendingMaterial];
  return all.flatMap(({ imported }) =>
    imported?.isHere && imported.expiresAt !== undefined ? [imported.expiresAt] : [],
  );
}

/** CloudTrail writes dates in parameters as `May 21, 2025, 5:47:45 AM`, in UTC. https://docs.aws.amazon.com/kms/latest/developerguide/ct-importkeymaterial.html */
function instantOfDateText(text: string | undefined): number | undefined {
  const shape =
    /^(?:([A-Z][a-z]{2}) (\d{1,2}), (\d{4}),? (\d{1,2}):(\d\d):(\d\d)[\s\u202f](AM|PM)|\d{4}-\d\d-\d\dT.+)$/.exec(
      text ?? '',
    );
  if (shape === null) return undefined;
  const [whole, month = '', day, year, hour, minute, second, half] = shape;
  if (half === undefined) return finite(Date.parse(whole));
  const hours = (Number(hour) % 12) + (half === 'PM' ? 12 : 0);
  const at = months.indexOf(month);
  return at < 0 ? undefined : finite(Date.UTC(Number(year), at, Number(day), hours, Number(minute), Number(second)));
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function finite(instant: number): number | undefined {
  return Number.isFinite(instant) ? instant : undefined;
}

function textIn(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
