// From text to JSON values, and safe ways to look into them. Policies come from outside.

type Json = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly problem: string };

// Sanity, not quota: twice the 32,768 bytes of a key policy, so that the quota's own error can be given by who knows it;
// and twice the depth that the grammar of policies can reach.
const MAX_LENGTH = 65_536;
const MAX_DEPTH = 16;

export function readJson(text: string): Json {
  if (typeof text !== 'string') return { ok: false, problem: 'is not text' };
  if (text.length > MAX_LENGTH) return { ok: false, problem: `is longer than ${MAX_LENGTH} characters` };
  try {
    const value: unknown = JSON.parse(text);
    if (isDeeper(value, MAX_DEPTH)) return { ok: false, problem: `is nested deeper than ${MAX_DEPTH} levels` };
    const name = repeatedMember(text);
    return name === undefined
      ? { ok: true, value }
      : { ok: false, problem: `has the member ${JSON.stringify(name)} twice` };
  } catch {
    return { ok: false, problem: 'is not valid JSON' };
  }
}

const STRING_OR_SIGN = /"[^"\\]*(?:\\.[^"\\]*)*"|[[\]{}:]/g;

/**
 * The first member that an object has twice, of which JSON.parse would keep the last without a word. `text`: JSON.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_policies.html (more than one Effect, Action, ... element)
 */
export function repeatedMember(text: string): string | undefined {
  const around: (Set<string> | undefined)[] = [];
  let before = '';
  for (const [token] of text.matchAll(STRING_OR_SIGN)) {
    if (token === '{') around.push(new Set());
    else if (token === '[') around.push(undefined);
    else if (token === '}' || token === ']') around.pop();
    else if (token === ':') {
      const name = JSON.parse(before) as string;
      const names = around.at(-1);
      if (names?.has(name)) return name;
      names?.add(name);
    }
    before = token;
  }
  return undefined;
}

/** An object's members; undefined for anything else. A Map, because `__proto__` is a member like any other. */
export function membersOf(value: unknown): ReadonlyMap<string, unknown> | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return new Map(Object.entries(value));
}

/** A string is a list of one, what is absent a list of none; undefined when it is neither. */
export function stringsOf(value: unknown): readonly string[] | undefined {
  const list: readonly unknown[] = value === undefined ? [] : Array.isArray(value) ? value : [value];
  return list.every((entry) => typeof entry === 'string') ? list : undefined;
}

function isDeeper(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return depth === 0 || Object.values(value).some((member) => isDeeper(member, depth - 1));
}
