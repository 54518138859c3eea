// What would be published: packs every public package and looks into the tarballs as a stranger would.

import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundlePackages } from './bundle.mjs';
import { capturePnpm, captureTool, root } from './run.mjs';

/** One line for each fault of a public package. Needs a build. */
export async function packageFaults() {
  await bundlePackages();
  const folder = mkdtempSync(join(tmpdir(), 'kmsim-pack-'));
  try {
    const filters = publicFolders().flatMap((folder) => ['--filter', `./${folder}`]);
    const pack = capturePnpm(['-r', ...filters, 'pack', '--json', '--pack-destination', `"${folder}"`]);
    if (!pack.ok) return [pack.output];
    const packed = [JSON.parse(pack.stdout)].flat();
    return (await Promise.all(packed.map(faultsOf))).flat();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The folders of the packages that are published, as seen from the workspace. */
export function publicFolders() {
  const folders = [...readdirSync(join(root, 'packages')).map((name) => `packages/${name}`), 'conformance'];
  return folders.filter((folder) => !manifestOf(folder).private);
}

function manifestOf(folder) {
  return JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
}

async function faultsOf({ name, filename, files }) {
  // Loaded when called: whoever imports this file may not have installed yet.
  const [{ publint }, { formatMessage }] = await Promise.all([import('publint'), import('publint/utils')]);
  const tarball = readFileSync(filename);
  const { messages, pkg } = await publint({ pack: { tarball: new Uint8Array(tarball).buffer } });
  const paths = new Set(files.map(({ path }) => path));
  return [
    ...messages.map((message) => formatMessage(message, pkg, { color: false })),
    ...missing(pkg, paths),
    ...wrongTypes(filename),
    ...[...paths]
      .filter((path) => /tsbuildinfo$|(^|\/)test\//.test(path))
      .map((path) => `${path} does not belong there.`),
  ].map((fault) => `${name}: ${fault}`);
}

// What TypeScript makes of the declarations, by each way of importing. Without `exports` there are no subpaths (node10), and what CommonJS gets are
// modules, which Node has been able to require since 20.19.
function wrongTypes(filename) {
  const args = ['--profile', 'node16', '--ignore-rules', 'cjs-resolves-to-esm', '--format', 'ascii', '--no-emoji'];
  const { ok, output } = captureTool('@arethetypeswrong/cli', [filename, ...args]);
  return ok ? [] : [output];
}

function missing(pkg, paths) {
  const faults = ['LICENSE', 'README.md'].filter((file) => !paths.has(file)).map((file) => `${file} is missing.`);
  for (const target of targets(pkg.exports)) {
    if (paths.has(target.slice(2))) continue;
    faults.push(
      `exports names ${target}, which is not packed: leave the \`source\` condition out of publishConfig.exports.`,
    );
  }
  return faults;
}

// Every file that a value of `exports` names, through its conditions.
function targets(value) {
  return typeof value === 'string' ? [value] : Object.values(value).flatMap(targets);
}
