// What a process loads for `import 'kmsim'` and a first Encrypt: a line for each file, then one with Node's own modules.
//
//   node loaded.mjs <address of kmsim>

import { register } from 'node:module';

const hooks = `import { writeSync } from 'node:fs';
export async function load(url, context, next) {
  if (url.startsWith('file:')) writeSync(1, url + '\\n');
  return next(url, context);
}`;
register(`data:text/javascript,${encodeURIComponent(hooks)}`);

const before = new Set(process.moduleLoadList);
const { createKmsim } = await import(process.argv[2]);
const kms = createKmsim({ seed: 1 }).as();
const { KeyMetadata } = await kms.createKey();
await kms.encrypt({ KeyId: KeyMetadata.KeyId, Plaintext: new Uint8Array(32) });
console.log(process.moduleLoadList.filter((name) => !before.has(name)).join(','));
