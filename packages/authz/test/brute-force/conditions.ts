// Conditions of the second evaluator, from the text of IAM's pages: sets of values, regular expressions, no compiling.

import type { Ask } from './world.ts';

/** Condition keys of the universe from which worlds are drawn; what is not here no request can have. */
const KNOWN =
  /^(kms:(calleraccount|viaservice|keyspec|multiregion|rotationperiodindays|validto|granteeprincipal|requestalias|encryptioncontext:.+|encryptioncontextkeys|grantoperations|resourcealiases)|aws:(username|userid|principalarn|principalaccount|principalisawsservice|principaltype|principaltag\/.+|resourcetag\/.+|resourceaccount|sourcearn|sourceip|currenttime|securetransport|calledvia|tagkeys))$/;
const MULTIVALUED = [
  'kms:encryptioncontextkeys',
  'kms:grantoperations',
  'kms:resourcealiases',
  'aws:calledvia',
  'aws:tagkeys',
];

export type Seen = 'key policy' | 'endpoint' | 'other';
export type Truth = boolean | 'unknown';

export const lower = (text: string): string =>
  text.replace(/[A-Z]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 32));

/** Every value that the request has for a key; an empty set when it has none. */
export function valuesFor(key: string, ask: Ask, seen: Seen): readonly string[] {
  const name = lower(key);
  const hidden = name === 'kms:resourcealiases' || name.startsWith('aws:resourcetag/');
  if (hidden && seen !== 'other') return [];
  if (ask.resource.includes(':alias/') && (hidden || name.startsWith('kms:'))) return [];
  const told = Object.entries(ask.context).filter(([written]) => lower(written) === name);
  if (told.length > 0) return told.flatMap(([, value]) => value);
  const service = !ask.caller.startsWith('arn:');
  const account = ask.caller.split(':')[4] ?? '';
  const [, session] = /^arn:aws:sts::\d+:assumed-role\/([^/]+)\//.exec(ask.caller) ?? [];
  const implied: Record<string, string | undefined> = {
    'kms:calleraccount': /:list(keys|aliases)$/i.test(ask.action) ? undefined : account || undefined,
    'aws:principalaccount': account || undefined,
    'aws:principalarn': service ? undefined : session ? `arn:aws:iam::${account}:role/${session}` : ask.caller,
    'aws:principalisawsservice': service ? 'true' : 'false',
    'aws:principaltype': typeOf(ask.caller),
    'aws:resourceaccount': ask.resource.split(':')[4] || undefined,
    'aws:username': /:user\/(?:.*\/)?([^/]+)$/.exec(ask.caller)?.[1],
  };
  const value = implied[name];
  return value === undefined ? [] : [value];
}

function typeOf(caller: string): string | undefined {
  if (/:root$/.test(caller)) return 'Account';
  if (/:user\//.test(caller)) return 'User';
  return caller.startsWith('arn:') ? 'AssumedRole' : undefined;
}

/** A text in which some characters are plain and some are wildcards. Undefined when a variable stays empty. */
type Symbols = readonly { readonly char: string; readonly wild: boolean }[];

export function symbolsOf(text: string, version: string, ask: Ask, seen: Seen): Symbols | undefined | 'unknown' {
  const out: { char: string; wild: boolean }[] = [];
  let rest = text;
  while (rest !== '') {
    if (version !== '2012-10-17' || !rest.startsWith('${')) {
      out.push({ char: rest.charAt(0), wild: '*?'.includes(rest.charAt(0)) });
      rest = rest.slice(1);
      continue;
    }
    const close = rest.indexOf('}');
    const inside = close < 0 ? '' : rest.slice(2, close);
    const [, key = '', , other] = /^([^\s,']+)(\s*,\s*'([^']*)')?$/.exec(inside) ?? [];
    const special = inside === '*' || inside === '?' || inside === '$';
    if (!special && (!KNOWN.test(lower(key)) || MULTIVALUED.includes(lower(key)))) return 'unknown';
    const values = special ? [inside] : valuesFor(key, ask, seen);
    const filled = values.length === 0 ? other : values.length === 1 ? values[0] : undefined;
    if (filled === undefined) {
      // What comes after may still be a variable that nobody knows.
      return symbolsOf(rest.slice(close + 1), version, ask, seen) === 'unknown' ? 'unknown' : undefined;
    }
    for (const char of filled.split('')) out.push({ char, wild: false });
    rest = rest.slice(close + 1);
  }
  return out;
}

export function glob(symbols: Symbols, subject: string, anyCase = false): boolean {
  const source = symbols.map(({ char, wild }) =>
    wild ? (char === '*' ? '[^]*' : '[^]') : char.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'),
  );
  return new RegExp(`^${source.join('')}$`, anyCase ? 'i' : '').test(subject);
}

const plain = (symbols: Symbols): string => symbols.map(({ char }) => char).join('');
const number = (text: string): number =>
  /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
const instant = (text: string): number => {
  if (/^\d{4}(-\d\d){0,2}(T\d\d:\d\d:\d\dZ)?$/.test(text)) return Date.parse(text);
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : Number.NaN;
};
const bits = (address: string): string | undefined => {
  const bytes = address.split('.');
  const good = bytes.length === 4 && bytes.every((byte) => /^(0|[1-9]\d{0,2})$/.test(byte) && Number(byte) < 256);
  return good ? bytes.map((byte) => Number(byte).toString(2).padStart(8, '0')).join('') : undefined;
};

function inside(address: string, range: string): boolean {
  const [network = '', size = '32'] = range.split('/');
  const [a, b] = [bits(address), bits(network)];
  if (a === undefined || b === undefined || Number(size) > 32) return false;
  return a.slice(0, Number(size)) === b.slice(0, Number(size));
}

function sixParts(symbols: Symbols, subject: string): boolean {
  const parts: { char: string; wild: boolean }[][] = [[]];
  for (const symbol of symbols) {
    if (symbol.char === ':' && parts.length < 6) parts.push([]);
    else parts.at(-1)?.push(symbol);
  }
  const [a, b, c, d, e, ...f] = subject.split(':');
  const asked = [a, b, c, d, e, f.join(':')];
  return parts.length === 6 && f.length > 0 && parts.every((part, index) => glob(part, asked[index] ?? ''));
}

/** Whether one value of the request and one of the policy agree. */
const AGREE: Readonly<Record<string, (asked: string, written: Symbols) => boolean>> = {
  StringEquals: (asked, written) => asked === plain(written),
  StringEqualsIgnoreCase: (asked, written) => lower(asked) === lower(plain(written)),
  StringLike: (asked, written) => glob(written, asked),
  NumericEquals: (asked, written) => number(asked) === number(plain(written)),
  NumericLessThan: (asked, written) => number(asked) < number(plain(written)),
  NumericLessThanEquals: (asked, written) => number(asked) <= number(plain(written)),
  NumericGreaterThan: (asked, written) => number(asked) > number(plain(written)),
  NumericGreaterThanEquals: (asked, written) => number(asked) >= number(plain(written)),
  DateEquals: (asked, written) => instant(asked) === instant(plain(written)),
  DateLessThan: (asked, written) => instant(asked) < instant(plain(written)),
  DateLessThanEquals: (asked, written) => instant(asked) <= instant(plain(written)),
  DateGreaterThan: (asked, written) => instant(asked) > instant(plain(written)),
  DateGreaterThanEquals: (asked, written) => instant(asked) >= instant(plain(written)),
  Bool: (asked, written) => /^(true|false)$/i.test(asked) && lower(asked) === lower(plain(written)),
  BinaryEquals: (asked, written) => /^([\w+/]{4})*$/.test(asked) && asked === plain(written),
  IpAddress: (asked, written) => inside(asked, plain(written)),
  ArnEquals: (asked, written) => sixParts(written, asked),
  ArnLike: (asked, written) => sixParts(written, asked),
};
const OPPOSITES: Readonly<Record<string, string>> = {
  StringNotEquals: 'StringEquals',
  StringNotEqualsIgnoreCase: 'StringEqualsIgnoreCase',
  StringNotLike: 'StringLike',
  NumericNotEquals: 'NumericEquals',
  DateNotEquals: 'DateEquals',
  NotIpAddress: 'IpAddress',
  ArnNotEquals: 'ArnEquals',
  ArnNotLike: 'ArnLike',
};

/** One operator on one key. */
export function conditionHolds(
  operator: string,
  key: string,
  written: readonly string[],
  version: string,
  ask: Ask,
  seen: Seen,
): Truth {
  const symbols = written.map((value) => symbolsOf(value, version, ask, seen));
  if (!KNOWN.test(lower(key)) || symbols.includes('unknown')) return 'unknown';
  const values = valuesFor(key, ask, seen);
  if (lower(key) === 'kms:resourcealiases' && values.length > 50) return 'unknown';
  if (operator === 'Null') return written.includes(values.length === 0 ? 'true' : 'false');
  const set = operator.startsWith('ForAllValues:') ? 'every' : operator.startsWith('ForAnyValue:') ? 'some' : undefined;
  const bare = operator.replace(/^ForA(ll|ny)Values?:/, '');
  const base = bare.replace(/IfExists$/, '');
  const positive = OPPOSITES[base] ?? base;
  const agree = AGREE[positive];
  if (agree === undefined) return 'unknown';
  const negated = OPPOSITES[base] !== undefined;
  if (values.length === 0) return bare.endsWith('IfExists') || (set === undefined ? negated : set === 'every');
  // Which of several values is meant, where one is expected, nobody can know.
  const templates = version === '2012-10-17' ? written.filter((text) => text.includes('${')) : [];
  const named = templates.flatMap((text) => text.match(/(?<=\$\{)[^\s,'}]+/g) ?? []);
  if (named.some((variable) => KNOWN.test(lower(variable)) && valuesFor(variable, ask, seen).length > 1))
    return 'unknown';
  const listed = (asked: string): boolean =>
    symbols.some((one) => one !== undefined && one !== 'unknown' && agree(asked, one));
  const fine = (asked: string): boolean => (negated ? !listed(asked) : listed(asked));
  if (set !== undefined) return set === 'every' ? values.every(fine) : values.some(fine);
  if (MULTIVALUED.includes(lower(key))) return false;
  return values.length > 1 ? 'unknown' : fine(values[0] ?? '');
}
