// XML as a Query service answers it: elements with text in them, no attributes but one.

/** An element's content: text, or elements by name. What is undefined is left out. */
export interface Elements {
  readonly [name: string]: string | number | Elements | undefined;
}

export function xml(root: string, namespace: string, content: Elements): string {
  return `<${root} xmlns="${namespace}">${inside(content)}</${root}>`;
}

function inside(content: Elements): string {
  let text = '';
  for (const [name, value] of Object.entries(content)) {
    if (value === undefined) continue;
    text += `<${name}>${typeof value === 'object' ? inside(value) : escaped(String(value))}</${name}>`;
  }
  return text;
}

const references: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

// What XML 1.0 (2.2, Char) cannot carry is shown as such; a carriage return would be read as a line feed.
function escaped(text: string): string {
  return text
    .toWellFormed()
    .replace(/[&<>"]/g, (character) => references[character] ?? '')
    .replace(/\r/g, '&#xD;')
    .replace(/[^\t\n\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd');
}
