// What the tests of hsm-core prove: they run, and what each one notes (test/proof.ts) is counted.

import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { captureTool, root } from '../run.mjs';

const folder = join(root, '..', 'shared', 'vectors');

/** Published vectors are no part of the project. */
export function vectorsAreHere() {
  return existsSync(folder);
}

/** The counts of one run, and how many tests with a note were skipped. */
export function runProofs() {
  const notes = runTests();
  const passed = notes.filter(({ status }) => status === 'passed');
  return {
    vectors: vectorCounts(passed.filter(({ kind }) => kind === 'vectors')),
    examples: exampleCounts(passed.filter(({ kind }) => kind === 'example')),
    openssl: opensslCounts(notes.filter(({ kind }) => kind === 'openssl')),
    skipped: notes.length - passed.length,
  };
}

function runTests() {
  const at = mkdtempSync(join(tmpdir(), 'kmsim-'));
  try {
    const file = join(at, 'report.json');
    // Without the test that compares with what was written down before.
    const { output } = captureTool('vitest', [
      ...['run', 'packages/hsm-core/test', '--exclude=**/published-vectors.test.ts'],
      ...[
        '--reporter=json',
        `--outputFile=${file}`,
        ...(process.env.KMSIM_ALL_VECTORS ? ['--testTimeout=600000'] : []),
      ],
    ]);
    if (!existsSync(file)) throw new Error(output);
    const tests = JSON.parse(readFileSync(file, 'utf8')).testResults.flatMap(
      ({ assertionResults }) => assertionResults,
    );
    const failed = tests.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName);
    if (failed.length > 0) throw new Error(`Tests of hsm-core fail:\n${failed.join('\n')}`);
    return tests.flatMap(({ meta, status }) => (meta?.proof === undefined ? [] : [{ ...meta.proof, status }]));
  } finally {
    rmSync(at, { recursive: true });
  }
}

function vectorCounts(notes) {
  const counts = {};
  for (const { acceptable, algorithms, backend, file, leftOut, refused, taken, total } of sorted(
    notes,
    ({ file }) => file,
  )) {
    counts[file] ??= {
      algorithms: [],
      total,
      ...(leftOut && { leftOut }),
      ...(refused && { refused }),
      acceptable,
      passed: {},
    };
    const count = counts[file];
    if (count.total !== total || JSON.stringify(count.leftOut) !== JSON.stringify(leftOut)) {
      throw new Error(`${file}: two tests count differently.`);
    }
    count.algorithms = [...new Set([...count.algorithms, ...algorithms])].sort();
    count.passed[backend] = Math.max(count.passed[backend] ?? 0, taken);
  }
  return counts;
}

function exampleCounts(notes) {
  const counts = {};
  for (const { algorithm, backend, source } of perAlgorithm(notes)) {
    counts[algorithm] ??= {};
    counts[algorithm][source] ??= { portable: 0, native: 0 };
    counts[algorithm][source][backend]++;
  }
  return counts;
}

function opensslCounts(notes) {
  const counts = {};
  for (const { algorithm } of perAlgorithm(notes)) counts[algorithm] = (counts[algorithm] ?? 0) + 1;
  return counts;
}

function perAlgorithm(notes) {
  const single = notes.flatMap(({ algorithms, ...note }) => algorithms.map((algorithm) => ({ ...note, algorithm })));
  return sorted(single, ({ algorithm, source = '' }) => `${algorithm} ${source}`);
}

function sorted(items, key) {
  return [...items].sort((a, b) => (key(a) < key(b) ? -1 : Number(key(a) > key(b))));
}

/** Where a run says something else than what is written down, in words. A run may take a sample of the vectors. */
export function differences(recorded, run) {
  if (recorded === undefined) return ['The counts are not written down.'];
  const faults = [];
  for (const part of ['examples', 'openssl']) {
    if (JSON.stringify(recorded[part]) !== JSON.stringify(run[part]))
      faults.push(`The ${part} that passed are others.`);
  }
  if (!vectorsAreHere()) return faults;
  for (const file of new Set([...Object.keys(recorded.vectors), ...Object.keys(run.vectors)])) {
    const [one, other] = [recorded.vectors[file], run.vectors[file]];
    if (one === undefined || other === undefined) faults.push(`${file}: run, or written down, and not both.`);
    else if (withoutPassed(one) !== withoutPassed(other)) faults.push(`${file}: its counts are others.`);
    else if (!takes(one, other)) faults.push(`${file}: more vectors pass than are written down.`);
  }
  return faults;
}

function withoutPassed({ passed: _, ...count }) {
  return JSON.stringify(count);
}

function takes({ leftOut, passed, total }, { passed: seen }) {
  const inScope = total - (leftOut?.count ?? 0);
  return ['portable', 'native'].every((backend) => passed[backend] === inScope && seen[backend] <= inScope);
}
