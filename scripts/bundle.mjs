// `node scripts/bundle.mjs`: writes what is published of each package, its compiled modules joined into few files. Needs a build.
// Node takes half a millisecond and more for each module that it loads, and kmsim has 500: joined they start three times sooner.

import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
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
    await bundle.write({ dir: join(place, folder), format: 'esm', ...files });
    await bundle.close();
  }
}

/** What publishConfig names in the folder, without its ending. */
function entriesOf({ publishConfig }) {
  const named = JSON.stringify([publishConfig.exports, publishConfig.bin ?? {}]);
  return [...new Set([...named.matchAll(/"\.\/bundled\/([^"]+)\.js"/g)].map(([, entry]) => entry))];
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) await bundlePackages();
