// How many members a JSON text writes down. Where its value has fewer, a name stands twice in one object, and two readers could see two requests.

const backslash = 0x5c;
const colon = 0x3a;

/** Of a text that is JSON: each member has one colon outside of strings, right behind its name. */
export function writtenMembers(json: string): number {
  let members = 0;
  for (let at = json.indexOf('"'); at >= 0; at = json.indexOf('"', at)) {
    at = endOfString(json, at);
    // Blanks may stand between a name and its colon (RFC 8259, 2).
    while (isBlank(json.charCodeAt(at))) at++;
    if (json.charCodeAt(at) === colon) members++;
  }
  return members;
}

/** Behind the closing quote of the string that begins at `start`. */
function endOfString(json: string, start: number): number {
  for (let at = start + 1; ; at++) {
    at = json.indexOf('"', at);
    // No JSON has a string without an end.
    if (at < 0) return json.length;
    let before = at;
    while (json.charCodeAt(before - 1) === backslash) before--;
    // An even number of backslashes escapes itself, and not the quote.
    if ((at - before) % 2 === 0) return at + 1;
  }
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}
