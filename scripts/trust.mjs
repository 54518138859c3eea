// `npm run trust`: the trials, or those that the arguments name, and their figures in one table.
//
//   npm run trust -- T7 T8             these two
//   npm run trust -- T5/P3 --seed 1 --path 4:0   one failure again, as its REPRO line says
//   npm run trust -- --night           the sizes of a night, from a seed that is drawn
//   npm run trust -- --json FILE       the figures as JSON

import { randomInt } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBuilt, ensureInstalled } from './ensure.mjs';
import { root, runTool } from './run.mjs';

const { positionals: named, values: options } = parsed();
const seed = seedOf(options);
const part = named.find((name) => name.includes('/'));
const files = named.map(fileOf);

ensureInstalled();
// Trials that start programs of their own start the compiled ones.
ensureBuilt();

const asked = {
  KMSIM_TRUST_SEED: seed,
  KMSIM_TRUST_NIGHT: options.night ? '1' : undefined,
  KMSIM_TRUST_ONLY: part,
  KMSIM_TRUST_PATH: options.path,
  KMSIM_TRUST_JSON: options.json === undefined ? undefined : resolve(options.json),
};
for (const [name, value] of Object.entries(asked)) {
  if (value === undefined) delete process.env[name];
  else process.env[name] = value;
}
if (options.night) console.log(`night size, seed ${seed}`);
process.exitCode = runTool('vitest', ['run', '--config', 'trust/vitest.config.ts', ...files]);

function parsed() {
  const known = {
    night: { type: 'boolean', default: false },
    seed: { type: 'string' },
    path: { type: 'string' },
    json: { type: 'string' },
  };
  try {
    return parseArgs({ options: known, allowPositionals: true });
  } catch (error) {
    return stop(error.message);
  }
}

function seedOf({ night, seed: given }) {
  if (given === undefined) return night ? String(randomInt(2 ** 31)) : undefined;
  if (!/^-?\d{1,10}$/.test(given)) stop(`--seed takes a whole number, not "${given}".`);
  return given;
}

// T7 is trust/trials/t07-....trial.ts, or a folder of that number.
function fileOf(name) {
  const [, digits] = /^T(\d+)(\/\S+)?$/i.exec(name) ?? stop(`A trial is named like T7 or T5/P3, not "${name}".`);
  const start = `t${digits.padStart(2, '0')}-`;
  const found = readdirSync(join(root, 'trust', 'trials')).find((file) => file.startsWith(start));
  return found === undefined ? stop(`There is no trial T${digits}.`) : `trust/trials/${start}`;
}

function stop(message) {
  console.error(message);
  process.exit(2);
}
