// One pattern of an Action or Resource element: `*` is any run of characters, `?` is any one character.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
//
// A pattern is cut at its stars when it is read. Matching anchors the first and last piece and looks for those between
// once, from left to right: where a piece fits leftmost is always a good place for it, so nothing is ever tried twice.

/** Actions ignore (ASCII) case, resources do not. */
export type CaseRule = 'any case' | 'exact case';

export interface Pattern {
  readonly written: string;
  readonly anyCase: boolean;
  /** The text before the first star; the whole pattern when there is none. Folded when `anyCase`. */
  readonly head: string;
  /** The pieces between two stars. */
  readonly middle: readonly Piece[];
  /** The text after the last star; undefined when the pattern has no star. */
  readonly tail: string | undefined;
}

interface Piece {
  readonly text: string;
  /** Knuth-Morris-Pratt borders; undefined for a piece with `?`, where borders prove nothing. */
  readonly borders: Uint32Array | undefined;
}

const QUESTION_MARK = 63;

export function compilePattern(written: string, caseRule: CaseRule): Pattern {
  const anyCase = caseRule === 'any case';
  const pieces = (anyCase ? foldText(written) : written).split('*');
  const head = pieces[0] ?? '';
  if (pieces.length === 1) return { written, anyCase, head, middle: [], tail: undefined };
  const middle = pieces
    .slice(1, -1)
    .filter((text) => text !== '')
    .map((text) => ({ text, borders: text.includes('?') ? undefined : bordersOf(text) }));
  return { written, anyCase, head, middle, tail: pieces[pieces.length - 1] ?? '' };
}

export function isLiteral(pattern: Pattern): boolean {
  return pattern.tail === undefined && !pattern.written.includes('?');
}

export function isEverything(pattern: Pattern): boolean {
  return pattern.head === '' && pattern.tail === '' && pattern.middle.length === 0;
}

/** Takes time linear in `subject`; a piece with `?` between two stars costs up to its own length for each character. */
export function matchesPattern(pattern: Pattern, subject: string): boolean {
  const { head, tail, anyCase } = pattern;
  if (tail === undefined) return subject.length === head.length && fits(head, subject, 0, anyCase);
  const end = subject.length - tail.length;
  if (end < head.length || !fits(head, subject, 0, anyCase) || !fits(tail, subject, end, anyCase)) return false;
  let at = head.length;
  for (const piece of pattern.middle) {
    at = endOfFirst(piece, subject, at, end, anyCase);
    if (at < 0) return false;
  }
  return true;
}

/** Whether `piece` stands at `at`; the caller made sure that it does not run over the end. */
function fits(piece: string, subject: string, at: number, anyCase: boolean): boolean {
  for (let i = 0; i < piece.length; i++) {
    const wanted = piece.charCodeAt(i);
    if (wanted === subject.charCodeAt(at + i) || wanted === QUESTION_MARK) continue;
    if (!anyCase || wanted !== codeAt(subject, at + i, true)) return false;
  }
  return true;
}

/** The index behind the leftmost occurrence of `piece` between `from` and `end`, or -1. */
function endOfFirst(piece: Piece, subject: string, from: number, end: number, anyCase: boolean): number {
  const { text, borders } = piece;
  if (borders === undefined) {
    for (let at = from; at + text.length <= end; at++) if (fits(text, subject, at, anyCase)) return at + text.length;
    return -1;
  }
  let matched = 0;
  for (let at = from; at < end; at++) {
    const code = codeAt(subject, at, anyCase);
    while (matched > 0 && text.charCodeAt(matched) !== code) matched = borders[matched - 1] ?? 0;
    if (text.charCodeAt(matched) === code) matched++;
    if (matched === text.length) return at + 1;
  }
  return -1;
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

/** ASCII only, unlike toLowerCase(), which would make U+212A (Kelvin) a `k`. */
function foldText(text: string): string {
  return text.replace(/[A-Z]+/g, (capitals) => capitals.toLowerCase());
}
