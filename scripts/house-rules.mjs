// The rules of the house that no linter knows. Each message names the mend.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const longest = 300;
const generated = new Set(['packages/kms/src/api/types.ts', 'packages/kms/src/api/shapes.ts']);

// A test is named after what it tests, and an example is shown whole in a README.
const speaksForItself = /\.test\.ts$|^examples\//;

/** One line for each hand-written source of the workspace that breaks a rule. */
export function houseRules(folder) {
  return sources(folder).flatMap((file) => broken(file, readFileSync(join(folder, file), 'utf8')));
}

function broken(file, text) {
  if (generated.has(file)) return [];
  const lines = text
    .replace(/^#!.*\n/, '')
    .trimEnd()
    .split('\n');
  const faults = [];
  if (lines.length > longest) {
    faults.push(
      `${file}: ${lines.length} lines, ${longest} at most. Which room is missing? Give one of its concerns a file.`,
    );
  }
  if (!speaksForItself.test(file) && !/^\/[/*]/.test(lines[0]))
    faults.push(`${file}: begin with a comment that says what lives here.`);
  return faults;
}

function sources(folder, parent = '') {
  return readdirSync(join(folder, parent), { withFileTypes: true }).flatMap((entry) => {
    if (/^(\.|node_modules$|dist$|bundled$|coverage$)/.test(entry.name)) return [];
    const path = parent === '' ? entry.name : `${parent}/${entry.name}`;
    if (path === 'release') return [];
    if (entry.isDirectory()) return sources(folder, path);
    return /\.(ts|mts|mjs|grit)$/.test(entry.name) ? [path] : [];
  });
}
