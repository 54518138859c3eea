// A table of one call among more and more of something, against the same call among the fewest.

import { type Alternative, interleave, rowsOf, type Timing } from '../interleave.ts';
import { thousands } from '../report.ts';
import type { Effort, Table } from '../suite.ts';

export interface Among {
  readonly count: number;
  readonly run: Alternative['run'];
}

export async function among(title: string, what: string, all: readonly Among[], effort: Effort): Promise<Table> {
  return tableOf(title, await interleave(named(what, all), effort));
}

/** Lists everything, page by page to the last one. */
export interface Listing {
  readonly count: number;
  /** One page of `pageSize`, and the marker of the next. */
  readonly page: (marker: string | undefined) => Promise<{ readonly items: number; readonly next: string | undefined }>;
}

export const pageSize = 10;

/** What a page costs, on the average over all of them to the last. A list of one page has no marker, so it is no floor. */
export async function listed(title: string, what: string, lists: readonly Listing[], effort: Effort): Promise<Table> {
  const all = lists.filter(({ count }) => count > pageSize);
  const passes = all.map(({ count, page }) => ({
    count,
    run: async (times: number) => {
      for (let n = 0; n < times; n++) await pass(count, page);
    },
  }));
  const timings = await interleave(named(what, passes), { ...effort, rounds: Math.min(effort.rounds, 5) });
  return tableOf(
    `${title} to the last page, ${pageSize} a page`,
    timings.map(({ name, rounds }, at) => {
      const pages = Math.ceil((all[at]?.count ?? 0) / pageSize);
      return { name, rounds: rounds.map((time) => time / pages) };
    }),
  );
}

async function pass(count: number, page: Listing['page']): Promise<void> {
  let seen = 0;
  let marker: string | undefined;
  do {
    const { items, next } = await page(marker);
    seen += items;
    marker = next;
  } while (marker !== undefined);
  if (seen !== count) throw new Error(`There are ${count}, and ${seen} were listed.`);
}

function named(what: string, all: readonly Among[]): readonly Alternative[] {
  return all.map(({ count, run }) => ({ name: `${thousands(String(count))} ${what}`, run }));
}

function tableOf(title: string, timings: readonly Timing[]): Table {
  return { title, rows: rowsOf(timings, timings[0]?.name) };
}

/** Encrypt and the others take this. */
export const plaintext: Uint8Array = new Uint8Array(32).fill(1);
