// One pattern of an Action or Resource element or of a condition: `*` is any run of characters, `?` is any one character.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
//
// A pattern is cut at its stars when it is read. Matching anchors the first and last piece and looks for those between
// once, from left to right: where a piece fits leftmost is always a good place for it, so nothing is ever tried twice.

import { compilePiece, endOfFirst, type Piece } from './piece.ts';

/** Actions ignore (ASCII) case, resources do not. */
export type CaseRule = 'any case' | 'exact case';

/** A stretch of a pattern. In a literal one, `*` and `?` are characters like any other. */
export interface Part {
  readonly text: string;
  readonly literal: boolean;
}

export interface Pattern {
  readonly written: string;
  readonly anyCase: boolean;
  /** No shorter text matches; none at all when infinite. */
  readonly shortest: number;
  /** The text before the first star; the whole pattern when there is none. Folded when `anyCase`. */
  readonly head: string;
  /** The pieces between two stars. */
  readonly middle: readonly Piece[];
  /** The text after the last star; undefined when the pattern has no star. */
  readonly tail: string | undefined;
}

/** Stands for `?` in a piece. It is no character; a pattern that is written with it matches nothing. */
const ANY = 0xffff;
const ANY_TEXT: string = String.fromCharCode(ANY);

export function compilePattern(written: string, caseRule: CaseRule): Pattern {
  return compileParts([{ text: written, literal: false }], caseRule);
}

export function compileParts(parts: readonly Part[], caseRule: CaseRule): Pattern {
  const anyCase = caseRule === 'any case';
  const written = textOf(parts);
  const pieces: string[] = [''];
  for (const { text, literal } of parts) {
    const folded = anyCase ? foldText(text) : text;
    const [first = '', ...rest] = literal ? [folded] : folded.replaceAll('?', ANY_TEXT).split('*');
    pieces[pieces.length - 1] += first;
    for (const piece of rest) pieces.push(piece);
  }
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
  const shortest = written.includes(ANY_TEXT) ? Number.POSITIVE_INFINITY : length;
  const head = pieces[0] ?? '';
  if (pieces.length === 1) return { written, anyCase, shortest, head, middle: [], tail: undefined };
  const middle = pieces
    .slice(1, -1)
    .filter((text) => text !== '')
    .map((text) => compilePiece(text, ANY));
  return { written, anyCase, shortest, head, middle, tail: pieces[pieces.length - 1] ?? '' };
}

export function textOf(parts: readonly Part[]): string {
  return parts.map(({ text }) => text).join('');
}

export function isLiteral(pattern: Pattern): boolean {
  return pattern.tail === undefined && !pattern.head.includes(ANY_TEXT);
}

export function isEverything(pattern: Pattern): boolean {
  return pattern.head === '' && pattern.tail === '' && pattern.middle.length === 0;
}

/** Linear in `subject`; a piece with `?` between two stars costs a 32nd of its length for each character. */
export function matchesPattern(pattern: Pattern, subject: string): boolean {
  const { head, tail, anyCase, shortest } = pattern;
  if (subject.length < shortest) return false;
  if (tail === undefined) return subject.length === head.length && fits(head, subject, 0, anyCase);
  const end = subject.length - tail.length;
  if (!fits(head, subject, 0, anyCase) || !fits(tail, subject, end, anyCase)) return false;
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
    const code = subject.charCodeAt(at + i);
    if (wanted === code || wanted === ANY) continue;
    if (!anyCase || code < 65 || code > 90 || wanted !== code + 32) return false;
  }
  return true;
}

/** ASCII only, unlike toLowerCase(), which would make U+212A (Kelvin) a `k`. */
export function foldText(text: string): string {
  return text.replace(/[A-Z]+/g, (capitals) => capitals.toLowerCase());
}
