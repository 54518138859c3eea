// What is known by name in a run: references in a table are looked up here.

import type { Given } from './calls.ts';

/** What stands at a path of members, undefined where one is missing. The empty path is the value itself. */
export function at(value: unknown, path: string): unknown {
  if (path === '') return value;
  let found = value;
  for (const name of path.split('.')) {
    if (typeof found !== 'object' || found === null) return undefined;
    found = (found as Given)[name];
  }
  return found;
}

/** A value with its references looked up. Members that stand for nothing are gone from objects. */
export function filled(value: unknown, known: Given): unknown {
  if (typeof value === 'string' && value.startsWith('$')) return at(known, value.slice(1));
  if (Array.isArray(value)) return value.map((item) => filled(item, known));
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  const members = Object.entries(value).map(([name, item]) => [name, filled(item, known)] as const);
  return Object.fromEntries(members.filter(([, item]) => item !== undefined));
}

export function isOn(row: { readonly when?: string; readonly unless?: string }, known: Given): boolean {
  const wanted = row.when === undefined || isSet(filled(row.when, known));
  return wanted && (row.unless === undefined || !isSet(filled(row.unless, known)));
}

// As the provider's GetOk: what is empty is not set.
function isSet(value: unknown): boolean {
  return value !== undefined && value !== false && value !== '' && value !== 0;
}
