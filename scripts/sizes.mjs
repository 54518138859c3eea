// `npm run sizes`: writes what an install of kmsim brings, package by package, into its README; --check says what no longer holds.

import { readdirSync, readFileSync, realpathSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundlePackages } from './bundle.mjs';
import { root } from './run.mjs';

/** Bytes that kmsim may take on a disk with all it needs, without optional parts. */
const most = 5_000_000;
/** A figure of the README may be off by so much before it is called wrong: it need not change with every commit. */
const tolerance = 0.05;
const readme = join(root, 'packages/kmsim/README.md');
const block = /(<!-- sizes -->\n)[\s\S]*?(<!-- \/sizes -->)/;

/** Rows of what an install brings: `needed` without optional dependencies, `optional` what they add. */
export function installed() {
  const needed = new Map();
  const optional = new Map();
  follow(join(root, 'packages/kmsim'), needed, ['dependencies']);
  follow(join(root, 'packages/kmsim'), optional, ['dependencies', 'optionalDependencies']);
  for (const name of needed.keys()) optional.delete(name);
  return { needed: [...needed.values()], optional: [...optional.values()] };
}

function follow(folder, found, kinds) {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  if (found.has(manifest.name)) return;
  const isOurs = manifest.publishConfig !== undefined && !folder.includes('node_modules');
  // Ours are not installed but linked: what would be published are the files that the manifest names, and the LICENSE of the workspace.
  const files = isOurs ? [...manifest.files, 'package.json'].flatMap((name) => named(folder, name)) : [folder];
  found.set(manifest.name, { name: manifest.name, bytes: sum(files.map(bytesOf)) });
  for (const name of kinds.flatMap((kind) => Object.keys(manifest[kind] ?? {}))) {
    follow(realpathSync(place(folder, name)), found, kinds);
  }
}

// A star stands for the files of one folder.
function named(folder, name) {
  if (name === 'LICENSE') return [join(root, name)];
  const [, parent, ending] = /^(.*)\/\*(\.\w+)$/.exec(name) ?? [];
  if (parent === undefined) return [join(folder, name)];
  const files = readdirSync(join(folder, parent)).filter((file) => file.endsWith(ending));
  return files.map((file) => join(folder, parent, file));
}

// Beside the package, where pnpm puts what it needs, or in it.
function place(folder, name) {
  const within = join(folder, 'node_modules', name);
  if (statSync(within, { throwIfNoEntry: false }) !== undefined) return within;
  return join(folder.slice(0, folder.lastIndexOf('node_modules') + 'node_modules'.length), name);
}

function bytesOf(path) {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) throw new Error(`${path} is not there: a package would be published without it`);
  if (!found.isDirectory()) return found.size;
  const entries = readdirSync(path).filter((name) => name !== 'node_modules');
  return sum(entries.map((name) => bytesOf(join(path, name))));
}

function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}

function total(rows) {
  return sum(rows.map(({ bytes }) => bytes));
}

function table({ needed, optional }) {
  const kB = (bytes) => `${Math.round(bytes / 1000).toLocaleString('en')} kB`;
  const largest = (rows) => [...rows].sort((one, other) => other.bytes - one.bytes);
  return [
    '| package | on disk |',
    '|---|---:|',
    ...largest(needed).map(({ bytes, name }) => `| ${name} | ${kB(bytes)} |`),
    `| **together** | **${kB(total(needed))}** |`,
    ...largest(optional).map(({ bytes, name }) => `| ${name} (optional) | ${kB(bytes)} |`),
    '',
  ].join('\n');
}

/** One line for each figure that is no longer true, and one when kmsim has grown too large. */
function faults(rows, written) {
  const found = [];
  if (total(rows.needed) > most)
    found.push(`kmsim and what it needs take ${total(rows.needed)} bytes; ${most} is the most.`);
  const lines = new Map(
    [...written.matchAll(/^\| ([^ |]+)(?: \(optional\))? \| ([\d,]+) kB \|$/gm)].map(([, name, kB]) => [
      name,
      1000 * Number(kB.replaceAll(',', '')),
    ]),
  );
  for (const { bytes, name } of [...rows.needed, ...rows.optional]) {
    const told = lines.get(name);
    lines.delete(name);
    if (told === undefined) found.push(`${name} is not in the table.`);
    else if (Math.abs(told - bytes) > tolerance * bytes + 1_000)
      found.push(`${name} has ${bytes} bytes; the table says ${told}.`);
  }
  return [...found, ...[...lines.keys()].map((name) => `${name} is in the table, and not installed.`)];
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await bundlePackages();
  const rows = installed();
  const text = readFileSync(readme, 'utf8');
  if (!block.test(text)) throw new Error(`${readme} has no place for the table`);
  if (process.argv.includes('--check')) {
    const wrong = faults(rows, block.exec(text)[0]);
    console.log(
      wrong.length === 0 ? 'The sizes are right.' : `${wrong.join('\n')}\n\`npm run sizes\` writes them anew.`,
    );
    process.exitCode = wrong.length === 0 ? 0 : 1;
  } else {
    writeFileSync(
      readme,
      text.replace(block, (_, before, after) => `${before}${table(rows)}${after}`),
    );
    console.log(table(rows));
  }
}
