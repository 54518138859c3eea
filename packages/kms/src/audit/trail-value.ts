// Values as CloudTrail writes them: names begin with a small letter, dates are text for people.

import type { TrailObject, TrailValue } from './record.ts';

/** `KeyId` -> `keyId`. Of its two spellings `AWSAccountId` is the later: https://docs.aws.amazon.com/kms/latest/developerguide/ct-createkey.html */
export function trailName(name: string): string {
  return name.startsWith('AWS') ? name : name.charAt(0).toLowerCase() + name.slice(1);
}

/** Bytes are written nowhere: undefined, and so is what JSON has no word for. */
export function trailValue(value: unknown): TrailValue | undefined {
  switch (typeof value) {
    case 'string':
    case 'number':
    case 'boolean':
      return value;
    case 'object':
      if (value === null || value instanceof Uint8Array) return undefined;
      if (value instanceof Date) return dateText(value);
      if (Array.isArray(value)) return value.map((item) => trailValue(item) ?? null);
      // The keys of an encryption context are the caller's, whatever they are.
      if (value instanceof Map) return Object.fromEntries(value as Map<string, string>);
      return trailObject(value as Readonly<Record<string, unknown>>);
    default:
      return undefined;
  }
}

export function trailObject(members: Readonly<Record<string, unknown>>): TrailObject {
  const shown: Record<string, TrailValue> = {};
  for (const [name, value] of Object.entries(members)) {
    const one = trailValue(value);
    if (one !== undefined) shown[trailName(name)] = one;
  }
  return shown;
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** "Aug 10, 2022, 10:38:27 PM": https://docs.aws.amazon.com/kms/latest/developerguide/ct-createkey.html */
export function dateText(date: Date): string {
  const hour = date.getUTCHours();
  const [minutes, seconds] = [date.getUTCMinutes(), date.getUTCSeconds()].map((part) => String(part).padStart(2, '0'));
  const day = `${months[date.getUTCMonth()]} ${date.getUTCDate()}, ${date.getUTCFullYear()}`;
  return `${day}, ${hour % 12 === 0 ? 12 : hour % 12}:${minutes}:${seconds} ${hour < 12 ? 'AM' : 'PM'}`;
}

/** ISO 8601 to the second, as eventTime has it. */
export function timeText(instant: number): string {
  return `${new Date(instant).toISOString().slice(0, 19)}Z`;
}
