// Targets in words.

import { thousands } from './report.ts';
import { divisors, type Reading, type Target } from './targets.ts';

type Verdict = 'met' | 'missed' | 'not reached' | 'not measured';

const units: Readonly<Record<Target['reads'], { readonly digits: number; readonly suffix: string }>> = {
  speed: { digits: 2, suffix: 'x' },
  times: { digits: 2, suffix: 'x' },
  us: { digits: 2, suffix: ' us' },
  ms: { digits: 1, suffix: ' ms' },
  bytes: { digits: 0, suffix: ' B' },
};

/** '>= 1x' */
export function limitText({ limit, reads }: Target): string {
  return `${reads === 'speed' ? '>=' : '<='} ${thousands(String(limit))}${units[reads].suffix}`;
}

/** '1.14x (1.10 - 1.18)' */
export function readingText({ reads }: Target, { figure }: Reading): string {
  if (figure === undefined) return 'not measured';
  const { digits, suffix } = units[reads];
  const divisor = divisors[reads];
  const shown = (value: number): string => thousands((value / divisor).toFixed(digits));
  const { median, p25, p75 } = figure;
  return `${shown(median)}${suffix}${p25 === undefined || p75 === undefined ? '' : ` (${shown(p25)} - ${shown(p75)})`}`;
}

/** Of all its measures: one that is missed is a target that is missed. */
export function verdictOf({ stretch }: Target, readings: readonly Reading[]): Verdict {
  if (readings.some(({ figure, met }) => figure !== undefined && !met)) return stretch ? 'not reached' : 'missed';
  return readings.every(({ met }) => met) ? 'met' : 'not measured';
}
