// Tables as text.

import type { Figure, Row, Table, Unit } from './suite.ts';

export function tableText({ title, rows }: Table): string {
  const headings = [...new Set(rows.flatMap(({ figures }) => Object.keys(figures)))];
  const lines = [['', ...headings], ...rows.map((row) => [row.name, ...cellsOf(row, headings)])];
  const widths = ['', ...headings].map((_, at) => Math.max(...lines.map((line) => line[at]?.length ?? 0)));
  const text = lines.map((line) =>
    line
      .map((cell, at) => padded(cell, widths[at] ?? 0, at))
      .join('   ')
      .trimEnd(),
  );
  return [title, ...text.map((line) => `  ${line}`)].join('\n');
}

function cellsOf({ figures }: Row, headings: readonly string[]): readonly string[] {
  return headings.map((heading) => cell(figures[heading]));
}

function padded(text: string, width: number, column: number): string {
  return column === 0 ? text.padEnd(width) : text.padStart(width);
}

function cell(figure: Figure | undefined): string {
  if (figure === undefined) return '';
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
