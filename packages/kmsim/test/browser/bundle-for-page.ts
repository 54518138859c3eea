// A program as a page gets it: bundled as bundlers for browsers do, from the sources.

import { rolldown } from 'rolldown';
import { root } from '../../../../scripts/run.mjs';

export interface PageBundle {
  /** The files by their names; the first is `index.js`. */
  readonly files: ReadonlyMap<string, string>;
  /** What it imports that is not in there: a browser would find none of it. */
  readonly missing: readonly string[];
}

/** `source` takes the workspace's sources, `bundled` what is published. */
export async function bundleForPage(entry: string, what: 'source' | 'bundled' = 'source'): Promise<PageBundle> {
  const missing: string[] = [];
  const bundle = await rolldown({
    input: { index: entry },
    cwd: root,
    platform: 'browser',
    resolve: { conditionNames: [what, 'browser', 'import', 'default'] },
    onLog: (_level, { message }) => missing.push(message),
  });
  try {
    const { output } = await bundle.generate({ format: 'esm' });
    const files = new Map(output.map((file) => [file.fileName, file.type === 'chunk' ? file.code : `${file.source}`]));
    const imports = output.flatMap((file) => (file.type === 'chunk' ? [...file.imports, ...file.dynamicImports] : []));
    return { files, missing: [...missing, ...imports.filter((name) => !files.has(name))] };
  } finally {
    await bundle.close();
  }
}
