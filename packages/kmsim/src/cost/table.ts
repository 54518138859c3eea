// A bill as a person reads it.

import type { CostLine, MonthCost } from './bill.ts';

type Row = readonly string[];

export function monthText({ account, currency, lines, month, total }: MonthCost): string {
  const rows: Row[] = lines.map((line) => [line.label, quantityOf(line), priceOf(line), amountOf(line.amount)]);
  const isWhole = lines.every(({ amount }) => amount !== undefined);
  const sum: Row = [isWhole ? 'total' : 'total of what has a price', '', '', amountOf(total)];
  return [`${month}, account ${account}, ${currency}`, ...aligned([...rows, sum])].join('\n');
}

function quantityOf({ free, quantity, unit }: CostLine): string {
  const whole = unit === 'requests' ? grouped(quantity) : grouped(quantity, 3);
  return `${whole} ${unit}${free > 0 ? ` (${grouped(free)} free)` : ''}`;
}

function priceOf({ per, price }: CostLine): string {
  if (price === undefined) return 'price not known';
  return per === 1 ? `${price.toFixed(2)} each` : `${price.toFixed(2)} per ${grouped(per)}`;
}

/** Small amounts keep what makes them different from nothing. */
export function amountOf(amount: number | undefined): string {
  if (amount === undefined) return '?';
  if (amount > 0 && amount < 0.0001) return '<0.0001';
  return amount !== 0 && Math.abs(amount) < 1 ? amount.toFixed(4) : grouped(amount, 2, 2);
}

function grouped(value: number, most = 0, least = 0): string {
  const [whole = '', fraction = ''] = value.toFixed(most).split('.');
  const kept = fraction.replace(/0+$/, '').padEnd(least, '0');
  return `${whole.replace(/\B(?=(?:\d{3})+$)/g, ',')}${kept === '' ? '' : `.${kept}`}`;
}

/** The last column stands flush right. */
function aligned(rows: readonly Row[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => {
    const cells = row.map((cell, column) => {
      const width = widths[column] ?? 0;
      return column === row.length - 1 ? cell.padStart(width) : cell.padEnd(width);
    });
    return `  ${cells.join('  ')}`;
  });
}
