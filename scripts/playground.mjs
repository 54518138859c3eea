// Builds the playground: the page and the engine's worker, each one file, from the sources. Prints what they weigh, and refuses what is over budget.

import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { root } from './run.mjs';

const source = join(root, 'site', 'playground');
const copied = ['index.html', 'playground.css'];
const entries = { playground: 'src/main.ts', worker: 'src/worker.ts' };

/**
 * Bytes, compressed with Brotli as servers of static files send them. The page is to be there and to have run its first example within a
 * second: on a line of 10 Mbit/s, 250 kB are a fifth of it. The page alone is small, so that it can be seen before the engine is there.
 */
export const budget = { 'playground.js': 12_000, 'playground.css': 4_000, 'index.html': 1_000, 'worker.js': 250_000 };

/** Returns the weight of each file. Throws where one is over its budget, or needs what a browser has not. */
export async function buildPlayground(folder = join(source, 'dist')) {
  // Loaded when called: whoever imports this file may not have installed yet.
  const { rolldown } = await import('rolldown');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [name, entry] of Object.entries(entries)) {
    const bundle = await rolldown({
      input: { [name]: join(source, entry) },
      cwd: root,
      platform: 'browser',
      resolve: { conditionNames: ['source', 'browser', 'import', 'default'] },
      onLog: (_level, { message }) => {
        throw new Error(message);
      },
    });
    // One file: behind the first moment nothing is fetched, not even from the page's own server.
    await bundle.write({ dir: folder, format: 'esm', minify: true, codeSplitting: false, entryFileNames: '[name].js' });
    await bundle.close();
  }
  for (const file of copied) copyFileSync(join(source, file), join(folder, file));
  const weights = readdirSync(folder)
    .sort()
    .map((file) => weightOf(file, readFileSync(join(folder, file))));
  const over = weights.filter(({ brotli, file }) => brotli > (budget[file] ?? 0));
  if (over.length > 0)
    throw new Error(
      `over budget: ${over.map(({ brotli, file }) => `${file} has ${brotli} bytes of ${budget[file]}`).join(', ')}`,
    );
  return weights;
}

// The best of it, 11, takes seconds and saves a twentieth.
const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };

function weightOf(file, content) {
  return {
    file,
    bytes: content.length,
    gzip: gzipSync(content).length,
    brotli: brotliCompressSync(content, quality).length,
  };
}

/** A table for people. */
export function reportOf(weights) {
  const row = (file, ...numbers) => file.padEnd(16) + numbers.map((text) => `${text}`.padStart(10)).join('');
  const rows = weights.map(({ brotli, bytes, file, gzip }) => row(file, bytes, gzip, brotli, budget[file]));
  return [row('', 'bytes', 'gzip', 'brotli', 'budget'), ...rows].join('\n');
}
