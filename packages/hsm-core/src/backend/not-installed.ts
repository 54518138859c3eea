// An optional package that is not there.

/** What a library's loader raises then, and says in its message what to install. A caller may take it for an answer: it is no defect. */
export class NotInstalled extends Error {
  override readonly name = 'NotInstalled';
}

/** True when an import found no package: https://nodejs.org/api/errors.html#err_module_not_found */
export function isModuleMissing(error: unknown): boolean {
  return (error as { readonly code?: unknown } | null)?.code === 'ERR_MODULE_NOT_FOUND';
}
