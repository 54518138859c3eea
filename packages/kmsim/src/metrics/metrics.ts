// sim.metrics(): what CloudWatch would show of a run.

import type { Run } from '../analysis/inventory.ts';
import { KeyHistories } from '../analysis/key-history.ts';
import type { Window } from '../analysis/months.ts';
import { calledIn, instantOfEvent } from '../analysis/trail-event.ts';
import { notesOnTrail } from '../analysis/trail-notes.ts';
import { nearest } from '../did-you-mean.ts';
import { KmsimError } from '../kmsim-error.ts';
import { checkOptions, type Forms, shown } from '../option-forms.ts';
import { durationOf, instantOf } from '../sim-clock.ts';
import { callMetrics, countsOf } from './call-metrics.ts';
import { MaterialExpiries } from './material-expiry.ts';
import { type MetricData, MetricSeries } from './metric-data.ts';

const page = 'docs/review.md';

export interface MetricsOptions {
  /** Only metrics of this name: `'CallCount'`. */
  readonly name?: string;
  /** Only those with these dimensions: `{ Operation: 'Decrypt' }`. */
  readonly dimensions?: Readonly<Record<string, string>>;
  /** From the first event when absent, until now. */
  readonly from?: string | number | Date;
  readonly until?: string | number | Date;
  /** `'1 minute'` when absent; longer where the time is longer, as CloudWatch keeps them. */
  readonly period?: string | number;
}

/** A list of metrics. */
export interface Metrics extends ReadonlyArray<MetricData> {
  /** What could not be measured. */
  readonly notes: readonly string[];
}

const any = { is: () => true, text: 'anything' };
const forms: Forms<MetricsOptions> = {
  name: any,
  dimensions: {
    is: (value) =>
      typeof value === 'object' && value !== null && Object.values(value).every((one) => typeof one === 'string'),
    text: 'an object of strings',
  },
  from: any,
  until: any,
  period: any,
};

const names = [...callMetrics.map(({ name }) => name), 'SecondsUntilKeyMaterialExpiration'];
const DAY = 86_400_000;

/** One minute is kept for 15 days, 5 minutes for 63, an hour for 455: cloudwatch_concepts.html#metrics-retention */
const retention: readonly (readonly [days: number, seconds: number])[] = [
  [15, 60],
  [63, 300],
  [455, 3_600],
  [Number.POSITIVE_INFINITY, 86_400],
];
/** GetMetricData gives no more: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html */
const mostPoints = 100_800;

export function metricsOf(run: Run, options: MetricsOptions = {}): Metrics {
  checkOptions('metrics', options, forms, page);
  const events = [...run.events];
  const { inventory } = run;
  const [first] = events;
  const until = options.until === undefined ? inventory.now : instantOf(options.until);
  const from =
    options.from === undefined ? Math.min(first ? instantOfEvent(first) : until, until) : instantOf(options.from);
  if (from > until) throw new KmsimError('InvalidOption', 'metrics: until is before from.', { page });
  requireName(options.name);
  const window = { from, until };
  const period = periodOf(options.period, window);
  const series = new MetricSeries(period, window);
  const expiries = new MaterialExpiries();
  const histories = new KeyHistories();
  for (const event of events) {
    histories.note(event);
    expiries.note(event);
  }
  const specs = new Map(histories.close(inventory).map(({ arn, spec }) => [arn, spec]));
  for (const event of events) {
    const operation = calledIn(event);
    if (operation === undefined) continue;
    const at = instantOfEvent(event);
    for (const name of countsOf({ event, operation, specOf: (key) => specs.get(key) })) series.add(name, at, 1);
  }
  expiries.measure(series, inventory, window, period);
  const data = series.data().filter((one) => isAsked(one, options));
  // Not one of the members that somebody goes over or compares.
  return Object.defineProperty(data, 'notes', { value: notesOnTrail(run, 'measured') }) as MetricData[] & Metrics;
}

function isAsked({ Dimensions, MetricName }: MetricData, { dimensions = {}, name }: MetricsOptions): boolean {
  const has = ([wanted, value]: readonly [string, string]): boolean =>
    Dimensions.some(({ Name, Value }) => Name === wanted && Value === value);
  return (name === undefined || name === MetricName) && Object.entries(dimensions).every(has);
}

function requireName(name: unknown): void {
  if (name === undefined || names.includes(name as string)) return;
  const meant = typeof name === 'string' ? nearest(name, names) : undefined;
  const instead = meant === undefined ? `There are ${names.join(', ')}.` : `Did you mean ${meant}?`;
  throw new KmsimError('InvalidOption', `metrics: there is no metric ${shown(name)}. ${instead}`, { page });
}

/** Seconds: whole minutes, as CloudWatch has them for what AWS measures. */
function periodOf(asked: MetricsOptions['period'], { from, until }: Window): number {
  if (asked === undefined) return retention.find(([days]) => until - from <= days * DAY)?.[1] ?? 60;
  const period = durationOf(asked) / 1000;
  if (period < 60 || period % 60 !== 0)
    throw new KmsimError('InvalidOption', `metrics: a period is whole minutes, not ${shown(asked)}.`, { page });
  if ((until - from) / 1000 / period > mostPoints)
    throw new KmsimError(
      'InvalidOption',
      `metrics: there would be more than ${mostPoints} periods. Ask for a longer one.`,
      { page },
    );
  return period;
}
