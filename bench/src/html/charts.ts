// Runs in the page: draws its charts, again when its width changes. Inlined as it is compiled, so it imports nothing but types.
/// <reference lib="dom" />

import type * as PlotLibrary from '@observablehq/plot';
import type { Bars, Chart, Curves, Point } from './chart-data.ts';

declare const Plot: typeof PlotLibrary;

// Beside it there is no room for labels: they go above their bars.
const narrow = 640;
const colors = ['var(--one)', 'var(--two)', 'var(--three)', 'var(--four)', 'var(--five)', 'var(--six)'];
// Text stays readable on a line.
const halo = { fill: 'currentColor', stroke: 'var(--card)', strokeWidth: 4 };
const style = { background: 'transparent', color: 'inherit', fontFamily: 'inherit', fontSize: '12px' };

const charts = JSON.parse(document.getElementById('charts')?.textContent ?? '[]') as readonly Chart[];

for (const frame of document.querySelectorAll<HTMLElement>('[data-chart]')) {
  const chart = charts[Number(frame.dataset['chart'])];
  if (chart === undefined) continue;
  let drawn = 0;
  new ResizeObserver(() => {
    const width = Math.floor(frame.clientWidth);
    if (width === drawn || width === 0) return;
    drawn = width;
    const svg = chart.kind === 'bars' ? bars(chart, width) : curves(chart, width);
    frame.replaceChildren(...legend(chart), svg);
  }).observe(frame);
}

function bars({ axis, floor, points }: Bars, width: number): Element {
  const isNarrow = width < narrow;
  const series = seriesOf(points);
  const keyed = points.map((point) => ({ ...point, key: `${point.label} | ${point.series}` }));
  const heads = keyed.filter(({ label }, at) => keyed[at - 1]?.label !== label);
  const longest = Math.max(...points.map(({ label }) => label.length));
  const margin = isNarrow ? 12 : Math.min(420, 24 + 7.2 * longest);
  const [low, high] = extent(points, floor === undefined ? undefined : 1);
  // Beside one of 26 ms nobody would see how long those of 2 us are.
  const isLog = floor !== undefined || high > 200 * low;
  // Room for the number behind the longest bar.
  const domain: readonly [number, number] = isLog
    ? [low / 1.25, high * (floor === undefined ? 2 : 1.25)]
    : [0, high * 1.15];
  const start = floor === undefined ? domain[0] : 1;
  // Given as text: a logarithmic scale would write 0.4 as 400m, and some of them not at all.
  const values = roundNumbers(domain);
  const ticks = isLog ? { ticks: values } : { ticks: width / 120 };
  const across = (options: PlotLibrary.AxisXOptions): PlotLibrary.CompoundMark =>
    isLog ? Plot.axisX(values, { text: String, ...options }) : Plot.axisX({ ...ticks, ...options });
  const step = isNarrow ? 42 : series.length > 1 ? 20 : 28;
  return Plot.plot({
    width,
    height: keyed.length * step + 64,
    marginLeft: margin,
    marginRight: 28,
    marginTop: isNarrow || keyed.length > 20 ? 28 : 12,
    marginBottom: 48,
    style,
    x: {
      type: isLog ? 'log' : 'linear',
      domain,
      label: axis,
      labelArrow: 'none',
    },
    y: { domain: keyed.map(({ key }) => key), axis: null, padding: isNarrow ? 0.6 : 0.3 },
    marks: [
      // Of a long chart the end is out of sight.
      ...(keyed.length > 20 ? [across({ anchor: 'top', label: null })] : []),
      across({
        anchor: 'bottom',
        label: isLog && floor === undefined ? `${axis}, logarithmic` : axis,
        labelArrow: 'none',
      }),
      Plot.gridX(ticks),
      Plot.barX(keyed, {
        x1: () => start,
        x2: 'value',
        y: 'key',
        fill: (point: Point) => colorOf(point, series, floor),
        fillOpacity: 0.75,
      }),
      Plot.ruleY(keyed, {
        x1: 'low',
        x2: 'high',
        y: 'key',
        strokeWidth: 2,
        stroke: 'currentColor',
        strokeLinecap: 'round',
      }),
      Plot.ruleX([start], { stroke: 'currentColor', strokeWidth: floor === undefined ? 1 : 1.5 }),
      Plot.text(keyed, {
        x: (point: Point) => Math.max(point.high, start),
        y: 'key',
        text: (point: Point) => shown(point.value, floor),
        textAnchor: 'start',
        dx: 6,
        ...halo,
      }),
      Plot.text(heads, {
        x: () => domain[0],
        y: 'key',
        text: 'label',
        textAnchor: isNarrow ? 'start' : 'end',
        dx: isNarrow ? 0 : -10,
        dy: isNarrow ? -16 : 0,
        lineWidth: (isNarrow ? width - 40 : margin - 16) / 12,
        textOverflow: 'ellipsis',
        title: 'label',
        ...halo,
      }),
    ],
  });
}

function curves({ across, axis, points }: Curves, width: number): Element {
  const series = seriesOf(points);
  const counts = [...new Set(points.map(({ at }) => at))];
  const stroke = (point: Point): string => colors[series.indexOf(point.series) % colors.length] ?? 'currentColor';
  return Plot.plot({
    width,
    height: Math.min(380, 200 + width / 5),
    marginLeft: 48,
    marginRight: 24,
    marginBottom: 48,
    style,
    x: { type: 'log', label: across, labelArrow: 'none' as const },
    y: { label: axis, labelArrow: 'none', grid: true, zero: true, nice: true },
    marks: [
      // As text: a format would be asked for some of them only.
      Plot.axisX(counts, { text: short }),
      Plot.gridX({ ticks: counts }),
      Plot.ruleY([1], { stroke: 'currentColor', strokeWidth: 1.5 }),
      Plot.areaY(points, { x: 'at', y1: 'low', y2: 'high', z: 'series', fill: stroke, fillOpacity: 0.15 }),
      Plot.lineY(points, { x: 'at', y: 'value', z: 'series', stroke, strokeWidth: 2 }),
      Plot.dot(points, {
        x: 'at',
        y: 'value',
        fill: stroke,
        r: 3.5,
        title: (point: Point) => `${point.series}, ${point.label}: ${shown(point.value, axis)}`,
      }),
    ],
  });
}

/** Which color is what, where there is more than one. */
function legend({ points }: Chart): readonly Element[] {
  const series = seriesOf(points);
  if (series.length < 2) return [];
  const list = document.createElement('ul');
  list.className = 'legend';
  for (const [at, name] of series.entries()) {
    const item = document.createElement('li');
    item.style.setProperty('--color', colors[at % colors.length] ?? 'currentColor');
    item.textContent = name;
    list.append(item);
  }
  return [list];
}

function seriesOf(points: readonly Point[]): readonly string[] {
  return [...new Set(points.map(({ series }) => series))];
}

/** One way alone: slower than the floor is another color. */
function colorOf({ series: name, value }: Point, series: readonly string[], floor: string | undefined): string {
  const at = series.length > 1 ? series.indexOf(name) : floor !== undefined && value < 1 ? 1 : 0;
  return colors[at % colors.length] ?? 'currentColor';
}

function extent(points: readonly Point[], also: number | undefined): readonly [number, number] {
  const ends = points.flatMap(({ high, low }) => [low, high]).filter((end) => end > 0 || also === undefined);
  if (also !== undefined) ends.push(also);
  return [Math.min(...ends), Math.max(...ends)];
}

/** Of every power of ten between the two: 1, or 1, 2 and 5, or all, whatever gives enough of them. */
function roundNumbers([low = 1, high = 1]: readonly number[]): readonly number[] {
  const steps = high / low > 1000 ? [1] : high / low > 4 ? [1, 2, 5] : [1, 2, 3, 4, 5, 6, 7, 8, 9];
  const powers = Array.from({ length: 25 }, (_, at) => at - 12);
  const ticks = powers.flatMap((power) => steps.map((step) => Number(`${step}e${power}`)));
  return ticks.filter((tick) => tick >= low && tick <= high);
}

/** 50k, 1M */
function short(count: number): string {
  if (count >= 1e6) return `${count / 1e6}M`;
  return count >= 1e3 ? `${count / 1e3}k` : String(count);
}

function shown(value: number, floor: string | undefined): string {
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return `${value.toFixed(digits)}${floor === undefined ? '' : 'x'}`;
}
