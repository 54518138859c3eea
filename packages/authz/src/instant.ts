// Dates of Date conditions: ISO 8601 as W3C profiles it, or seconds since 1970.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Date
// https://www.w3.org/TR/NOTE-datetime

const ISO = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(Z|[+-]\d\d:?\d\d))?)?)?$/;
const EPOCH = /^-?\d{1,12}(?:\.\d{1,9})?(?:E\d{1,2})?$/;
const MINUTE = 60_000;

/** Milliseconds since 1970. Undefined for what is no date, such as 30 February. Four digits are a year. */
export function parseInstant(text: string): number | undefined {
  const match = ISO.exec(text);
  if (match === null) return EPOCH.test(text) ? Number(text) * 1000 : undefined;
  const [, year, month = '01', day = '01', hour = '00', minute = '00', second = '00', fraction = '0', zone = 'Z'] =
    match;
  const midnight = Date.UTC(Number(year), Number(month) - 1, Number(day));
  // Date.UTC carries 30 February over into March, and takes the years before 100 for those of the last century.
  if (Number(year) < 100 || new Date(midnight).toISOString().slice(0, 10) !== `${year}-${month}-${day}`)
    return undefined;
  // A leap second (60) is the first second of the next minute, as in POSIX time.
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60) return undefined;
  const offset = offsetOf(zone);
  if (offset === undefined) return undefined;
  const time = (Number(hour) * 60 + Number(minute) - offset) * MINUTE + Number(second) * 1000;
  return midnight + time + Number(`0.${fraction}`) * 1000;
}

/** Minutes east of Greenwich. */
function offsetOf(zone: string): number | undefined {
  if (zone === 'Z') return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(-2));
  if (hours > 23 || minutes > 59) return undefined;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}
