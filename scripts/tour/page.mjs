// How the tour is printed: colour for people at a terminal, plain text for everyone else.

import { styleText } from 'node:util';

const coloured = process.stdout.isTTY === true && !process.env.NO_COLOR;
const paint = (style, text) => (coloured ? styleText(style, text) : text);

let number = 0;

/** A heading, and a sentence on what is about to happen. */
export function step(title, about) {
  number += 1;
  line('');
  line(paint(['bold', 'cyan'], `${number}. ${title}`));
  line(paint('dim', `   ${about}`));
}

/** What went as it should. */
export function done(text, detail = '') {
  line(`   ${paint('green', '✓')} ${text}${detail && `  ${paint('dim', detail)}`}`);
}

/** What was refused, as it should be. */
export function refused(text, error) {
  line(`   ${paint('yellow', '✗')} ${text}`);
  line(
    `     ${paint('yellow', error.name)}${error.message && error.message !== 'UnknownError' ? `: ${error.message}` : ''}`,
  );
}

/** Lines of another program's, indented. */
export function quote(text) {
  for (const part of text.trimEnd().split('\n')) line(`     ${paint('dim', part)}`);
}

export function title(text) {
  line(paint('bold', text));
}

export function line(text) {
  process.stdout.write(`${text}\n`);
}

/** A word of code within a sentence. */
export function code(text) {
  return paint('cyan', text);
}

/** The first bytes of a ciphertext. */
export function short(bytes) {
  return `${Buffer.from(bytes).toString('base64').slice(0, 24)}…  ${bytes.length} bytes`;
}
