// `node scripts/bundle.mjs`: writes what is published of each package, its compiled modules joined into few files. Needs a build.
// Node takes half a millisecond and more for each module that it loads, and kmsim has 500: joined they start three times sooner.

import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './run.mjs';

const folder = 'bundled';

/** Writes the `bundled` folder of every package. What loads later, when somebody needs it, stands in files of its own. */
export async function bundlePackages() {
  // Loaded when called: whoever imports this file may not have installed yet.
  const { rolldown } = await import('rolldown');
  for (const name of readdirSync(join(root, 'packages'))) {
    const place = join(root, 'packages', name);
    const entries = entriesOf(JSON.parse(readFileSync(join(place, 'package.json'), 'utf8')));
    const bundle = await rolldown({
      input: Object.fromEntries(entries.map((entry) => [entry, join(place, 'dist', `${entry}.js`)])),
      platform: 'neutral',
      // Other packages stay what they are: a class of theirs is one and the same, whoever imports it.
      external: (id) => !/^(?:[./]|[A-Za-z]:\\)/.test(id),
    });
    rmSync(join(place, folder), { recursive: true, force: true });
    const files = { entryFileNames: '[name].js', chunkFileNames: 'part-[name]-[hash].js' };
    // What the comments of declarations say, editors read there.
    const comments = { legal: true, annotation: true, jsdoc: false };
    await bundle.write({ dir: join(place, folder), format: 'esm', comments, ...files });
    await bundle.close();
    copyTypes(entries, join(place, 'dist'), join(place, folder));
  }
}

/** The declarations that those of the entries lead to: who imports a package sees no others. */
function copyTypes(entries, from, to) {
  const found = new Set();
  const follow = (file) => {
    if (found.has(file)) return;
    found.add(file);
    const text = readFileSync(join(from, file), 'utf8');
    for (const [, path] of text.matchAll(/(?:from |import\(|import )['"](\.[^'"]+)\.[jt]s['"]/g)) {
      follow(join(dirname(file), `${path}.d.ts`));
    }
  };
  for (const entry of entries) follow(`${entry}.d.ts`);
  for (const file of found) {
    mkdirSync(dirname(join(to, file)), { recursive: true });
    copyFileSync(join(from, file), join(to, file));
  }
}

/** What publishConfig names in the folder, without its ending. */
function entriesOf({ publishConfig }) {
  const named = JSON.stringify([publishConfig.exports, publishConfig.imports ?? {}, publishConfig.bin ?? {}]);
  return [...new Set([...named.matchAll(/"\.\/bundled\/([^"]+)\.js"/g)].map(([, entry]) => entry))];
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) await bundlePackages();
