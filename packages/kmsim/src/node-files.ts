// node:fs and node:path for whoever names a file. An import would load all of it, streams too, with every `import 'kmsim'`.

import { KmsimError } from './kmsim-error.ts';

type Files = typeof import('node:fs');
type Paths = typeof import('node:path');
type Builtins = Pick<typeof process, 'getBuiltinModule'>;

export function nodeFiles(): Files {
  return builtins().getBuiltinModule('node:fs');
}

export function nodePaths(): Paths {
  return builtins().getBuiltinModule('node:path');
}

/** False in a browser, where a bundler may have left a `process` that has none. */
export function hasNodeModules(): boolean {
  return found() !== undefined;
}

function builtins(): Builtins {
  const process = found();
  if (process === undefined) throw new KmsimError('NotInBrowser', 'There are no files in a browser.');
  return process;
}

function found(): Builtins | undefined {
  const { process } = globalThis as { readonly process?: Partial<Builtins> };
  return process?.getBuiltinModule === undefined ? undefined : (process as Builtins);
}
