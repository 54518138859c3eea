// Makes one call of a table as the provider does: asked again on certain errors, and in a loop until the answer is the wanted one. The clock of the
// simulation moves by what the provider would wait.

import type { KMS } from '@aws-sdk/client-kms';
import type { Kmsim } from 'kmsim';
import { areAlike } from './alike.ts';
import type { Call, Given, Until } from './calls.ts';
import { at, filled } from './known.ts';

/** What a run asks, and what it knows. */
export interface Run {
  readonly sim: Kmsim;
  readonly here: KMS;
  readonly primary: KMS;
  known: Given;
}

/** The resource is not there, to Terraform. */
export class Gone extends Error {}

/** Makes a call and keeps what it is made for. */
export async function ask(run: Run, call: Call): Promise<void> {
  const began = run.sim.clock.now().getTime();
  const isEarly = (minutes: number): boolean => run.sim.clock.now().getTime() - began < minutes * 60_000;
  let [wait, times] = [0, 0];
  // https://github.com/hashicorp/terraform-plugin-sdk (helper/retry/state.go): 100 ms, doubled while it is not there yet, within 10 s and the least.
  const pause = (least = 0): void => {
    wait = times > 0 ? Math.max(wait, 100) : Math.max(wait * 2, 100);
    run.sim.clock.advance(`${Math.min(Math.max(wait, least * 1000), 10_000)} ms`);
  };
  for (;;) {
    const { error, found } = await once(run, call);
    const { until, untilGone } = call;
    if (error instanceof Gone && untilGone !== undefined) return;
    // What is not found yet is not there yet, in a loop.
    const isAbsent = error instanceof Gone && until !== undefined;
    if (error !== undefined && !isAbsent && !isAskedAgain(call, error, isEarly)) throw error;
    if (isAbsent) times = 0;
    if (error === undefined && until === undefined && untilGone === undefined) return keep(run, call, found);
    if (error === undefined && until !== undefined) {
      times = isThere(run, until, found) ? times + 1 : 0;
      if (times >= (until.times ?? 1)) return keep(run, call, found);
    }
    const minutes = until?.minutes ?? untilGone?.minutes ?? call.retry?.minutes ?? 0;
    if (!isEarly(minutes))
      throw new Error(`${call.call}: after ${minutes} minutes it is still ${JSON.stringify(found)}`);
    pause(until?.atLeastSeconds);
  }
}

function isAskedAgain(call: Call, error: Error, isEarly: (minutes: number) => boolean): boolean {
  const { retry } = call;
  return retry?.on.includes(error.name) === true && isEarly(retry.minutes);
}

async function once(run: Run, call: Call): Promise<{ readonly error?: Error; readonly found?: unknown }> {
  try {
    const found = call.find === undefined ? await send(run, call) : await rowOf(run, call);
    const { goneWhen, must = {} } = call;
    if (goneWhen?.in.includes(String(at(found, goneWhen.path))) === true)
      throw new Gone(String(at(found, goneWhen.path)));
    for (const [path, value] of Object.entries(must)) {
      if (at(found, path) !== value) throw new Error(`${path} is ${String(at(found, path))}, not ${String(value)}`);
    }
    return { found };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const words = call.tolerates?.[error.name];
    if (words !== undefined && error.message.includes(words)) return {};
    return { error: error.name === 'NotFoundException' && call.retry === undefined ? new Gone(error.message) : error };
  }
}

async function send(run: Run, call: Call, more: Given = {}): Promise<unknown> {
  const client = call.at === 'primary' ? run.primary : run.here;
  const method = client[call.call].bind(client) as (input: unknown) => Promise<unknown>;
  return method({ ...(filled(call.with, run.known) as object), ...more });
}

async function rowOf(run: Run, call: Call): Promise<unknown> {
  const { rows = '', where = {} } = call.find ?? {};
  const wanted = Object.entries(filled(where, run.known) as Given);
  let more: Given = {};
  for (;;) {
    const page = (await send(run, call, more)) as Given;
    const row = (page[rows] as Given[]).find((row) => wanted.every(([name, value]) => row[name] === value));
    if (row !== undefined) return row;
    if (page['Truncated'] !== true) throw new Gone(`no such row in ${rows}`);
    more = { Marker: page['NextMarker'] };
  }
}

function isThere({ known }: Run, { as, is, or, path, pending }: Until, found: unknown): boolean {
  const value = at(found, path);
  if (areAlike(value, filled(is, known), as) || (or !== undefined && value === or)) return true;
  if (pending !== undefined && !pending.includes(String(value))) throw new Error(`unexpected state: ${String(value)}`);
  return false;
}

function keep(run: Run, { knows = {}, makes }: Call, found: unknown): void {
  const kept = Object.entries(knows).map(([name, path]) => [name, at(found, path)] as const);
  run.known = { ...run.known, ...Object.fromEntries(kept) };
  if (makes !== undefined) run.known = { ...run.known, ...makes(run.known) };
}
