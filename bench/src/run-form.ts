// What a saved run has to be before anybody reads figures from it.

import type { Unit } from './suite.ts';

/** Undefined: it is one. Else where it is not: `suites[0].tables[1].title`. */
type Form = (value: unknown, at: string) => string | undefined;

/** Where this is no run, nowhere in it when it is no object at all; undefined when it is one. */
export function faultOf(value: unknown): string | undefined {
  return run(value, '');
}

const units: Readonly<Record<Unit, true>> = {
  ns: true,
  s: true,
  bytes: true,
  'per second': true,
  ratio: true,
  share: true,
  count: true,
  USD: true,
};

const text = is((value) => typeof value === 'string');
const name = is((value) => typeof value === 'string' && value !== '');
const flag = is((value) => typeof value === 'boolean');
// What JSON cannot hold was written as null.
const number = is((value) => typeof value === 'number' || value === null);

const figure = object({
  unit: is((value) => typeof value === 'string' && Object.hasOwn(units, value)),
  median: number,
  p25: optional(number),
  p75: optional(number),
  rounds: optional(list(number)),
});
const row = object({ name: text, figures: valuesOf(figure) });
const table = object({ title: text, rows: list(row) });
const answer = object({ name, about: optional(text), yardstick: optional(figure), tables: list(table) });
const machine = object({
  date: text,
  cpu: text,
  cores: number,
  memoryGiB: number,
  platform: text,
  node: text,
  v8: text,
  openssl: text,
});
const run = object({
  machine,
  version: optional(text),
  commit: optional(text),
  seed: optional(text),
  smoke: optional(flag),
  suites: list(answer),
});

function is(good: (value: unknown) => boolean): Form {
  return (value, at) => (good(value) ? undefined : at);
}

function optional(form: Form): Form {
  return (value, at) => (value === undefined ? undefined : form(value, at));
}

function object(members: Readonly<Record<string, Form>>): Form {
  return (value, at) =>
    isObject(value)
      ? firstOf(
          Object.entries(members).map(
            ([member, form]) =>
              () =>
                form(value[member], below(at, member)),
          ),
        )
      : at;
}

function valuesOf(form: Form): Form {
  return (value, at) =>
    isObject(value)
      ? firstOf(
          Object.entries(value).map(
            ([member, each]) =>
              () =>
                form(each, below(at, member)),
          ),
        )
      : at;
}

function list(form: Form): Form {
  return (value, at) =>
    Array.isArray(value) ? firstOf(value.map((each, index) => () => form(each, `${at}[${index}]`))) : at;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function below(at: string, member: string): string {
  return at === '' ? member : `${at}.${member}`;
}

function firstOf(looks: readonly (() => string | undefined)[]): string | undefined {
  for (const look of looks) {
    const fault = look();
    if (fault !== undefined) return fault;
  }
  return undefined;
}
