// The measurements that are written down: bench/results/node-*.json, each the output of `npm run bench -- --json` on one version of Node.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../run.mjs';

const folder = join(root, 'bench', 'results');
const share = 'of the raw throughput';

/** One for each version of Node, the oldest first: the machine, the operations, and how long RSA keys take. */
export function results() {
  const files = readdirSync(folder).filter((file) => /^node-\d+\.json$/.test(file));
  const read = files.map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')));
  return read.map(resultOf).sort((a, b) => a.major - b.major);
}

function resultOf({ machine, suites }) {
  const tablesOf = (name) => suites.find((suite) => suite.name === name)?.tables ?? [];
  const operations = new Map();
  for (const [backend, suite] of [
    ['native', 'key-specs'],
    ['portable', 'key-specs-portable'],
  ]) {
    for (const { rows, title } of tablesOf(suite)) {
      const operation = operations.get(title) ?? { title, ...namesOf(title) };
      operation[backend] = { key: cellOf(rows, 'the key alone'), request: cellOf(rows, 'a whole request') };
      operations.set(title, operation);
    }
  }
  return {
    machine,
    major: Number.parseInt(machine.node, 10),
    operations: [...operations.values()],
    generation: tablesOf('keygen')
      .filter(({ title }) => title.startsWith('RSA_'))
      .map(generationOf),
  };
}

// 'RSA_2048, Sign RSASSA_PSS_SHA_256'
function namesOf(title) {
  const [spec, rest] = title.split(', ');
  const [operation, algorithm] = rest.split(' ');
  return { spec, operation, algorithm };
}

/** The share of the raw throughput; without a floor, the time. */
function cellOf(rows, name) {
  const { figures } = rows.find((row) => row.name === name);
  return { share: figures[share]?.median, nanoseconds: figures['CPU a call'].median };
}

// 'RSA_2048, 201 keys each'
function generationOf({ rows, title }) {
  const [spec, count] = title.split(', ');
  const [openssl, seeded] = rows.map(({ figures }) => figures['CPU a key']);
  return { spec, count: Number.parseInt(count, 10), openssl, seeded };
}
