// What stands behind the question mark of a look: known names, each once, each in its form.

import { type AdminRefusal, badRequest } from '../refusals.ts';

/** A piece of a list, and what it is a list of. */
export interface Asked {
  readonly from: number;
  readonly limit: number;
  /** Text by its name; empty where nothing was said. */
  readonly text: (name: string) => string;
}

/** Rows in one answer. */
const mostRows = 500;
const usualRows = 100;
const longestText = 2_048;

/** `names`: of what is text. */
export function askedIn(
  query: URLSearchParams,
  names: readonly string[],
): { readonly asked: Asked } | { readonly refusal: AdminRefusal } {
  const all = ['from', 'limit', ...names];
  const said = textsIn(query, all);
  if (said === undefined) return { refusal: badRequest(`It takes ${all.join(', ')}, each once and not too long.`) };
  const [from, limit] = [wholeNumber(said.get('from'), 0), wholeNumber(said.get('limit'), usualRows)];
  if (from === undefined || limit === undefined || limit > mostRows)
    return { refusal: badRequest(`from and limit are whole numbers, limit up to ${mostRows}.`) };
  return { asked: { from, limit, text: (name) => said.get(name) ?? '' } };
}

/** The one text that is asked for. */
export function nameIn(query: URLSearchParams, name: string): string | AdminRefusal {
  return textsIn(query, [name])?.get(name) || badRequest(`It takes ${name}.`);
}

/** What somebody looks for, as words of which each must be there. */
export function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().split(/\s+/).filter(Boolean);
}

function textsIn(query: URLSearchParams, names: readonly string[]): ReadonlyMap<string, string> | undefined {
  const said = new Map(query);
  const isFit = [...query].length === said.size && [...said].every(([name, text]) => isFitting(name, text, names));
  return isFit ? said : undefined;
}

function isFitting(name: string, text: string, names: readonly string[]): boolean {
  return names.includes(name) && text.length <= longestText;
}

function wholeNumber(text: string | undefined, absent: number): number | undefined {
  if (text === undefined) return absent;
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}
