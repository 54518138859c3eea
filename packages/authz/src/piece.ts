// What stands between two stars of a pattern, and the leftmost place where it fits.

export interface Piece {
  readonly text: string;
  /** Knuth-Morris-Pratt borders; undefined for a piece with `?`, where borders prove nothing. */
  readonly borders: Uint32Array | undefined;
  /** For a piece with `?`: for each character, a bit for every place in the piece where it may stand. */
  readonly places: Places | undefined;
}

interface Places {
  /** How many `?` it begins and ends with: between stars they only take room. */
  readonly before: number;
  readonly after: number;
  /** What is between those, and nothing when it is all `?`. */
  readonly core: number;
  readonly words: number;
  readonly byCode: ReadonlyMap<number, Uint32Array>;
  /** Of every character that the piece does not name. */
  readonly others: Uint32Array;
}

/** `any`: the code that fits every character. */
export function compilePiece(text: string, any: number): Piece {
  return text.includes(String.fromCharCode(any))
    ? { text, borders: undefined, places: placesOf(text, any) }
    : { text, borders: bordersOf(text), places: undefined };
}

/** The index behind the leftmost occurrence of `piece` between `from` and `end`, or -1. */
export function endOfFirst(piece: Piece, subject: string, from: number, end: number, anyCase: boolean): number {
  const { text, borders, places } = piece;
  if (end - from < text.length) return -1;
  if (places !== undefined) {
    const { before, after } = places;
    const found = shiftAnd(places, subject, from + before, end - after, anyCase);
    return found < 0 ? found : found + after;
  }
  if (borders === undefined) return -1;
  let matched = 0;
  for (let at = from; at < end; at++) {
    const code = codeAt(subject, at, anyCase);
    while (matched > 0 && text.charCodeAt(matched) !== code) matched = borders[matched - 1] ?? 0;
    if (text.charCodeAt(matched) === code) matched++;
    if (matched === text.length) return at + 1;
  }
  return -1;
}

/**
 * Baeza-Yates and Gonnet: bit i says that the piece up to place i ends here; every character moves all bits by one and
 * keeps those where it may stand. Bits that cannot reach the last place before `end` are left alone.
 */
function shiftAnd(
  { core: length, words, byCode, others }: Places,
  subject: string,
  from: number,
  end: number,
  anyCase: boolean,
): number {
  if (length === 0) return from;
  // A character that is nowhere spares the search.
  if (!anyCase) {
    for (const code of byCode.keys()) if (subject.indexOf(String.fromCharCode(code), from) < 0) return -1;
  }
  const state = new Uint32Array(words);
  const last = words - 1;
  const lastBit = 1 << ((length - 1) & 31);
  for (let at = from; at < end; at++) {
    const mask = byCode.get(codeAt(subject, at, anyCase)) ?? others;
    const high = Math.min(last, (at - from) >>> 5);
    const low = Math.max(0, (length - (end - at)) >> 5);
    let carry = low === 0 ? 1 : (state[low - 1] as number) >>> 31;
    for (let word = low; word <= high; word++) {
      const bits = state[word] as number;
      state[word] = ((bits << 1) | carry) & (mask[word] as number);
      carry = bits >>> 31;
    }
    if (high === last && ((state[last] as number) & lastBit) !== 0) return at + 1;
  }
  return -1;
}

function placesOf(text: string, any: number): Places {
  let before = 0;
  while (text.charCodeAt(before) === any) before++;
  let last = text.length;
  while (last > before && text.charCodeAt(last - 1) === any) last--;
  const core = text.slice(before, last);
  const codes = Array.from({ length: core.length }, (_, place) => core.charCodeAt(place));
  const words = Math.ceil(core.length / 32);
  const others = new Uint32Array(words);
  for (const [place, code] of codes.entries()) if (code === any) setBit(others, place);
  const byCode = new Map<number, Uint32Array>();
  for (const [place, code] of codes.entries()) {
    if (code === any) continue;
    const bits = byCode.get(code) ?? others.slice();
    byCode.set(code, bits);
    setBit(bits, place);
  }
  return { before, after: text.length - last, core: core.length, words, byCode, others };
}

function setBit(bits: Uint32Array, place: number): void {
  bits[place >>> 5] = (bits[place >>> 5] ?? 0) | (1 << (place & 31));
}

function bordersOf(text: string): Uint32Array {
  const borders = new Uint32Array(text.length);
  let length = 0;
  for (let i = 1; i < text.length; i++) {
    while (length > 0 && text.charCodeAt(length) !== text.charCodeAt(i)) length = borders[length - 1] ?? 0;
    if (text.charCodeAt(length) === text.charCodeAt(i)) length++;
    borders[i] = length;
  }
  return borders;
}

function codeAt(text: string, at: number, anyCase: boolean): number {
  const code = text.charCodeAt(at);
  return anyCase && code >= 65 && code <= 90 ? code + 32 : code;
}
