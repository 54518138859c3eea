// The instant that a signature names, and how far it may be from the clock of the door.

import { type Refusal, shown } from './refusal.ts';
import { incompleteSignature, invalidSignature } from './signature-refusals.ts';

// Five minutes, as in the refusals of AWS's JSON services: https://github.com/aws/aws-sdk-js/issues/1652
const allowedSkew = 300_000;

const basicForm = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/;

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
  const fields = basicForm.exec(text);
  if (fields === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = fields.slice(1).map(Number);
  const instant = Date.UTC(year, month - 1, day, hour, minute, second);
  // Date.UTC rolls 31 February over; AWS does not name such a day.
  return formatBasic(instant) === text ? instant : undefined;
}

function formatBasic(instant: number): string {
  return `${new Date(instant).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
}
