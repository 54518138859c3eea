// Calendar months in UTC, by which AWS bills, and the hours of a time in each.

const HOUR = 3_600_000;

/** A time that is asked about. */
export interface Window {
  readonly from: number;
  readonly until: number;
}

/** Events are to the second: what happens in the second of an end belongs to the window. */
export function isWithin(at: number, { from, until }: Window): boolean {
  return at >= Math.floor(from / 1000) * 1000 && at <= until;
}

export interface Month {
  /** `2026-01` */
  readonly name: string;
  readonly from: number;
  readonly until: number;
  readonly hours: number;
}

export function monthOf(instant: number): string {
  return new Date(instant).toISOString().slice(0, 7);
}

function monthAt(instant: number): Month {
  const day = new Date(instant);
  const [year, month] = [day.getUTCFullYear(), day.getUTCMonth()];
  const [from, until] = [Date.UTC(year, month), Date.UTC(year, month + 1)];
  return { name: monthOf(instant), from, until, hours: (until - from) / HOUR };
}

/** The months of a time, each with the hours of it that have begun there. */
export function monthsBetween(
  from: number,
  until: number,
): readonly { readonly month: Month; readonly hours: number }[] {
  const found: { month: Month; hours: number }[] = [];
  for (let at = from; at < until; ) {
    const month = monthAt(at);
    found.push({ month, hours: Math.ceil((Math.min(until, month.until) - at) / HOUR) });
    at = month.until;
  }
  return found;
}
