// `npm run fidelity`: writes docs/fidelity.md from a replay of every transcript; with --check it only compares.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt, ensureInstalled } from './ensure.mjs';
import { root } from './run.mjs';

ensureInstalled();
ensureBuilt();
const { fidelityPage, measure } = await import('@kmsim/conformance');

const page = fidelityPage(await measure());
const file = join(root, 'docs', 'fidelity.md');

if (!process.argv.includes('--check')) writeFileSync(file, page);
else if (readFileSync(file, 'utf8') !== page) {
  console.log('docs/fidelity.md is not what the transcripts say: run `npm run fidelity`.');
  process.exitCode = 1;
}
