// The request of a step: JSON text in which {{name.Member}} stands for what an earlier step answered, and {{base64 words}} for bytes.

import { nearest } from '../../../packages/kmsim/src/did-you-mean.ts';
import { jsonFault } from '../../../packages/kmsim/src/json-fault.ts';

export type Input = Readonly<Record<string, unknown>>;

/** What earlier steps answered, by their names. */
export type Answers = ReadonlyMap<string, unknown>;

export interface Unusable {
  readonly problem: string;
  /** The earlier step whose answer is all that is missing. */
  readonly waitsFor?: string;
}

/** The request, or the sentence that says what is wrong and where. */
export function requestOf(text: string, answers: Answers): { readonly input: Input } | Unusable {
  const parsed = parse(text.trim() === '' ? '{}' : text);
  if ('problem' in parsed) return parsed;
  const { value } = parsed;
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { problem: 'A request is an object: { "KeyId": "alias/orders" }.' };
  try {
    const input = filled(value, answers) as Record<string, unknown>;
    // In KMS a policy is JSON in a string. Here it may stand as itself.
    if (typeof input['Policy'] === 'object' && input['Policy'] !== null)
      input['Policy'] = JSON.stringify(input['Policy']);
    return { input };
  } catch (error) {
    if (error instanceof Unanswered) return { problem: error.message, waitsFor: error.step };
    if (error instanceof Unfilled) return { problem: error.message };
    throw error;
  }
}

/** JSON, or where it stops being JSON: `line 3, column 7: a comma or } is missing`. */
export function parse(text: string): { readonly value: unknown } | { readonly problem: string } {
  const fault = jsonFault(text);
  if (fault !== undefined) return { problem: `This is no JSON, ${fault}.` };
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    return { problem: `This is no JSON: ${(error as Error).message}` };
  }
}

class Unfilled extends Error {}

class Unanswered extends Unfilled {
  readonly step: string;

  constructor(inner: string, step: string) {
    super(`{{${inner}}}: step "${step}" has no answer, so there is nothing to take from it.`);
    this.step = step;
  }
}

function filled(value: unknown, answers: Answers): unknown {
  if (typeof value === 'string') return filledText(value, answers);
  if (Array.isArray(value)) return value.map((item) => filled(item, answers));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, filled(item, answers)]));
}

const template = /\{\{([^{}]*)\}\}/g;

function filledText(text: string, answers: Answers): unknown {
  const whole = /^\{\{([^{}]*)\}\}$/.exec(text)?.[1];
  if (whole !== undefined) return meaningOf(whole, answers);
  return text.replaceAll(template, (_, inner: string) => textOf(meaningOf(inner, answers)));
}

/** A member may be called toString, so that an object cannot be asked for its text. */
function textOf(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : `${value}`;
}

function meaningOf(inner: string, answers: Answers): unknown {
  const words = /^\s*base64 (.*)$/s.exec(inner)?.[1];
  if (words !== undefined) return base64Of(words);
  const [name = '', ...path] = inner.trim().split('.');
  if (!answers.has(name))
    throw new Unfilled(`{{${inner}}}: no earlier step is called "${name}".${like(name, answers.keys())}`);
  let value = answers.get(name);
  if (value === undefined) throw new Unanswered(inner, name);
  for (const member of path) {
    const inside = typeof value === 'object' && value !== null ? (value as Input) : {};
    if (!Object.hasOwn(inside, member))
      throw new Unfilled(`{{${inner}}}: the answer has no ${member} there.${like(member, Object.keys(inside))}`);
    value = inside[member];
  }
  return value;
}

function like(written: string, known: Iterable<string>): string {
  const names = [...known];
  const near = nearest(written, names);
  if (near !== undefined) return ` Did you mean ${near}?`;
  return names.length === 0 ? '' : ` There is ${names.slice(0, 8).join(', ')}.`;
}

function base64Of(words: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(words)));
}
