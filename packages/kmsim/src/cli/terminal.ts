// What goes to a terminal, or to a log that somebody shows in one: ids, tags and names that others chose must not move its cursor, colour its
// lines or turn their order around.

const hidden = /(?!\n)[\p{C}\p{Zl}\p{Zp}]/gu;

/** Lines in which every character is seen: controls (C0, C1), formats (bidi among them) and half pairs as JSON writes them, so that JSON stays JSON. */
export function inert(text: string): string {
  return text.replace(hidden, (one) =>
    one.replace(/./gs, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
  );
}

export function say(text: string): void {
  process.stdout.write(inert(text));
}

/** A stream of this process through which only such lines go. */
export function inertStream(stream: NodeJS.WriteStream): NodeJS.WriteStream {
  const write = (text: string | Uint8Array): boolean => stream.write(typeof text === 'string' ? inert(text) : text);
  return Object.assign(Object.create(stream) as NodeJS.WriteStream, { write });
}

/** A variable as a shell takes it, whatever stands in it. POSIX.1-2017, XCU 2.2.2. */
export function exportLine(name: string, value: string): string {
  return `export ${name}=${/^[\w@%+=:,./-]*$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`}`;
}
