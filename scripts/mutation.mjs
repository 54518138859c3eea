// `npm run mutation`: the sources changed in small ways, one at a time, and whether a test notices (Stryker). Hours for everything, so:
//
//   npm run mutation                          what is known, by package
//   npm run mutation -- quota                 a package; what did not change since the last run is not run again
//   npm run mutation -- authz grant.ts        of a package these files
//   npm run mutation -- authz --core          of a package the files in which nothing may survive

import { parseArgs } from 'node:util';
import { ensureInstalled } from './ensure.mjs';
import { record, sourcesOf, staleEquivalents, table } from './mutation/results.mjs';
import { mutate } from './mutation/stryker.mjs';
import { targets } from './mutation/targets.mjs';

const { positionals, values } = parseArgs({
  options: { core: { type: 'boolean', default: false }, concurrency: { type: 'string', default: '2' } },
  allowPositionals: true,
});
const [name, ...named] = positionals;

ensureInstalled();
if (name !== undefined) run(targets[name] ?? stop(`There is no target ${name}: ${Object.keys(targets).join(', ')}.`));
say();

function run(target) {
  const wanted = named.length === 0 && values.core ? target.core : named;
  const files = wanted.length === 0 ? target.mutate : chosen(target, wanted);
  const tests = values.core ? (target.coreTests ?? target.tests) : target.tests;
  const found = mutate(name, files, tests, Number(values.concurrency)) ?? stop('Stryker failed, see above.');
  for (const { at, covered, file, line, original, replacement } of record(name, found)) {
    console.log(`\n${file}:${at} ${covered ? '' : '(no test runs this)'}\n  ${line}\n  ${original} -> ${replacement}`);
  }
}

function chosen({ mutate: patterns }, wanted) {
  return wanted.map(
    (end) => sourcesOf(patterns).find((path) => path.endsWith(`/${end}`)) ?? stop(`${name} has no file ${end}.`),
  );
}

function say() {
  console.log();
  for (const {
    coreSurvived,
    equivalent,
    files,
    goal,
    killed,
    mutants,
    run: done,
    score,
    stale,
    survived,
    ...row
  } of table()) {
    const share = score === undefined ? 'not run yet' : `${score.toFixed(1)} % (goal ${goal} %)`;
    const counts =
      score === undefined
        ? ''
        : `${killed} of ${mutants - equivalent} mutants, ${survived} survive, ${equivalent} equivalent; `;
    const fresh =
      score === undefined ? '' : `${done} of ${files} files${stale === 0 ? '' : `, ${stale} changed since`}`;
    console.log(`${row.name.padEnd(13)} ${share.padEnd(22)} ${counts}${fresh}`);
    for (const [path, count] of coreSurvived)
      console.log(`  ${path.padEnd(26)} ${count === undefined ? 'not run yet' : `${count} survive (goal 0)`}`);
  }
  for (const { file, line } of staleEquivalents()) console.log(`stale equivalent: ${file}: ${line}`);
}

function stop(message) {
  console.error(message);
  process.exit(2);
}
