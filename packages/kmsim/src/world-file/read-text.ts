// A world out of text: YAML, of which JSON is a part. What a file has no need of is refused: tags, deep nesting, aliases that multiply.
// https://yaml.org/spec/1.2.2/ https://eemeli.org/yaml/

import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  type Scalar,
} from 'yaml';
import { at } from './check.ts';
import type { Place, PlaceOf, WorldProblem } from './problem.ts';

/** Bytes of a file, levels of nesting, uses of aliases. */
export const limits: Readonly<Record<'bytes' | 'depth' | 'aliases', number>> = {
  bytes: 8_388_608,
  depth: 64,
  aliases: 100,
};

export interface ReadText {
  readonly value: unknown;
  readonly problems: readonly WorldProblem[];
  readonly placeOf: PlaceOf;
}

export function readText(text: string): ReadText {
  const lines = new LineCounter();
  const placeAt = (offset: number): Place => {
    const { col, line } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  if (text.length > limits.bytes) return unread(`is longer than ${limits.bytes} bytes: divide it.`);
  if (isTooDeep(text)) return unread(tooDeep);
  const document = parsed(text, lines);
  if (document === undefined) return unread(tooDeep);
  // The library reports its own nesting as an error without a code of YAML.
  if (document.errors.some(({ message }) => message.startsWith('Maximum call stack'))) return unread(tooDeep);
  const faults = document.errors.map(({ message, pos }) => {
    // The library repeats the line and points at it.
    const problem = `cannot be read: ${(message.split(/ at line \d+| \(\d+:\d+\)/)[0] ?? '').replace(/\.$/, '')}.`;
    return { ...placeAt(pos[0]), path: '', problem };
  });
  if (faults.length > 0) return { value: undefined, problems: faults, placeOf: () => undefined };
  const walk = new Walk(document);
  const value = walk.valueOf(document.contents, '', 0);
  const placeOf = (path: string): Place | undefined => {
    const offset = walk.offsetOf(path);
    return offset === undefined ? undefined : placeAt(offset);
  };
  return { value, problems: walk.problems, placeOf };
}

const tooDeep = `is nested deeper than ${limits.depth} levels: no world needs that.`;

function unread(problem: string): ReadText {
  return { value: undefined, problems: [{ path: '', problem }], placeOf: () => undefined };
}

/** Brackets inside of each other, and indentation: looked at before the library, which nests with them. A text in quotes may count too much. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x5b || code === 0x7b) depth++;
    else if (code === 0x5d || code === 0x7d) depth = Math.max(0, depth - 1);
    if (depth > 16 * limits.depth) return true;
  }
  return /^(?:[ \t]*[-?:][ \t]+){65}/m.test(text);
}

function parsed(text: string, lineCounter: LineCounter): Document.Parsed | undefined {
  try {
    return parseDocument(text, { lineCounter, schema: 'core', uniqueKeys: true, strict: true, logLevel: 'error' });
  } catch (error) {
    // Nested deeper than the stack reaches.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Makes plain values of the nodes and remembers where each stands. */
class Walk {
  readonly problems: WorldProblem[] = [];
  readonly #document: Document.Parsed;
  readonly #offsets = new Map<string, number>();
  #aliases = 0;

  constructor(document: Document.Parsed) {
    this.#document = document;
  }

  /** That of the value, or of the nearest thing around it. */
  offsetOf(path: string): number | undefined {
    for (let rest = path; ; rest = rest.replace(/(?:\.\w+|\[(?:\d+|"(?:[^"\\]|\\.)*")\]|^\w+)$/, '')) {
      const offset = this.#offsets.get(rest);
      if (offset !== undefined || rest === '') return offset;
    }
  }

  valueOf(node: unknown, path: string, depth: number): unknown {
    if (!isNode(node)) return null;
    const offset = node.range?.[0] ?? 0;
    if (!this.#offsets.has(path)) this.#offsets.set(path, offset);
    if (depth > limits.depth) return this.#refuse(path, tooDeep);
    if (isAlias(node)) {
      this.#aliases += 1;
      if (this.#aliases > limits.aliases)
        return this.#refuse('', `has more than ${limits.aliases} uses of aliases: write it out.`);
      return this.valueOf(node.resolve(this.#document), path, depth + 1);
    }
    if (node.tag !== undefined) return this.#refuse(path, 'has a tag: write the value without it.');
    if (isScalar(node)) return scalar(node);
    if (isSeq(node)) return node.items.map((item, index) => this.valueOf(item, `${path}[${index}]`, depth + 1));
    if (!isMap(node)) return null;
    const members: [string, unknown][] = [];
    for (const { key, value } of node.items) {
      const name = isScalar(key) ? nameOf(key) : undefined;
      if (name === undefined) return this.#refuse(path, 'has a key that is no text.');
      const member = at(path, name);
      if (isNode(key) && key.range) this.#offsets.set(member, key.range[0]);
      members.push([name, this.valueOf(value, member, depth + 1)]);
    }
    return Object.fromEntries(members);
  }

  #refuse(path: string, problem: string): undefined {
    if (!this.problems.some((one) => one.path === path && one.problem === problem))
      this.problems.push({ path, problem });
    return undefined;
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'range' in value;
}

// An account id without quotes, or 64 digits of a key, is a number to YAML: it is meant as it is written.
function scalar({ source, value }: Scalar): unknown {
  return typeof value === 'number' && source !== undefined && /^(?:\d{12}|[\dA-Fa-f]{24,})$/.test(source)
    ? source
    : value;
}

function nameOf({ source, value }: Scalar): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? source : undefined;
}
