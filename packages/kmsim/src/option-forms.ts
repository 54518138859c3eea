// Options as people write them, each with the form it must have: a misspelt one must not pass for the default.

import { nearest } from './did-you-mean.ts';
import { KmsimError } from './kmsim-error.ts';

export interface Form {
  is(value: unknown): boolean;
  /** Completes "region is ...". */
  readonly text: string;
  /** The page about it: `docs/audit.md`. */
  readonly page?: string;
}

export type Forms<Options> = { readonly [Name in keyof Options]-?: Form };

/**
 * Raises InvalidOption for a name that is no option of `what`, and for a value of another form. Undefined is absent. `page` is where the options
 * stand, when not in the README.
 */
export function checkOptions<Options>(what: string, given: Options, forms: Forms<Options>, page?: string): void {
  try {
    judge(what, given, forms, page);
  } catch (cause) {
    if (cause instanceof KmsimError) throw cause;
    // A getter that throws, or a proxy that has been revoked, is a mistake like any other.
    throw new KmsimError('InvalidOption', `${what}: ${shown(given)} cannot be read.`, { cause });
  }
}

function judge<Options>(what: string, given: Options, forms: Forms<Options>, page: string | undefined): void {
  if (!isRecord(given))
    throw new KmsimError('InvalidOption', `${what} takes an object of options, not ${shown(given)}.`, { page });
  for (const [name, value] of Object.entries(given)) {
    if (!Object.hasOwn(forms, name))
      throw new KmsimError(
        'InvalidOption',
        `${what} has no option ${shown(name)}. ${instead(name, Object.keys(forms))}`,
        { page },
      );
    const form = forms[name as keyof Options];
    if (value === undefined || form.is(value)) continue;
    throw new KmsimError('InvalidOption', `${what}: ${name} is ${form.text}, not ${shown(value)}.`, {
      page: form.page ?? page,
    });
  }
}

function instead(name: string, known: readonly string[]): string {
  const meant = nearest(name, known);
  return meant === undefined ? `It takes ${known.join(', ')}.` : `Did you mean ${meant}?`;
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

export const aRegion: Form = {
  is: (value) => typeof value === 'string' && value.length <= 32 && /^[a-z]{2,}(-[a-z]+)+-\d+$/.test(value),
  text: "the name of a Region ('us-east-1')",
};

export function isAccount(value: unknown): value is string {
  return typeof value === 'string' && /^\d{12}$/.test(value);
}

export const anAccount: Form = { is: isAccount, text: 'an account id of 12 digits' };

/** A tracer may be a class, with its methods further up. */
export const aTracer: Form = {
  is: (value) => typeof (value as { startSpan?: unknown } | null)?.startSpan === 'function',
  text: 'a tracer of OpenTelemetry (trace.getTracer(...))',
};

/** For what has an error of its own. */
export const anything: Form = { is: () => true, text: 'anything' };

/** The ARN is taken apart where the principal is made, with an error of its own. */
export const aPrincipal: Form = { is: () => true, text: 'the ARN of a principal' };

export const anEncryptionAlgorithm: Form = oneOf(
  'SYMMETRIC_DEFAULT',
  'RSAES_OAEP_SHA_1',
  'RSAES_OAEP_SHA_256',
  'SM2PKE',
);

// A Map is an object without members: what is in it would be lost.
export const anEncryptionContext: Form = {
  is: (value) =>
    isRecord(value) && !(value instanceof Map) && Object.values(value).every((text) => typeof text === 'string'),
  text: 'an object of strings',
};

export function oneOf(...names: readonly string[]): Form {
  return {
    is: (value) => typeof value === 'string' && names.includes(value),
    text: names.map((name) => `'${name}'`).join(' or '),
  };
}

export function listOf(is: (value: unknown) => boolean, text: string): Form {
  return { is: (value) => Array.isArray(value) && value.every(is), text: `a list of ${text}` };
}

/** A value as an error message may show it: never what is inside an object, and no more than a line. */
export function shown(value: unknown): string {
  if (typeof value === 'string') return printable(JSON.stringify(value.length > 64 ? `${value.slice(0, 63)}…` : value));
  if (typeof value === 'function') return 'that function';
  return typeof value === 'object' && value !== null ? kindOf(value) : String(value);
}

// A proxy that has been revoked says of nothing what it is.
function kindOf(value: object): string {
  try {
    return Array.isArray(value) ? 'that list' : value instanceof Date ? 'that Date' : 'that object';
  } catch {
    return 'that object';
  }
}

// Nothing of it may move a terminal's cursor or turn its text around.
function printable(text: string): string {
  return text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (hidden) => `\\u{${(hidden.codePointAt(0) ?? 0).toString(16)}}`);
}
