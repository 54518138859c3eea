// `npm run performance`: writes docs/performance.md from the kept run of the benchmarks; with --check it only compares.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureBuilt, ensureInstalled } from './ensure.mjs';
import { root } from './run.mjs';

const runFile = join(root, 'bench', 'results', 'performance.json');
const pageFile = join(root, 'docs', 'performance.md');
const templateFile = join(root, 'scripts', 'performance', 'template.md');
const measure = 'npm run bench -- --save bench/results/performance.json';

ensureInstalled();
ensureBuilt();
const faults = process.argv.includes('--check') ? await check() : await write();
if (faults.length > 0) {
  console.log(faults.join('\n'));
  process.exitCode = 1;
}

async function check() {
  // Before the first run is kept there is nothing to agree.
  if (!existsSync(runFile) && !existsSync(pageFile)) return [];
  if (!existsSync(runFile)) return [`docs/performance.md has no run behind it: ${measure}`];
  const { open, page } = await made();
  const written = existsSync(pageFile) ? readFileSync(pageFile, 'utf8') : '';
  return [
    ...open,
    ...(written === page ? [] : ['docs/performance.md is not what the run says: `npm run performance`.']),
  ];
}

/** A page with open questions is written all the same: the questions say what to do about it. */
async function write() {
  if (!existsSync(runFile)) return [`There is no run yet: ${measure}`];
  const { open, page } = await made();
  writeFileSync(pageFile, page);
  return open;
}

async function made() {
  const { openQuestions, performancePage } = await built('performance-page.js');
  const { targets } = await built('targets.js');
  const run = JSON.parse(readFileSync(runFile, 'utf8'));
  const template = readFileSync(templateFile, 'utf8');
  return { page: performancePage(template, run, targets), open: openQuestions(template, run, targets) };
}

function built(file) {
  return import(pathToFileURL(join(root, 'bench', 'dist', file)).href);
}
