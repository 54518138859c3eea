// How instants, names and numbers are written.

/** `2026-01-01 12:30:00` */
export function instant(iso: string): string {
  return iso.replace('T', ' ').replace(/(?:\.\d+)?Z$/, '');
}

/** `role/App`, `assumed-role/App/me`, `s3.amazonaws.com`: what tells callers apart, without the path. */
export function shortPrincipal(who: string): string {
  const name = /^arn:[^:]*:(?:iam|sts)::\d*:(.+)$/.exec(who)?.[1] ?? who;
  return name.replace(/^(role|user)\/.*\//, '$1/');
}

/** A key by the end of its ARN, with as much of its id as tells it from others. */
export function shortKey(key: string): string {
  const name = /^arn:[^:]*:kms:[^:]*:\d*:(.+)$/.exec(key)?.[1] ?? key;
  return name.replace(/^key\//, '').replace(/^((?:mrk-)?[0-9a-f]{8})-?[0-9a-f-]{24,27}$/, '$1\u2026');
}

/** `1,234,567.5` */
export function number(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 2 });
}

/** Money, of which cents are much in a test. */
export function money(amount: number, currency: string): string {
  const digits = amount !== 0 && Math.abs(amount) < 0.01 ? 6 : 2;
  return `${amount.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: digits })} ${currency}`;
}

export function counted(count: number, one: string, many: string = `${one}s`): string {
  return `${number(count)} ${count === 1 ? one : many}`;
}

/** A document as it is read best; as it is when it is no JSON. */
export function pretty(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json), undefined, 2);
  } catch {
    return json;
  }
}

const units: readonly (readonly [name: string, milliseconds: number])[] = [
  ['year', 365 * 86_400_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
];

/** `in 3 days`; `due` for what should have happened. */
export function distance(from: string, to: string): string {
  const between = Date.parse(to) - Date.parse(from);
  if (between <= 0) return 'due';
  const [name, length] = units.find(([, one]) => between >= one) ?? ['second', 1_000];
  return `in ${counted(Math.max(1, Math.floor(between / length)), name)}`;
}
