// `npm run pictures`: draws what an example prints, as the README shows it; with --check it only compares. The text is that of a file which a test writes.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './run.mjs';

const picture = {
  from: 'examples/trouble-denied.txt',
  to: 'docs/pictures/denied.svg',
  title: 'A denied request, explained',
};
const columns = 92;
const line = { height: 20, width: 7.85 };
const margin = { side: 24, top: 56, bottom: 22 };

/** By what a line says: the first that fits. On #0d1117 each has a contrast of 4.5 and more. */
const colors = [
  [/Exception: /, '#ff9492'],
  [/^(Implicit|Explicit)Deny/, '#ff9492'],
  [/^Allowed/, '#7ee787'],
  [/: matches$/, '#7ee787'],
  [/does not match|is missing/, '#f0b72f'],
  [/^-> /, '#79c0ff'],
  [/^(?:key|identity|grant|session|resource) ?policy|^key policy|^identity policy/, '#ffffff'],
];
const plain = '#9da7b3';

function draw({ from, title }) {
  const text = readFileSync(join(root, from), 'utf8').trimEnd();
  const rows = text.split('\n').flatMap(wrapped);
  const width = Math.ceil(columns * line.width + 2 * margin.side);
  const height = margin.top + rows.length * line.height + margin.bottom;
  const dots = ['#ff5f57', '#febc2e', '#28c840'].map(
    (color, n) => `<circle cx="${26 + 20 * n}" cy="24" r="6" fill="${color}"/>`,
  );
  const lines = rows.map(
    ({ color, isBold, words }, n) =>
      `<text x="${margin.side}" y="${margin.top + (n + 0.7) * line.height}" fill="${color}"${isBold ? ' font-weight="bold"' : ''} xml:space="preserve">${escaped(words)}</text>`,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title text" font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="13">`,
    `<title id="title">${title}</title>`,
    `<desc id="text">${escaped(text)}</desc>`,
    `<rect width="${width}" height="${height}" rx="10" fill="#0d1117" stroke="#3d444d"/>`,
    ...dots,
    `<text x="${width / 2}" y="28" fill="#9da7b3" text-anchor="middle" font-family="system-ui, sans-serif">${title}</text>`,
    ...lines,
    '</svg>',
    '',
  ].join('\n');
}

/** Its rows, none longer than the columns: broken between words, and carried on further to the right. */
function wrapped(text) {
  const [, color = plain] = colors.find(([form]) => form.test(text)) ?? [];
  const isBold = /^\S/.test(text) && color !== plain && !text.startsWith('->');
  const [indent = ''] = /^ */.exec(text) ?? [];
  const rows = [];
  let row = '';
  for (const word of text.trimStart().split(/(?<=[ ,])/)) {
    const room = columns - indent.length - (rows.length > 0 ? 4 : 0);
    if (row !== '' && row.length + word.trimEnd().length > room) {
      rows.push(row);
      row = '';
    }
    row += word;
  }
  rows.push(row);
  return rows.map((words, n) => ({ color, isBold, words: indent + (n > 0 ? '    ' : '') + words.trimEnd() }));
}

function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

const file = join(root, picture.to);
const drawn = draw(picture);
if (process.argv.includes('--check')) {
  let now = '';
  try {
    now = readFileSync(file, 'utf8');
  } catch {
    // It is not there yet, which is as stale as can be.
  }
  console.log(
    drawn === now ? 'The picture is as its text.' : `${picture.to} is stale: npm run pictures draws it anew.`,
  );
  process.exitCode = drawn === now ? 0 : 1;
} else {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, drawn);
  console.log(`${picture.to} is drawn.`);
}
