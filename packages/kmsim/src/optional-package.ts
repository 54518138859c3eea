// Packages that most users never need: npm installs the optional dependencies, unless it is told to omit them, and they load when used.

import { KmsimError } from './kmsim-error.ts';

/** What each does here. The names are those of `optionalDependencies` in package.json. */
const uses = {
  commander: 'The command line',
  undici: 'An external key store whose proxy is asked over HTTP',
  yaml: 'A world file',
} as const;

/** What `load` imports. Raises NotInstalled where the package is not there. */
export async function optional<T>(name: keyof typeof uses, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (cause) {
    if (!isMissing(cause, name)) throw cause;
    throw notInstalled(name, cause);
  }
}

/** The same where nobody waits and nothing is loaded yet: raises NotInstalled now, and not when the first request is on its way. */
export function expectInstalled(name: keyof typeof uses): void {
  // A bundler has no such question; what it left out fails when it is loaded.
  if (typeof import.meta.resolve !== 'function') return;
  try {
    import.meta.resolve(name);
  } catch (cause) {
    throw notInstalled(name, cause);
  }
}

function notInstalled(name: keyof typeof uses, cause: unknown): KmsimError {
  return new KmsimError('NotInstalled', `${uses[name]} needs the package ${name}, and it is not installed.`, {
    hint: `It is an optional dependency of kmsim: npm install --save-dev ${name}`,
    cause,
  });
}

/** True when an import found no package of that name. Of something that the package needs itself, the message names that. */
export function isMissing(error: unknown, name: string): boolean {
  const { code, message = '' } = error as { code?: string; message?: string };
  return code === 'ERR_MODULE_NOT_FOUND' && message.includes(`'${name}'`);
}
