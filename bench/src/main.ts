// The command: node bench/dist/main.js [--smoke] [--json] [--only <suite>] [--here]

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { agenda } from './agenda.ts';
import { audit } from './audit.ts';
import { authorize } from './authorize.ts';
import { corridor } from './corridor.ts';
import { create } from './create.ts';
import { envelope } from './envelope.ts';
import { keySpecSuite } from './key-specs.ts';
import { keygen } from './keygen.ts';
import { describeMachine, machineLine } from './machine.ts';
import { primitives } from './primitives.ts';
import { tableText } from './report.ts';
import { requests } from './requests.ts';
import { scale } from './scale.ts';
import { fullEffort, type Suite, smokeEffort, type Table } from './suite.ts';
import { throttle } from './throttle.ts';
import { vault } from './vault.ts';
import { xks } from './xks.ts';

const suites: readonly Suite[] = [
  primitives,
  requests('native'),
  requests('portable'),
  vault,
  corridor,
  authorize,
  audit,
  keySpecSuite('native'),
  keySpecSuite('portable'),
  keygen('native'),
  keygen('portable'),
  create,
  envelope,
  scale,
  agenda,
  throttle,
  xks,
];
const names = suites.map(({ name }) => name).join(', ');

const usage = `Measures kmsim on its compiled packages.

  --only <suite>  one of ${names}; may be given again
  --smoke         everything briefly: proves that it runs, the figures mean nothing
  --json          figures for machines
  --here          in this process, for a profiler: node --cpu-prof bench/dist/main.js --here --only requests
  --help`;

interface Answer {
  readonly name: string;
  readonly tables: readonly Table[];
}

const { values: options } = parseArgs({
  options: {
    only: { type: 'string', multiple: true, default: [] },
    smoke: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    here: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

const unknown = options.only.find((name) => suites.every((suite) => suite.name !== name));
if (options.help) {
  console.log(usage);
} else if (unknown !== undefined) {
  console.error(`There is no suite '${unknown}'. There are: ${names}.`);
  process.exitCode = 1;
} else {
  await main(suites.filter(({ name }) => options.only.length === 0 || options.only.includes(name)));
}

async function main(chosen: readonly Suite[]): Promise<void> {
  const machine = describeMachine();
  if (!options.json) console.log(`${machineLine(machine)}\n`);
  const answers: Answer[] = [];
  for (const suite of chosen) {
    if (!options.json) console.log(`== ${suite.name}: ${suite.about}\n`);
    const tables = options.here ? await suite.run(options.smoke ? smokeEffort : fullEffort) : elsewhere(suite);
    answers.push({ name: suite.name, tables });
    if (!options.json) for (const table of tables) console.log(`${tableText(table)}\n`);
  }
  if (options.json) console.log(JSON.stringify({ machine, smoke: options.smoke, suites: answers }, undefined, 2));
}

/** Runs a suite in a process of its own, started as the suite wants it. */
function elsewhere({ name, nodeFlags }: Suite): readonly Table[] {
  const args = [...nodeFlags, fileURLToPath(import.meta.url), '--here', '--json', '--only', name];
  if (options.smoke) args.push('--smoke');
  const { error, status, stdout } = spawnSync(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`The suite ${name} failed.`);
  const { suites: answers } = JSON.parse(stdout) as { readonly suites: readonly Answer[] };
  return answers.flatMap(({ tables }) => tables);
}
