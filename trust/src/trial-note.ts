// What a trial leaves behind for the reporter and the table of figures.

import type { Repro } from './regression.ts';

/** Reads as "0 of 32,000 tampered blobs accepted": failures, count, of. */
export interface TrialFigure {
  readonly count: number;
  readonly of: string;
  readonly failures: number;
  readonly note?: string;
}

export type TrialId = `T${number}`;

export interface TrialNote {
  readonly id: TrialId;
  readonly title: string;
  readonly night: boolean;
  readonly seed: number;
  readonly figures: readonly TrialFigure[];
  readonly repro?: Repro;
}

declare module 'vitest' {
  interface TaskMeta {
    trial?: TrialNote;
  }
}

/** "0 of 32,000 tampered blobs accepted (20 blobs)" */
export function sentence({ count, failures, note, of }: TrialFigure): string {
  const grouped = (value: number): string => value.toLocaleString('en-US');
  return `${grouped(failures)} of ${grouped(count)} ${of}${note === undefined ? '' : ` (${note})`}`;
}
