// The instant that a signature names, and how far it may be from the clock of the door.

import { type Refusal, shown } from './refusal.ts';
import { incompleteSignature, invalidSignature } from './signature-refusals.ts';

// Five minutes, as in the refusals of AWS's JSON services: https://github.com/aws/aws-sdk-js/issues/1652
const allowedSkew = 300_000;

const basicForm = /^\d{8}T\d{6}Z$/;

/** Refuses what is no instant, or one too far from `now`. */
export function checkTimestamp(timestamp: string, now: number): Refusal | undefined {
  const instant = parseBasic(timestamp);
  if (instant === undefined) {
    const got = shown(timestamp);
    const see = 'See http://en.wikipedia.org/wiki/ISO_8601';
    return incompleteSignature(`Date must be in ISO-8601 'basic format'. Got '${got}'. ${see}`);
  }
  const [earliest, latest] = [now - allowedSkew, now + allowedSkew];
  if (instant < earliest) {
    const bound = `${formatBasic(earliest)} (${formatBasic(now)} - 5 min.)`;
    return invalidSignature(`Signature expired: ${timestamp} is now earlier than ${bound}`);
  }
  if (instant > latest) {
    const bound = `${formatBasic(latest)} (${formatBasic(now)} + 5 min.)`;
    return invalidSignature(`Signature not yet current: ${timestamp} is still later than ${bound}`);
  }
  return undefined;
}

function parseBasic(text: string): number | undefined {
  if (!basicForm.test(text)) return undefined;
  const [year, month, day] = [Number(text.slice(0, 4)), Number(text.slice(4, 6)), Number(text.slice(6, 8))];
  const [hour, minute, second] = [Number(text.slice(9, 11)), Number(text.slice(11, 13)), Number(text.slice(13, 15))];
  if (minute > 59 || second > 59) return undefined;
  const instant = Date.UTC(year, month - 1, day, hour, minute, second);
  // Date.UTC rolls 31 February and 24 o'clock over to another day, month 13 to another year, and takes the year 15 for 1915.
  const date = new Date(instant);
  const isNamed = date.getUTCFullYear() === year && date.getUTCDate() === day;
  return isNamed ? instant : undefined;
}

function formatBasic(instant: number): string {
  return `${new Date(instant).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
}
