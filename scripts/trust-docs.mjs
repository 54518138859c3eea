// `npm run trust-docs`: writes docs/enforced.md, and the figures of the last trials into docs/trust.md and README.md; with --check it only compares.
//
// The rows of docs/enforced.md are those of trust/enforced.mjs, and each is written only when the test it names has passed here.

import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { enforced } from '../trust/enforced.mjs';
import { ensureInstalled } from './ensure.mjs';
import { table } from './mutation/results.mjs';
import { captureTool, root } from './run.mjs';
import { enforcedPage, unnamed } from './trust/enforced-page.mjs';
import { figuresTable, withTable } from './trust/figures-table.mjs';

ensureInstalled();
const figuresFile = join(root, 'trust', 'results', 'figures.json');
const figures = existsSync(figuresFile) ? JSON.parse(readFileSync(figuresFile, 'utf8')) : [];
const mutation = table();
const read = (file) => readFileSync(join(root, file), 'utf8');
const pages = [
  ['docs/enforced.md', enforcedPage(enforced)],
  ...['docs/trust.md', 'README.md'].map((file) => [file, withTable(read(file), figuresTable(figures, mutation, file))]),
];
const check = process.argv.includes('--check');
const faults = [...unnamed(enforced, read), ...(check ? [] : notPassed())];
for (const [file, text] of pages) {
  const known = existsSync(join(root, file)) ? read(file) : '';
  if (known === text) continue;
  if (check) faults.push(`${file} is not what the tests and the figures say.`);
  else if (faults.length === 0) writeFileSync(join(root, file), text);
}
if (faults.length > 0) {
  console.log([...faults, ...(check ? ['Run `npm run trust-docs`.'] : [])].join('\n'));
  process.exitCode = 1;
}

function notPassed() {
  const at = mkdtempSync(join(tmpdir(), 'kmsim-'));
  try {
    const report = join(at, 'report.json');
    const files = [...new Set(enforced.map(({ file }) => file))];
    const { output } = captureTool('vitest', ['run', ...files, '--reporter=json', `--outputFile=${report}`]);
    if (!existsSync(report)) throw new Error(output);
    const tests = JSON.parse(readFileSync(report, 'utf8')).testResults.flatMap(({ assertionResults, name }) =>
      assertionResults.map((test) => ({ ...test, file: name.replaceAll('\\', '/') })),
    );
    return enforced.flatMap(({ file, test }) => {
      // A name with %s or %j stands for each of its rows, and a property says its seed behind it.
      const pattern = new RegExp(`^${test.split(/%[sj]/).map(escaped).join('.+')}(?: \\(with seed=-?\\d+\\))?$`);
      const found = tests.filter((one) => one.file.endsWith(file) && pattern.test(one.title));
      const passed = found.length > 0 && found.every(({ status }) => status === 'passed');
      return passed ? [] : [`${file}: "${test}" ${found.length === 0 ? 'did not run' : 'did not pass'}.`];
    });
  } finally {
    rmSync(at, { recursive: true });
  }
}

function escaped(text) {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
