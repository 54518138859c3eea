// The members of what is posted to an admin port: an object, with these names and no others.

import { type AdminRefusal, badRequest } from './refusals.ts';

export type Members = Readonly<Record<string, unknown>>;

/** Undefined: the members are as they should be. */
export function strangeMembers(body: unknown, names: readonly string[]): AdminRefusal | undefined {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return badRequest('A JSON object is expected.');
  const strange = Object.keys(body).some((name) => !names.includes(name));
  if (!strange) return undefined;
  return badRequest(names.length === 0 ? 'It takes no members.' : `It takes no members but ${names.join(', ')}.`);
}
