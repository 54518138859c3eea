// `npm run algorithms`: runs what proves the algorithms and writes down the counts and docs/algorithms.md; with --check it only compares.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { algorithmsPage } from './algorithms/page.mjs';
import { differences, runProofs, vectorsAreHere } from './algorithms/proofs.mjs';
import { results } from './algorithms/speed.mjs';
import { ensureBuilt, ensureInstalled } from './ensure.mjs';
import { root } from './run.mjs';

ensureInstalled();
ensureBuilt();
const tables = { ...(await built('index.js')), ...(await built('families.js')) };

const proofsFile = join(root, 'packages', 'hsm-core', 'test', 'data', 'proofs.json');
const pageFile = join(root, 'docs', 'algorithms.md');
const recorded = existsSync(proofsFile) ? JSON.parse(readFileSync(proofsFile, 'utf8')) : undefined;

if (process.argv.includes('--check')) check();
else write();

function check() {
  const faults = differences(recorded, runProofs());
  if (readFileSync(pageFile, 'utf8') !== algorithmsPage(recorded, results(), tables)) {
    faults.push('docs/algorithms.md is not what the counts, the measurements and the tables say.');
  }
  if (faults.length === 0) return;
  console.log([...faults, 'Run `npm run algorithms`.'].join('\n'));
  process.exitCode = 1;
}

function write() {
  process.env.KMSIM_ALL_VECTORS = '1';
  const { skipped, ...proofs } = runProofs();
  if (skipped > 0) {
    console.log(
      `${skipped} tests that prove something are skipped here: take Node 24.7 or newer, and OpenSSL 3 for its command.`,
    );
    process.exitCode = 1;
    return;
  }
  if (!vectorsAreHere()) console.log('The vectors are not beside this checkout: their counts stay as they were.');
  const kept = vectorsAreHere() ? proofs : { ...proofs, vectors: recorded.vectors };
  writeFileSync(proofsFile, `${JSON.stringify(kept, undefined, 2)}\n`);
  writeFileSync(pageFile, algorithmsPage(kept, results(), tables));
}

function built(file) {
  return import(pathToFileURL(join(root, 'packages', 'hsm-core', 'dist', file)).href);
}
