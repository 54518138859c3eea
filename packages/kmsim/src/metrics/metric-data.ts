// A metric as CloudWatch has it: a name, dimensions, and a value for each period in which there is one.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_concepts.html

import type { Window } from '../analysis/months.ts';

export interface MetricDimension {
  readonly Name: string;
  readonly Value: string;
}

export interface MetricData {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions: readonly MetricDimension[];
  /** The statistic that the values are. */
  readonly Stat: 'Sum' | 'Minimum';
  readonly Unit: 'None' | 'Count' | 'Seconds';
  /** Seconds. */
  readonly Period: number;
  /** The beginnings of periods, ISO 8601, the earliest first. Periods in which nothing was measured are not there. */
  readonly Timestamps: readonly string[];
  readonly Values: readonly number[];
  /** CloudWatch keeps the metrics of each account and Region apart. */
  readonly AccountId: string;
  readonly Region: string;
}

export type MetricName = Omit<MetricData, 'Period' | 'Timestamps' | 'Values'>;

const folds: Readonly<Record<MetricData['Stat'], (a: number, b: number) => number>> = {
  Sum: (a, b) => a + b,
  Minimum: Math.min,
};

/** Points of metrics, folded period by period as they come. */
export class MetricSeries {
  readonly #period: number;
  readonly #window: Window;
  readonly #series = new Map<string, { readonly name: MetricName; readonly points: Map<number, number> }>();

  /** `period` in seconds. */
  constructor(period: number, window: Window) {
    this.#period = period;
    this.#window = window;
  }

  add(name: MetricName, at: number, value: number): void {
    const begin = beginOf(at, this.#period);
    if (begin < beginOf(this.#window.from, this.#period) || at > this.#window.until) return;
    const key = keyOf(name);
    const series = this.#series.get(key) ?? { name, points: new Map() };
    this.#series.set(key, series);
    const before = series.points.get(begin);
    series.points.set(begin, before === undefined ? value : folds[name.Stat](before, value));
  }

  data(): readonly MetricData[] {
    const keys = [...this.#series.keys()].sort();
    return keys.flatMap((key) => {
      const series = this.#series.get(key);
      if (series === undefined) return [];
      const points = [...series.points].sort(([a], [b]) => a - b);
      const Timestamps = points.map(([at]) => new Date(at).toISOString());
      return [{ ...series.name, Period: this.#period, Timestamps, Values: points.map(([, value]) => value) }];
    });
  }
}

/** Periods begin at whole multiples of their length. */
export function beginOf(at: number, period: number): number {
  return Math.floor(at / (period * 1000)) * period * 1000;
}

function keyOf({ AccountId, Dimensions, MetricName, Namespace, Region }: MetricName): string {
  return JSON.stringify([Namespace, MetricName, AccountId, Region, Dimensions.map(({ Name, Value }) => [Name, Value])]);
}

export function dimensions(members: Readonly<Record<string, string>>): readonly MetricDimension[] {
  return Object.entries(members).map(([Name, Value]) => ({ Name, Value }));
}
