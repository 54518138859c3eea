// node:fs for whoever names a file. An import would load all of it, streams too, with every `import 'kmsim'`.

type Files = typeof import('node:fs');

export function nodeFiles(): Files {
  return process.getBuiltinModule('node:fs');
}
