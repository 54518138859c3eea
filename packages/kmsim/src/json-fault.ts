// Where a text stops being JSON: engines of JavaScript tell it each in words of their own, or not at all.

/** `line 3, column 7: a comma or } is missing`; undefined for JSON. https://www.rfc-editor.org/rfc/rfc8259 */
export function jsonFault(text: string): string | undefined {
  const scan = { text, at: 0 };
  try {
    const wanted = value(scan) ?? (skip(scan) < text.length ? 'nothing more is expected' : undefined);
    return wanted && `${placeOf(text, scan.at)}: ${wanted}`;
  } catch {
    // Nested deeper than the stack reaches.
    return `${placeOf(text, scan.at)}: nested too deep`;
  }
}

interface Scan {
  readonly text: string;
  at: number;
}

const space = /[ \t\n\r]*/y;
const literal =
  /"(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const name = /"(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4}))*"/y;

function skip(scan: Scan): number {
  return take(scan, space) ? scan.at : scan.text.length;
}

function take(scan: Scan, token: RegExp): boolean {
  token.lastIndex = scan.at;
  if (!token.test(scan.text)) return false;
  scan.at = token.lastIndex;
  return true;
}

function takeSign(scan: Scan, sign: string): boolean {
  skip(scan);
  if (scan.text[scan.at] !== sign) return false;
  scan.at++;
  return true;
}

function value(scan: Scan): string | undefined {
  if (takeSign(scan, '{')) return items(scan, '}', member);
  if (takeSign(scan, '[')) return items(scan, ']', value);
  if (take(scan, literal)) return undefined;
  return scan.text[scan.at] === '"' ? 'the text does not end, or has a character it cannot have' : 'a value is missing';
}

function member(scan: Scan): string | undefined {
  skip(scan);
  if (!take(scan, name)) return 'a name in double quotes is missing';
  return takeSign(scan, ':') ? value(scan) : 'a colon is missing';
}

function items(scan: Scan, end: string, item: (scan: Scan) => string | undefined): string | undefined {
  if (takeSign(scan, end)) return undefined;
  for (;;) {
    const problem = item(scan);
    if (problem !== undefined) return problem;
    if (takeSign(scan, end)) return undefined;
    if (!takeSign(scan, ',')) return `a comma or ${end} is missing`;
  }
}

function placeOf(text: string, at: number): string {
  const before = text.slice(0, at).split('\n');
  return `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
}
