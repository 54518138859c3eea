// The bytes of a request as a JSON value: parsed once, by one parser, so that no two readers can differ.

import { type Refusal, refusals } from './refusal.ts';
import { writtenMembers } from './repeated-members.ts';

/**
 * A body is counted while it is read, and refused past this. The longest ordinary request carries a key policy of 32 KiB. Only an attestation
 * document may be longer by the model (262144 bytes before base64); real ones have about 5 KB.
 */
export const maxBodyBytes = 262_144;
export const maxDepth = 16;
export const maxMembers = 2000;

export type Parsed = { readonly value: unknown } | { readonly refusal: Refusal };

// Fatal: an invalid sequence must not become U+FFFD, or two inputs would be one. A byte order mark stays, and is then no JSON (RFC 8259, 8.1).
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** An empty body is an empty request: operations without required members are called so. A name that stands twice in one object is refused. */
export function parseBody(body: Uint8Array | string): Parsed {
  if (body.length === 0) return { value: {} };
  let text: string;
  let value: unknown;
  try {
    text = typeof body === 'string' ? body : utf8.decode(body);
    // A text that UTF-8 cannot carry could not have come over a wire.
    if (!text.isWellFormed()) return { refusal: refusals.unreadableJson };
    value = JSON.parse(text);
  } catch {
    return { refusal: refusals.unreadableJson };
  }
  const members = { left: maxMembers, named: 0 };
  const refusal = excess(value, 1, members);
  if (refusal !== undefined) return { refusal };
  // JSON.parse keeps the last of two, and says nothing.
  return writtenMembers(text) === members.named ? { value } : { refusal: refusals.repeatedMember };
}

// V8 parses any nesting without recursion; the walk goes no deeper than the limit.
function excess(value: unknown, depth: number, members: { left: number; named: number }): Refusal | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (depth > maxDepth) return refusals.tooDeep;
  const isList = Array.isArray(value);
  const within: readonly unknown[] = isList ? value : Object.values(value);
  members.left -= within.length;
  if (!isList) members.named += within.length;
  if (members.left < 0) return refusals.tooManyMembers;
  for (const member of within) {
    const refusal = excess(member, depth + 1, members);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}
