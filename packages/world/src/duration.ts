// Durations and instants as people write them: '90 days', '1 hour 30 minutes', 'P90D', 'PT15M', a Date, milliseconds.

const millisecondsOf: Readonly<Record<string, number>> = {
  ms: 1,
  millisecond: 1,
  s: 1_000,
  second: 1_000,
  min: 60_000,
  minute: 60_000,
  h: 3_600_000,
  hour: 3_600_000,
  d: 86_400_000,
  day: 86_400_000,
  w: 604_800_000,
  week: 604_800_000,
};

// ISO 8601-1 section 5.5.2.2; years and months have no fixed length and are not accepted.
const iso =
  /^P(?:(\d+(?:\.\d+)?)W)?(?:(\d+(?:\.\d+)?)D)?(?:T(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;
const isoUnits = ['week', 'day', 'hour', 'minute', 'second'] as const;
const words = /(\d+(?:\.\d+)?)\s*([a-z]+)/y;

/** Whole milliseconds, or undefined when the text is no duration. Zero and more; a number is milliseconds. */
export function parseDuration(duration: string | number): number | undefined {
  if (typeof duration === 'number') return duration >= 0 ? whole(duration) : undefined;
  if (typeof duration !== 'string') return undefined;
  const text = duration.trim();
  return whole(text.startsWith('P') ? parseIso(text) : parseWords(text.toLowerCase()));
}

function parseIso(text: string): number | undefined {
  const parts = iso.exec(text);
  if (parts === null || text.endsWith('P') || text.endsWith('T')) return undefined;
  return isoUnits.reduce((sum, unit, at) => sum + Number(parts[at + 1] ?? 0) * (millisecondsOf[unit] ?? 0), 0);
}

function parseWords(text: string): number | undefined {
  let sum = 0;
  words.lastIndex = 0;
  do {
    const part = words.exec(text);
    if (part === null) return undefined;
    const word = part[2] ?? '';
    const unit = millisecondsOf[word] ?? millisecondsOf[word.replace(/s$/, '')];
    if (unit === undefined) return undefined;
    sum += Number(part[1]) * unit;
    while (/[\s,]/.test(text.charAt(words.lastIndex))) words.lastIndex += 1;
  } while (words.lastIndex < text.length);
  return sum;
}

// The last instant a Date can hold is 8.64e15 ms.
function whole(milliseconds: number | undefined): number | undefined {
  return milliseconds !== undefined && milliseconds <= 8.64e15 ? Math.round(milliseconds) : undefined;
}

/** Milliseconds since the epoch, or undefined when it is no instant. Text is ISO 8601 with a date; without an offset it is UTC. */
export function parseInstant(instant: string | number | Date): number | undefined {
  if (typeof instant === 'number') return finite(instant);
  if (typeof instant !== 'string') return finite(timeOf(instant));
  const shape = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/.exec(instant);
  if (shape === null || !isCalendarDay(instant.slice(0, 10))) return undefined;
  const utc = instant.includes('T') && shape[1] === undefined ? `${instant}Z` : instant;
  return finite(Date.parse(utc));
}

// What only inherits from Date, or is no date at all, has no time.
function timeOf(date: Date): number {
  try {
    return Date.prototype.getTime.call(date);
  } catch {
    return Number.NaN;
  }
}

// Date.parse reads 30 February as 2 March.
function isCalendarDay(day: string): boolean {
  const midnight = Date.parse(day);
  return Number.isFinite(midnight) && new Date(midnight).toISOString().startsWith(day);
}

function finite(instant: number): number | undefined {
  return Number.isFinite(instant) && Math.abs(instant) <= 8.64e15 ? Math.round(instant) : undefined;
}
