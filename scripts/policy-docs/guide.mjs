// A guide with its blocks filled in: files as they are, commands with what they print.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { captureFile, root } from '../run.mjs';

const files = /(<!-- file: (\S+) -->\n```\w+\n)[\s\S]*?```/g;
const commands = /(<!-- run: ends with \d -->\n```\n\$ npx kmsim (.*)\n)[\s\S]*?```/g;
const tables = /(<!-- generated: truth table -->\n)[\s\S]*?(<!-- end -->)/;

/** Needs a build. */
export function filled(text, truthTable) {
  return text
    .replace(files, (_all, begin, file) => `${begin}${readFileSync(join(root, file), 'utf8')}\`\`\``)
    .replace(commands, (_all, begin, args) => `${begin}${printed(args)}\`\`\``)
    .replace(tables, (_all, begin, end) => `${begin}${truthTable}\n${end}`);
}

function printed(args) {
  return captureFile('packages/kmsim/dist/cli/main.js', args.split(' ')).stdout;
}
