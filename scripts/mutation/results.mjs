// The scores as they are kept in trust/results/mutation.json: by file, so that a run of a few files leaves the others as they were.

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../run.mjs';
import { targets } from './targets.mjs';

const file = join(root, 'trust', 'results', 'mutation.json');
const equivalentsFile = join(root, 'trust', 'mutation', 'equivalents.json');

/** Adds what a run found and returns the mutants that survived. */
export function record(name, found) {
  const all = read();
  const stamp = { date: new Date().toISOString().slice(0, 10), commit: commit() };
  const survivors = [];
  for (const [path, { mutants, source }] of Object.entries(found)) {
    const lines = source.split('\n');
    const row = { mutants: 0, killed: 0, equivalent: 0, survived: 0, source: digest(source), ...stamp };
    for (const mutant of mutants) {
      if (mutant.status === 'Ignored' || mutant.status === 'CompileError') continue;
      row.mutants += 1;
      if (mutant.status === 'Killed' || mutant.status === 'Timeout' || mutant.status === 'RuntimeError') {
        row.killed += 1;
        continue;
      }
      const survivor = describe(path, lines, mutant);
      const known = equivalents().find((one) => isSame(one, survivor));
      row[known === undefined ? 'survived' : 'equivalent'] += 1;
      if (known === undefined) survivors.push(survivor);
    }
    if (row.mutants > 0) all[name] = { ...all[name], [path]: row };
  }
  writeFileSync(file, `${JSON.stringify(all, undefined, 2)}\n`);
  return survivors;
}

function describe(path, lines, { location, mutatorName, replacement, status }) {
  const { start, end } = location;
  const line = lines[start.line - 1] ?? '';
  const one = start.line === end.line;
  const original = one ? line.slice(start.column - 1, end.column - 1) : line.slice(start.column - 1);
  const { line: at } = start;
  return {
    file: path,
    at,
    line: line.trim(),
    mutator: mutatorName,
    original,
    replacement,
    covered: status !== 'NoCoverage',
  };
}

function isSame(one, { file: path, line, original, replacement }) {
  return one.file === path && one.line === line && one.original === original && one.replacement === replacement;
}

let known;
function equivalents() {
  known ??= existsSync(equivalentsFile) ? JSON.parse(readFileSync(equivalentsFile, 'utf8')) : [];
  return known;
}

/** One row for each target: what is known of it, and of how many of its files. */
export function table() {
  const all = read();
  return Object.entries(targets).map(([name, { core, goal, mutate }]) => {
    const files = sourcesOf(mutate);
    const rows = files.flatMap((path) => (all[name]?.[path] === undefined ? [] : [{ path, ...all[name][path] }]));
    const sum = (member) => rows.reduce((total, row) => total + row[member], 0);
    const judged = sum('mutants') - sum('equivalent');
    const dates = rows.map(({ date }) => date).sort();
    return {
      name,
      goal,
      files: files.length,
      run: rows.length,
      stale: rows.filter(({ path, source }) => digest(readFileSync(join(root, path), 'utf8')) !== source).length,
      mutants: sum('mutants'),
      killed: sum('killed'),
      equivalent: sum('equivalent'),
      survived: sum('survived'),
      from: dates[0],
      to: dates.at(-1),
      score: judged === 0 ? undefined : (100 * sum('killed')) / judged,
      coreSurvived: core.map((path) => [path, all[name]?.[`packages/${name}/src/${path}`]?.survived]),
    };
  });
}

/** Equivalents whose line is not in the file any more: nobody knows whether they still are. */
export function staleEquivalents() {
  return equivalents().filter(({ file: path, line }) => {
    const there = existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8').split('\n') : [];
    return !there.some((text) => text.trim() === line);
  });
}

/** The TypeScript files of the folder of a pattern like `packages/quota/src/**\/*.ts`. */
export function sourcesOf(patterns) {
  return patterns.flatMap((pattern) => filesBelow(pattern.slice(0, pattern.indexOf('/**')))).sort();
}

function filesBelow(folder) {
  return readdirSync(join(root, folder), { recursive: true })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => `${folder}/${path.replaceAll('\\', '/')}`);
}

function digest(source) {
  return createHash('sha256').update(source).digest('hex').slice(0, 12);
}

function read() {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
}

function commit() {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root, encoding: 'utf8', stdio: 'pipe' }).trim();
  } catch {
    return 'unknown';
  }
}
