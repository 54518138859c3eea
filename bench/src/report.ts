// Tables as text.

import { grouped } from './statistics.ts';
import type { Figure, Row, Table, Unit } from './suite.ts';

/** With `sparks`, the rounds of each row behind it. */
export function tableText({ title, rows }: Table, sparks = false): string {
  const headings = headingsOf(rows);
  const behind = (row: Row): readonly string[] => (sparks ? [sparkline(row)] : []);
  const lines = [
    ['', ...headings, ...(sparks ? ['rounds'] : [])],
    ...rows.map((row) => [row.name, ...cellsOf(row, headings), ...behind(row)]),
  ];
  const widths = (lines[0] ?? []).map((_, at) => Math.max(...lines.map((line) => line[at]?.length ?? 0)));
  const text = lines.map((line) =>
    line
      .map((cell, at) => padded(cell, widths[at] ?? 0, at))
      .join('   ')
      .trimEnd(),
  );
  return [title, ...text.map((line) => `  ${line}`)].join('\n');
}

export function headingsOf(rows: readonly Row[]): readonly string[] {
  return [...new Set(rows.flatMap(({ figures }) => Object.keys(figures)))];
}

/** The rounds of what the row is judged by, from the least to the most of them. */
function sparkline({ figures }: Row): string {
  const { rounds = [] } = Object.values(figures).findLast((figure) => (figure.rounds?.length ?? 0) > 2) ?? {};
  const heights = grouped(rounds, blocks.length * 3);
  const least = Math.min(...heights);
  const span = Math.max(...heights) - least;
  return heights.map((height) => blocks[Math.round(((height - least) / (span || 1)) * (blocks.length - 1))]).join('');
}

const blocks = '▁▂▃▄▅▆▇█';

function cellsOf({ figures }: Row, headings: readonly string[]): readonly string[] {
  return headings.map((heading) => cell(figures[heading]));
}

function padded(text: string, width: number, column: number): string {
  return column === 0 ? text.padEnd(width) : text.padStart(width);
}

/** With the quartiles in parentheses where there are any. */
export function cell(figure: Figure | undefined): string {
  // What JSON cannot hold comes back as null.
  if (figure === undefined || !Number.isFinite(figure.median)) return '';
  const { median, p25, p75 } = figure;
  const { divisor, digits, suffix } = scaleOf(figure);
  const shown = (value: number): string => thousands((value / divisor).toFixed(digits));
  return `${shown(median)}${suffix}${p25 === undefined || p75 === undefined ? '' : ` (${shown(p25)} - ${shown(p75)})`}`;
}

interface Scale {
  readonly divisor: number;
  readonly digits: number;
  readonly suffix: string;
}

const scales: Readonly<Record<Unit, Scale>> = {
  ns: { divisor: 1e3, digits: 2, suffix: ' us' },
  s: { divisor: 1, digits: 2, suffix: ' s' },
  bytes: { divisor: 1, digits: 0, suffix: ' B' },
  'per second': { divisor: 1, digits: 0, suffix: '' },
  ratio: { divisor: 1, digits: 2, suffix: 'x' },
  share: { divisor: 1, digits: 2, suffix: 'x' },
  count: { divisor: 1, digits: 0, suffix: '' },
  USD: { divisor: 1, digits: 2, suffix: ' USD' },
};
const milliseconds: Scale = { divisor: 1e6, digits: 2, suffix: ' ms' };

// The spread in the unit of its median.
function scaleOf({ median, unit }: Figure): Scale {
  return unit === 'ns' && median >= 1e6 ? milliseconds : scales[unit];
}

/** With commas. Not toLocaleString: the same text everywhere. */
export function thousands(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ',');
}
